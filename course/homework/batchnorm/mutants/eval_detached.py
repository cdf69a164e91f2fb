# what: в eval ответ оторван от графа: замороженную сеть не дообучить
# caught_by: test_gradient_eval
# phrase: градиент
# base: textbook
# replace: return y -> return y if self.training else y.detach()
