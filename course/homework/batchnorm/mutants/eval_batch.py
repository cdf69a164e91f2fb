# what: в eval взяты статистики батча
# caught_by: test_eval_mode
# phrase: взяты статистики батча
# base: textbook
# replace: if self.training or not -> if True or not
# replace: if self.track_running_stats: -> if self.training and self.track_running_stats:
