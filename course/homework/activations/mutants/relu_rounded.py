# what: посчитано во float32 и возвращено в прежний тип
# caught_by: test_relu_forward
# phrase: точность как у float32
# base: formulas
# replace: (x, min=0) -> (x.float(), min=0).to(x.dtype)
