# what: под torch.no_grad() накопленное не обновляется
# caught_by: test_running_statistics
# phrase: велит копить self.training
# base: textbook
# replace: if self.track_running_stats: -> if self.track_running_stats and torch.is_grad_enabled():
