# what: шаг вписан в формулу
# caught_by: test_numerical_gradient
# phrase: параметр h не используется
# base: textbook
# replace: x = np.array(x, dtype=np.float64) -> x, h = np.array(x, dtype=np.float64), 1e-5
