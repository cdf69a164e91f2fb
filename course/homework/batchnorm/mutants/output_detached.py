# what: ответ оторван от графа
# caught_by: test_gradient_input
# phrase: не доходит
# base: textbook
# replace: return y -> return y.detach()
