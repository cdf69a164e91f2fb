# what: градиенты обнуляются после шага: те, с которыми пришла сеть, попадают в первый шаг
# caught_by: test_fit
# phrase: после шага
# base: plain


class Trainer:
    def train_epoch(self, loader):
        self.model.train()
        total, count = 0.0, 0
        for x, y in loader:
            loss = functional.cross_entropy(self.model(x), y)
            loss.backward()
            self.optimizer.step()
            self.optimizer.zero_grad()
            total += loss.item() * len(y)
            count += len(y)
        return total / count
