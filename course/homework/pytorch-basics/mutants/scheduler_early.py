# what: scheduler.step() до эпохи
# caught_by: test_fit
# phrase: до эпохи
# base: plain


class Trainer:
    def fit(self, train_loader, val_loader, epochs):
        while self.epoch < epochs:
            if self.scheduler is not None:
                self.scheduler.step()
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
