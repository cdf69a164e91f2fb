# what: сравниваются направления: множитель не виден
# caught_by: test_check_gradient
# phrase: а не направления
# base: textbook


def check_gradient(f, x, gradient, tolerance=1e-6):
    numeric = numerical_gradient(f, x)
    lengths = np.linalg.norm(gradient) * np.linalg.norm(numeric)
    return bool(lengths > 0 and (gradient * numeric).sum() / lengths > 1 - 1e-7)
