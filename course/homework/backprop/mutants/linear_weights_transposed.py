# what: Gᵀ X вместо Xᵀ G
# caught_by: test_linear_backward_weights
# phrase: транспонированный
# base: textbook
# replace: x.T @ g, -> g.T @ x,
