# what: ответ оторван от графа вычислений
# caught_by: test_gradient
# phrase: оторван от графа
# base: formulas
# replace: return x * -> return x.detach() *
