# what: momentum перепутан с 1 − momentum
# caught_by: test_running_statistics
# phrase: momentum перепутан
# base: textbook
# replace: (1 - share) * self.running_mean + share -> share * self.running_mean + (1 - share)
# replace: (1 - share) * self.running_var + share -> share * self.running_var + (1 - share)
