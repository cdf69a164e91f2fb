# what: карты сведены к числу максимумом вместо среднего
# caught_by: test_cnn
# phrase: максимумом, а нужно средним
# base: plain
# replace: mean(dim=(2, 3)) -> amax(dim=(2, 3))
