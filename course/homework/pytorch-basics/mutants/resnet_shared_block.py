# what: один блок применён несколько раз: веса общие
# caught_by: test_resnet
# phrase: один и тот же взят несколько раз
# base: plain
# replace: (ResBlock(c, hidden) for _ in range(blocks)) -> [ResBlock(c, hidden)] * blocks
