# what: статистики — в глобальной переменной
# caught_by: test_batchnorm_backward_input
# phrase: последнего прямого прохода
# base: textbook
# replace: normal, scale, gamma = cache -> normal, scale, gamma = SEEN

SEEN = []


def batchnorm_forward(x, gamma, beta, eps=1e-5):
    mean = x.mean(axis=0)
    scale = 1 / np.sqrt(((x - mean) ** 2).mean(axis=0) + eps)
    SEEN[:] = (x - mean) * scale, scale, gamma
    return gamma * (x - mean) * scale + beta, None
