# what: между матрицами перцептрона нет ReLU
# caught_by: test_transformer_parts
# phrase: нет ReLU
# base: textbook
# replace: nn.ReLU(), ->
