# what: вокруг внимания на энкодер нет обходного пути
# caught_by: test_transformer_parts
# phrase: в слоях декодера нет обходного пути
# base: textbook
# replace: x = x + seen -> x = seen
