# what: ε под корнем
# caught_by: test_adam_options
# phrase: ε попал под корень
# base: formulas
# replace: (v_hat.sqrt() + group["eps"]) -> (v_hat + group["eps"]).sqrt()
