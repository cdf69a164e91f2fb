# what: в eval дисперсия ограничена снизу
# caught_by: test_eval_mode
# phrase: чем-то ограничена
# base: textbook
# replace: self.running_mean, self.running_var -> self.running_mean, self.running_var.clamp(min=1e-2)
