# what: в обратном проходе нормализация пропущена: g не обновлено
# caught_by: test_network_gradients
# phrase: мимо нормализации
# base: textbook
# replace: g, dgamma, dbeta = batchnorm_backward(g, norm) -> _, dgamma, dbeta = batchnorm_backward(g, norm)
