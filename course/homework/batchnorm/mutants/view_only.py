# what: x.view по памяти: транспонированный вход роняет слой
# caught_by: test_forward_any_tensor
# phrase: view
# base: textbook
# replace: mean(dim=(0, 2, 3)) -> view(x.shape[0], x.shape[1], -1).mean(dim=(0, 2))
