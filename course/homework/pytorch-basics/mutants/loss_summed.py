# what: потери просуммированы по батчу
# caught_by: test_fit
# phrase: просуммированы
# base: plain
# replace: (self.model(x), y) -> (self.model(x), y, reduction="sum")
# replace: () * len(y) -> ()
