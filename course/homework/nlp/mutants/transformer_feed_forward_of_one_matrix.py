# what: перцептрон из одной матрицы
# caught_by: test_transformer_parts
# phrase: в слоях нет перцептрона
# base: textbook
# replace: nn.Linear(dim, 4 * dim), nn.ReLU(), nn.Linear(4 * dim, dim) -> nn.Linear(dim, dim), nn.ReLU()
