# what: части перепутаны: train=True читает test
# caught_by: test_parts
# phrase: параметр train
# base: plain
# replace: train" if train else "test -> test" if train else "train
