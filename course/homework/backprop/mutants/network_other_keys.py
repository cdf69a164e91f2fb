# what: имена градиентов другие
# caught_by: test_network_gradients
# phrase: с теми же именами
# base: textbook
# replace: gradients = [{"w": dw, "b": db}] -> gradients = [{"dw": dw, "db": db}]
