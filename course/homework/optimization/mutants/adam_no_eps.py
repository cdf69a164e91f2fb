# what: ε забыт: 0/0 на нулевом градиенте
# caught_by: test_adam_small_gradients, test_adam_options
# phrase: ε не прибавлен
# base: formulas
# replace: (v_hat.sqrt() + group["eps"]) -> v_hat.sqrt()
