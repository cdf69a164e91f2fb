# what: без расписания Trainer падает
# caught_by: test_fit_again
# phrase: NoneType
# base: plain


class Trainer:
    def fit(self, train_loader, val_loader, epochs):
        while self.epoch < epochs:
            lr = self.optimizer.param_groups[0]["lr"]
            train_loss = self.train_epoch(train_loader)
            val = self.evaluate(val_loader)
            self.scheduler.step()
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
