# what: наклон — тензор float32, во float64 не хватает цифр
# caught_by: test_leaky_relu_forward
# phrase: точность как у float32
# base: formulas
# replace: negative_slope = negative_slope -> negative_slope = torch.tensor([negative_slope])
