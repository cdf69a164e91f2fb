# what: накопленное обновляется и в eval
# caught_by: test_eval_mode
# phrase: обновляется и в eval
# base: textbook

Whole = BatchNorm2dLayer


class BatchNorm2dLayer(Whole):
    def forward(self, x):
        if self.track_running_stats and not self.training:
            self.update(x.mean(dim=(0, 2, 3)), x.var(dim=(0, 2, 3), correction=0), x.numel() // x.shape[1])
        return super().forward(x)
