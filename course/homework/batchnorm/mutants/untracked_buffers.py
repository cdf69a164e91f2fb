# what: при track_running_stats=False буферы остались
# caught_by: test_without_running_statistics
# phrase: чисел в буферах
# base: textbook
# replace: if track_running_stats: -> if True:
