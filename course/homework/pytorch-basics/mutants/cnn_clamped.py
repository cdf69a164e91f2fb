# what: логиты обрезаны до ±50, чтобы softmax не переполнился
# caught_by: test_cnn
# phrase: большие логиты обрезаны
# base: plain


class CustomCNN:
    def forward(self, x):
        return self.head(self.features(x).mean(dim=(2, 3))).clamp(-50, 50)
