# what: шаг вдоль v + μ·v
# caught_by: test_sgd_nesterov
# phrase: не вдоль v + μ·v
# base: formulas
# replace: g = g + group -> g = v + group
