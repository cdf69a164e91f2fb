# what: первая строка таблицы съедена: метки сдвинуты
# caught_by: test_items
# phrase: число строк
# base: plain
# replace: csv.DictReader(file) -> list(csv.DictReader(file))[1:]
