# what: учится только последний слой
# caught_by: test_network_gradients
# phrase: не дошёл
# base: textbook
# replace: return loss, -> gradients[1:] = [{k: 0 * v for k, v in one.items()} for one in gradients[1:]]; return loss,
