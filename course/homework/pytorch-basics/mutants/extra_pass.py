# what: после эпохи сеть ещё раз проходит обучающие батчи, ради точности на них
# caught_by: test_fit
# phrase: лишний проход
# base: plain
# replace: val = self.evaluate(val_loader) -> train_score, val = self.evaluate(train_loader), self.evaluate(val_loader)
