# what: ось 0: среднее у каждой точки своё
# caught_by: test_forward_train
# phrase: только по батчу
# base: textbook


class BatchNorm2dLayer:
    def forward(self, x: torch.Tensor) -> torch.Tensor:
        if self.training or not self.track_running_stats:
            mean = x.mean(dim=0)  # (C,)
            var = x.var(dim=0, correction=0)  # (C,)
            if self.track_running_stats:
                self.update(mean.mean((1, 2)), var.mean((1, 2)), x.numel() // x.shape[1])
        else:
            mean, var = self.running_mean, self.running_var
        y = (
            x
            - mean.reshape(
                mean.shape[0], -1 if mean.dim() == 1 else mean.shape[1], -1 if mean.dim() == 1 else mean.shape[2]
            )
        ) / torch.sqrt(
            var.reshape(
                mean.shape[0], -1 if mean.dim() == 1 else mean.shape[1], -1 if mean.dim() == 1 else mean.shape[2]
            )
            + self.eps
        )
        if self.affine:
            y = self.weight[:, None, None] * y + self.bias[:, None, None]
        return y
