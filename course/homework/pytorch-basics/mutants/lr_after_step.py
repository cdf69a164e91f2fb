# what: в историю записан шаг следующей эпохи
# caught_by: test_history
# phrase: следующей эпохи
# base: plain


class Trainer:
    def fit(self, train_loader, val_loader, epochs):
        while self.epoch < epochs:
            train_loss = self.train_epoch(train_loader)
            val = self.evaluate(val_loader)
            if self.scheduler is not None:
                self.scheduler.step()
            self.epoch += 1
            self.history.append(
                {
                    "epoch": self.epoch,
                    "lr": self.optimizer.param_groups[0]["lr"],
                    "train_loss": train_loss,
                    "val_loss": val["loss"],
                    "val_accuracy": val["accuracy"],
                }
            )
        return self.history
