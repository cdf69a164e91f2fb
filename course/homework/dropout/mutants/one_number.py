# what: на весь тензор одно случайное число
# caught_by: test_values, test_independence
# phrase: элементы одного вызова связаны между собой
# base: formulas
# replace: mask = torch.rand_like(x) -> mask = torch.rand(())
