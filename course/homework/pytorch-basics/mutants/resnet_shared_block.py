# what: один блок применён несколько раз: веса общие
# caught_by: test_resnet
# phrase: зарегистрированы не те слои
# base: plain
# replace: (ResBlock(c, hidden) for _ in range(blocks)) -> [ResBlock(c, hidden)] * blocks
