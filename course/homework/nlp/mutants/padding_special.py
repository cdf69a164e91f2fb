# what: вместе с PAD закрыты BOS и EOS
# caught_by: test_padding_mask
# phrase: закрыты BOS и EOS
# base: textbook


def padding_mask(tokens):
    return (tokens > EOS).unsqueeze(1)
