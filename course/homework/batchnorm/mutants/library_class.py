# what: наследник nn.BatchNorm2d
# caught_by: test_forward_train
# phrase: torch.nn.BatchNorm2d
# base: textbook
# replace: class BatchNorm2dLayer(nn.Module) -> class BatchNorm2dLayer(nn.BatchNorm2d)
