# what: логиты взяты за логарифмы вероятностей
# caught_by: test_cross_entropy_forward
# phrase: нужен softmax
# base: textbook
# replace: log_p = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True)) -> log_p = logits
