# what: первая строка таблицы съедена: csv.DictReader уже прочёл заголовок
# caught_by: test_items
# phrase: пропущена строка таблицы
# base: plain
# replace: csv.DictReader(file) -> list(csv.DictReader(file))[1:]
