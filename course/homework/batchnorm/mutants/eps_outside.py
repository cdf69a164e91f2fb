# what: ε прибавлено снаружи корня
# caught_by: test_forward_train
# phrase: снаружи корня
# base: textbook
# replace: torch.sqrt(var[:, None, None] + self.eps) -> (torch.sqrt(var[:, None, None]) + self.eps)
