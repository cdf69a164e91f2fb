# what: поделено на дисперсию
# caught_by: test_forward_train
# phrase: на дисперсию вместо её корня
# base: textbook
# replace: torch.sqrt ->
