# what: в eval вход изменён на месте, через x.data
# caught_by: test_eval_mode
# phrase: вход изменён на месте
# base: textbook


Whole = BatchNorm2dLayer


class BatchNorm2dLayer(Whole):
    def forward(self, x):
        y = super().forward(x)
        if not self.training and self.track_running_stats:
            x.data.sub_(self.running_mean[:, None, None])
        return y
