# what: потеря просуммирована по батчу
# caught_by: test_fit
# phrase: просуммирована
# base: plain
# replace: (self.model(x), y) -> (self.model(x), y, reduction="sum")
# replace: () * len(y) -> ()
