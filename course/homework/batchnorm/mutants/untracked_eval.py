# what: track_running_stats=False не учтён
# caught_by: test_without_running_statistics
# phrase: накопленные статистики, а их нет
# base: textbook
# replace: if track_running_stats: -> if True:
# replace: self.track_running_stats = track_running_stats -> self.track_running_stats = True
