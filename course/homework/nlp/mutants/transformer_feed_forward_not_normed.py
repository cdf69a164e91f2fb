# what: перцептрон получает x без нормировки
# caught_by: test_transformer_parts
# phrase: вход перцептрона
# base: textbook
# replace: self.feed(self.norms[-1](x)) -> self.feed(x)
# replace: range(3 if cross else 2) -> range(2 if cross else 1)
