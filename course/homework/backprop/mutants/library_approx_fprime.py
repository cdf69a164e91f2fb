# what: готовая численная производная
# caught_by: test_numerical_gradient
# phrase: готовая проверка градиента
# base: textbook

from scipy.optimize import approx_fprime


def numerical_gradient(f, x, h=1e-5):
    return approx_fprime(x.ravel(), lambda v: f(v.reshape(x.shape)), h).reshape(x.shape)
