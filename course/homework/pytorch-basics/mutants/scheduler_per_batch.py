# what: scheduler.step() после каждого батча
# caught_by: test_fit
# phrase: после каждого батча
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
            if self.scheduler is not None:
                self.scheduler.step()
            total += loss.item() * len(y)
            count += len(y)
        return total / count

    def fit(self, train_loader, val_loader, epochs):
        while self.epoch < epochs:
            lr = self.optimizer.param_groups[0]["lr"]
            train_loss = self.train_epoch(train_loader)
            val = self.evaluate(val_loader)
            self.epoch += 1
            self.history.append(
                {
                    "epoch": self.epoch,
                    "lr": lr,
                    "train_loss": train_loss,
                    "val_loss": val["loss"],
                    "val_accuracy": val["accuracy"],
                }
            )
        return self.history
