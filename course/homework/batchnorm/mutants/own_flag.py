# what: свой флаг вместо self.training: net.eval() его не переключает
# caught_by: test_eval_mode
# phrase: свой флаг
# base: textbook
# replace: self.training or -> self.is_training or
# replace: self.eps = eps -> self.eps, self.is_training = eps, True
