# what: косинус вместо множителя
# caught_by: test_gradient_scale
# phrase: косинус
# base: textbook


def gradient_scale(analytic, numeric):
    lengths = np.linalg.norm(analytic) * np.linalg.norm(numeric)
    return (analytic * numeric).sum() / max(lengths, 1e-12)
