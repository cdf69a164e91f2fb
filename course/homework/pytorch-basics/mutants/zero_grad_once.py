# what: градиенты обнуляются раз в эпоху
# caught_by: test_fit
# phrase: раз в эпоху
# base: plain


class Trainer:
    def train_epoch(self, loader):
        self.model.train()
        self.optimizer.zero_grad()
        total, count = 0.0, 0
        for x, y in loader:
            loss = functional.cross_entropy(self.model(x), y)
            loss.backward()
            self.optimizer.step()
            total += loss.item() * len(y)
            count += len(y)
        return total / count
