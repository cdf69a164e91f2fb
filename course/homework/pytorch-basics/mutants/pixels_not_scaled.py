# what: пиксели не поделены на 255
# caught_by: test_items
# phrase: не поделены на 255
# base: plain
# replace: ()[None] / 255 -> ()[None]
