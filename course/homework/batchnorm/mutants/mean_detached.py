# what: среднее в числителе оторвано от графа
# caught_by: test_gradient_input
# phrase: среднее оторвано
# base: textbook
# replace: x - mean -> x - mean.detach()
