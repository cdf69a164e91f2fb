# what: в обучении нормализовано по накопленному
# caught_by: test_forward_train
# phrase: нормализовано по накопленным
# base: textbook


class BatchNorm2dLayer:
    def forward(self, x: torch.Tensor) -> torch.Tensor:
        if self.training or not self.track_running_stats:
            mean = x.mean(dim=(0, 2, 3))  # (C,)
            var = x.var(dim=(0, 2, 3), correction=0)  # (C,)
            if self.track_running_stats:
                old = self.running_mean.clone(), self.running_var.clone()
                self.update(mean, var, x.numel() // x.shape[1])
                mean, var = old
        else:
            mean, var = self.running_mean, self.running_var
        y = (x - mean[:, None, None]) / torch.sqrt(var[:, None, None] + self.eps)
        if self.affine:
            y = self.weight[:, None, None] * y + self.bias[:, None, None]
        return y
