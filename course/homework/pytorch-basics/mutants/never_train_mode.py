# what: train() не вызывается: сеть учится в режиме, в каком пришла
# caught_by: test_fit
# phrase: сеть учится в режиме eval
# base: plain


class Trainer:
    def train_epoch(self, loader):
        total, count = 0.0, 0
        for x, y in loader:
            self.optimizer.zero_grad()
            loss = functional.cross_entropy(self.model(x), y)
            loss.backward()
            self.optimizer.step()
            total += loss.item() * len(y)
            count += len(y)
        return total / count
