# what: F.batch_norm под составленным именем
# caught_by: test_forward_train
# phrase: batch_norm
# base: textbook
# replace: return y -> return getattr(nn.functional, "batch" + "_norm")(x, None, None, training=True)
