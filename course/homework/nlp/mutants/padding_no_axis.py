# what: маска падов (B, S), без оси запросов
# caught_by: test_padding_mask
# phrase: нет оси запросов
# base: textbook


def padding_mask(tokens):
    return tokens != PAD
