# what: вход и выход декодера не разделены: возвращены две таблицы
# caught_by: test_collate
# phrase: ожидалось значений: 3
# base: textbook

import torch
from torch.nn.utils.rnn import pad_sequence


def padded(rows):
    return pad_sequence([torch.tensor(row, dtype=torch.int64) for row in rows], batch_first=True, padding_value=PAD)


def collate(pairs):
    source = padded([source for source, _ in pairs])
    return source, padded([[BOS, *target, EOS] for _, target in pairs])
