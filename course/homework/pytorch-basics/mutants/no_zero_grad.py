# what: градиенты не обнуляются
# caught_by: test_fit
# phrase: не обнуляются
# base: plain


class Trainer:
    def train_epoch(self, loader):
        self.model.train()
        total, count = 0.0, 0
        for x, y in loader:
            loss = functional.cross_entropy(self.model(x), y)
            loss.backward()
            self.optimizer.step()
            total += loss.item() * len(y)
            count += len(y)
        return total / count
