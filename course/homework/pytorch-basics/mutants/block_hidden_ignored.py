# what: hidden не используется: внутри тоже c каналов
# caught_by: test_resblock
# phrase: размеры приходят в __init__
# base: plain


class ResBlock:
    def __init__(self, c, hidden):
        super().__init__()
        self.branch = nn.Sequential(
            nn.Conv2d(c, c, 3, padding=1, bias=False),
            nn.BatchNorm2d(c),
            nn.ReLU(),
            nn.Conv2d(c, c, 3, padding=1, bias=False),
            nn.BatchNorm2d(c),
        )
