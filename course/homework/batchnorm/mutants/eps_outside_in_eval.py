# what: в eval ε снаружи корня
# caught_by: test_eval_mode
# phrase: ε прибавлено снаружи корня
# base: textbook
# replace: torch.sqrt(var[:, None, None] + self.eps) -> self.root(var[:, None, None])


class BatchNorm2dLayer:
    def root(self, var):
        return torch.sqrt(var + self.eps) if self.training else torch.sqrt(var) + self.eps
