# what: длина — число картинок, а не строк таблицы
# caught_by: test_items
# phrase: картинок в файле может быть больше
# base: plain
# replace: (self.rows) -> (self.images)
