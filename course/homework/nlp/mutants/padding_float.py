# what: маска из нулей и единиц, а не bool
# caught_by: test_padding_mask
# phrase: вместо bool
# base: textbook


def padding_mask(tokens):
    return (tokens != PAD).unsqueeze(1).float()
