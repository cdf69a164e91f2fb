# what: счётчик пачек растёт и в eval
# caught_by: test_momentum
# phrase: растёт и в eval

import torch
from torch import nn


class BatchNorm2dLayer(nn.Module):
    def __init__(
        self,
        num_features: int,
        eps: float = 1e-5,
        momentum: float | None = 0.1,
        affine: bool = True,
        track_running_stats: bool = True,
    ) -> None:
        super().__init__()
        self.eps = eps
        self.momentum = momentum
        self.affine = affine
        self.track_running_stats = track_running_stats
        if affine:
            self.weight = nn.Parameter(torch.ones(num_features))
            self.bias = nn.Parameter(torch.zeros(num_features))
        if track_running_stats:
            self.register_buffer("running_mean", torch.zeros(num_features))
            self.register_buffer("running_var", torch.ones(num_features))
            self.register_buffer("num_batches_tracked", torch.tensor(0))

    @torch.no_grad()
    def update(self, mean: torch.Tensor, var: torch.Tensor, count: int) -> None:
        share = 1 / self.num_batches_tracked.item() if self.momentum is None else self.momentum
        unbiased = var * count / (count - 1)
        self.running_mean.copy_((1 - share) * self.running_mean + share * mean)
        self.running_var.copy_((1 - share) * self.running_var + share * unbiased)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        if self.track_running_stats:
            self.num_batches_tracked += 1
        if self.training or not self.track_running_stats:
            mean = x.mean(dim=(0, 2, 3))  # (C,)
            var = x.var(dim=(0, 2, 3), correction=0)  # (C,)
            if self.track_running_stats:
                self.update(mean, var, x.numel() // x.shape[1])
        else:
            mean, var = self.running_mean, self.running_var
        y = (x - mean[:, None, None]) / torch.sqrt(var[:, None, None] + self.eps)
        if self.affine:
            y = self.weight[:, None, None] * y + self.bias[:, None, None]
        return y
