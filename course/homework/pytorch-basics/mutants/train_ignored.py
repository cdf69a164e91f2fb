# what: параметр train не используется: проверка — на обучающих данных
# caught_by: test_parts
# phrase: параметр train
# base: plain
# replace: ("train" if train else "test") -> "train"
