# what: отношение длин: знак потерян
# caught_by: test_gradient_scale
# phrase: знак потерян
# base: textbook


def gradient_scale(analytic, numeric):
    return np.linalg.norm(analytic) / np.linalg.norm(numeric)
