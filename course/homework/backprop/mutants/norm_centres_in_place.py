# what: среднее вычтено прямо из входа
# caught_by: test_batchnorm_forward
# phrase: изменён на месте
# base: textbook


def batchnorm_forward(x, gamma, beta, eps=1e-5):
    x -= x.mean(axis=0)
    scale = 1 / np.sqrt((x**2).mean(axis=0) + eps)
    normal = x * scale
    return gamma * normal + beta, (normal, scale, gamma)
