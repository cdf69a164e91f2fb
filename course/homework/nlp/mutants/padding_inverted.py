# what: маска падов наоборот, как у nn.MultiheadAttention
# caught_by: test_padding_mask
# phrase: маска понята наоборот
# base: textbook


def padding_mask(tokens):
    return (tokens == PAD).unsqueeze(1)
