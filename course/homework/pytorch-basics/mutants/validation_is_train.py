# what: fit проверяет на обучающих батчах
# caught_by: test_history
# phrase: на обучающих батчах
# base: plain
# replace: (val_loader) -> (train_loader)
