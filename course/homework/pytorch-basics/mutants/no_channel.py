# what: нет оси канала: картинка (H, W)
# caught_by: test_items
# phrase: (1, H, W)
# base: plain
# replace: ()[None] / 255 -> () / 255
