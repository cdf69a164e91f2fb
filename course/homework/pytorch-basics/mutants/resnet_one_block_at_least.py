# what: при blocks=0 остаётся один блок
# caught_by: test_resnet_any_depth
# phrase: CustomResNet
# base: plain
# replace: for _ in range(blocks) -> for _ in range(max(1, blocks))
