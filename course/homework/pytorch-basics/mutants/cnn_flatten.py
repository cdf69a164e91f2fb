# what: Flatten и Linear на заранее известный размер карты: другие картинки не проходят
# caught_by: test_cnn, test_cnn_any_size
# phrase: карта вытянута
# base: plain
# replace: head = nn.Linear(inputs, classes) -> head = nn.Linear(inputs * (20 // 2 ** len(channels)) ** 2, classes)
# replace: mean(dim=(2, 3)) -> flatten(1)
