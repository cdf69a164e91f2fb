# what: высота и ширина поменялись местами
# caught_by: test_items
# phrase: строки раньше столбцов
# base: plain
# replace: ()[None] / 255 -> ().T[None] / 255
