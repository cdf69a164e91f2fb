# what: накопленное тянет граф: no_grad забыт
# caught_by: test_gradient_two_steps
# phrase: no_grad
# base: textbook


class BatchNorm2dLayer:
    def update(self, mean: torch.Tensor, var: torch.Tensor, count: int) -> None:
        self.num_batches_tracked += 1
        share = 1 / self.num_batches_tracked.item() if self.momentum is None else self.momentum
        unbiased = var * count / (count - 1)
        self.running_mean = (1 - share) * self.running_mean + share * mean
        self.running_var = (1 - share) * self.running_var + share * unbiased
