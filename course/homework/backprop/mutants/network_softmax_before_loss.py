# what: softmax перед кросс-энтропией
# caught_by: test_network_gradients
# phrase: он уже внутри неё
# base: textbook
# replace: loss, cache = cross -> p = np.exp(x); x = p / p.sum(axis=1, keepdims=True); loss, cache = cross
