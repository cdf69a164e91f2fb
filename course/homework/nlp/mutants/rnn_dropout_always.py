# what: F.dropout без training: модель в eval отвечает случайно
# caught_by: test_recurrent_prefix
# phrase: ответ случаен
# base: textbook

from torch.nn import functional as F

Whole = RecurrentModel


class RecurrentModel(Whole):
    def forward(self, source, target_in):
        logits, weights = super().forward(source, target_in)
        return F.dropout(logits, 0.1), weights
