# what: счётчик батчей растёт и в eval
# caught_by: test_momentum
# phrase: растёт и в eval
# base: textbook

Whole = BatchNorm2dLayer


class BatchNorm2dLayer(Whole):
    def forward(self, x):
        if self.track_running_stats and not self.training:
            self.num_batches_tracked += 1
        return super().forward(x)
