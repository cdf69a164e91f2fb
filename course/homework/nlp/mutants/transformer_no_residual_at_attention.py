# what: вокруг внимания нет обходного пути
# caught_by: test_transformer_parts
# phrase: нет обходного пути
# base: textbook
# replace: x, weights = x + self.own(y, y, y, mask)[0], None -> x, weights = self.own(y, y, y, mask)[0], None
