# what: сравниваются длины: знак не важен
# caught_by: test_check_gradient, test_check_gradient_subtle
# phrase: знак потерян
# base: textbook


def check_gradient(f, x, gradient, tolerance=1e-6):
    numeric = numerical_gradient(f, x)
    return bool(abs(np.linalg.norm(gradient) - np.linalg.norm(numeric)) <= tolerance * np.linalg.norm(numeric))
