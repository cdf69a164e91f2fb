# what: преобразование получает пиксели от 0 до 255
# caught_by: test_transform
# phrase: до него
# base: plain
# replace: ()[None] / 255 -> ()[None]
# replace: image, label -> image / 255, label
