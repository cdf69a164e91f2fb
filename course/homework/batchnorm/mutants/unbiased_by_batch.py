# what: n для поправки — размер батча, а не B·H·W
# caught_by: test_running_statistics
# phrase: n в поправке
# base: textbook
# replace: numel() // x.shape[1] -> shape[0]
