# what: torch.batch_norm
# caught_by: test_forward_train
# phrase: torch.batch_norm
# base: textbook
# replace: return y -> return torch.batch_norm(x, None, None, None, None, True, 0.1, self.eps, False)
