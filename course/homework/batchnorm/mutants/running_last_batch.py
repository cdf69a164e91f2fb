# what: сохранены статистики последнего батча
# caught_by: test_running_statistics
# phrase: momentum не применён
# base: textbook


class BatchNorm2dLayer:
    @torch.no_grad()
    def update(self, mean: torch.Tensor, var: torch.Tensor, count: int) -> None:
        self.num_batches_tracked += 1
        unbiased = var * count / (count - 1)
        self.running_mean.copy_(mean)
        self.running_var.copy_(unbiased)
