# what: путь через дисперсию с обратным знаком
# caught_by: test_batchnorm_backward_input
# phrase: с обратным знаком
# base: textbook
# replace: - normal * (dnormal * normal).mean(axis=0)) -> + normal * (dnormal * normal).mean(axis=0))
