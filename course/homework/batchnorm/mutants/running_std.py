# what: накоплено отклонение вместо дисперсии
# caught_by: test_running_statistics
# phrase: накоплено отклонение
# base: textbook
# replace: var * count / (count - 1) -> (var * count / (count - 1)).sqrt()
