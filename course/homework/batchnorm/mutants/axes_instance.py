# what: оси (2, 3): InstanceNorm
# caught_by: test_forward_train
# phrase: InstanceNorm
# base: textbook


class BatchNorm2dLayer:
    def forward(self, x: torch.Tensor) -> torch.Tensor:
        if self.training or not self.track_running_stats:
            mean = x.mean(dim=(2, 3))  # (C,)
            var = x.var(dim=(2, 3), correction=0)  # (C,)
            if self.track_running_stats:
                self.update(mean.mean(0), var.mean(0), x.numel() // x.shape[1])
        else:
            mean, var = self.running_mean, self.running_var
        y = (x - mean[..., None, None]) / torch.sqrt(var[..., None, None] + self.eps)
        if self.affine:
            y = self.weight[:, None, None] * y + self.bias[:, None, None]
        return y
