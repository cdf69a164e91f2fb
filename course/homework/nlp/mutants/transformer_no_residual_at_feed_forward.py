# what: вокруг перцептрона нет обходного пути
# caught_by: test_transformer_parts
# phrase: нет обходного пути
# base: textbook
# replace: return x + self.feed( -> return self.feed(
