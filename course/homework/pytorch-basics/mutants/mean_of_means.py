# what: train_loss — среднее средних по батчам
# caught_by: test_history
# phrase: взвесьте
# base: plain


class Trainer:
    def train_epoch(self, loader):
        self.model.train()
        total, count = 0.0, 0
        for x, y in loader:
            self.optimizer.zero_grad()
            loss = functional.cross_entropy(self.model(x), y)
            loss.backward()
            self.optimizer.step()
            total += loss.item()
            count += 1
        return total / count
