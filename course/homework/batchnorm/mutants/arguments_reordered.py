# what: momentum стоит перед eps
# caught_by: test_eval_mode
# phrase: порядок аргументов
# base: textbook

Whole = BatchNorm2dLayer


class BatchNorm2dLayer(Whole):
    def __init__(self, num_features, momentum=0.1, eps=1e-5, affine=True, track_running_stats=True):
        super().__init__(num_features, eps, momentum, affine, track_running_stats)
