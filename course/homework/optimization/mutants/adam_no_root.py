# what: v̂ без корня
# caught_by: test_adam
# phrase: без корня
# base: formulas
# replace: v_hat.sqrt() -> v_hat
