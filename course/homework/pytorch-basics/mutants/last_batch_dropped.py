# what: последний, неполный батч пропущен
# caught_by: test_fit
# phrase: последний, неполный батч
# base: plain


class Trainer:
    def train_epoch(self, loader):
        self.model.train()
        total, count = 0.0, 0
        for x, y in list(loader)[:-1]:
            self.optimizer.zero_grad()
            loss = functional.cross_entropy(self.model(x), y)
            loss.backward()
            self.optimizer.step()
            total += loss.item() * len(y)
            count += len(y)
        return total / count
