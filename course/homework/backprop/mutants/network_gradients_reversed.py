# what: градиенты возвращены с конца
# caught_by: test_network_gradients, test_network_any_depth
# phrase: словарь с ключами
# base: textbook
# replace: return loss, gradients[::-1] -> return loss, gradients
