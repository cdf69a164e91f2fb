# what: расписание шагает до проверки, шаг в истории верный
# caught_by: test_fit
# phrase: вызван до проверки
# base: plain


class Trainer:
    def fit(self, train_loader, val_loader, epochs):
        while self.epoch < epochs:
            lr = self.optimizer.param_groups[0]["lr"]
            train_loss = self.train_epoch(train_loader)
            if self.scheduler is not None:
                self.scheduler.step()
            val = self.evaluate(val_loader)
            self.epoch += 1
            record = {"epoch": self.epoch, "lr": lr, "train_loss": train_loss}
            self.history.append(record | {"val_loss": val["loss"], "val_accuracy": val["accuracy"]})
        return self.history
