# what: reshape(C, −1) без перестановки осей: каналы перемешаны с картинками
# caught_by: test_forward_train
# phrase: каналы перемешаны
# base: textbook
# replace: x.mean(dim=(0, 2, 3)) -> x.reshape(x.shape[1], -1).mean(dim=1)
# replace: x.var(dim=(0, 2, 3), correction=0) -> x.reshape(x.shape[1], -1).var(dim=1, correction=0)
