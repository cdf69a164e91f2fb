# what: веса сдвинуты прямо в loss_and_gradients
# caught_by: test_network_gradients
# phrase: изменены на месте
# base: textbook
# replace: gradients = [{"w": dw, "b": db}] -> gradients = [{"w": dw, "b": db}]; blocks[-1]["w"] -= 0.1 * dw
