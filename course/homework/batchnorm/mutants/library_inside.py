# what: готовый nn.BatchNorm2d внутри
# caught_by: test_forward_train
# phrase: torch.nn.BatchNorm2d
# base: textbook
# replace: self.eps = eps -> self.eps, self.ready = eps, nn.BatchNorm2d(num_features)
