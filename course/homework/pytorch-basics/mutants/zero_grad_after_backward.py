# what: zero_grad стоит между backward и step
# caught_by: test_fit, test_cnn_accuracy, test_resnet_accuracy
# phrase: не сдвинулись
# base: plain


class Trainer:
    def train_epoch(self, loader):
        self.model.train()
        total, count = 0.0, 0
        for x, y in loader:
            loss = functional.cross_entropy(self.model(x), y)
            loss.backward()
            self.optimizer.zero_grad()
            self.optimizer.step()
            total += loss.item() * len(y)
            count += len(y)
        return total / count
