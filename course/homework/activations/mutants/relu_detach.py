# what: ответ посчитан по x.data: градиента нет
# caught_by: test_relu_gradient
# phrase: оторван от графа
# base: formulas
# replace: (x, min=0) -> (x.data, min=0)
