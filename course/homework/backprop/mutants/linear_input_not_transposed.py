# what: g @ W вместо g @ Wᵀ
# caught_by: test_linear_backward_input
# phrase: не транспонирована
# base: textbook
# replace: g @ w.T, -> g @ w,
