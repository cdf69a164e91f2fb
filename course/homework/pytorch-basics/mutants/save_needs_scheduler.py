# what: без расписания save падает
# caught_by: test_resume_exactly
# phrase: NoneType
# base: plain

import torch
from torch.nn import functional


class Trainer:
    def __init__(self, model, optimizer, scheduler=None):
        self.model = model
        self.optimizer = optimizer
        self.scheduler = scheduler
        self.epoch = 0
        self.history = []

    def train_epoch(self, loader):
        self.model.train()
        total, count = 0.0, 0
        for x, y in loader:
            self.optimizer.zero_grad()
            loss = functional.cross_entropy(self.model(x), y)
            loss.backward()
            self.optimizer.step()
            total += loss.item() * len(y)
            count += len(y)
        return total / count

    @torch.no_grad()
    def evaluate(self, loader):
        was_training = self.model.training
        self.model.eval()
        loss, right, count = 0.0, 0, 0
        for x, y in loader:
            logits = self.model(x)
            loss += functional.cross_entropy(logits, y, reduction="sum").item()
            right += (logits.argmax(dim=1) == y).sum().item()
            count += len(y)
        self.model.train(was_training)
        return {"loss": loss / count, "accuracy": right / count}

    def fit(self, train_loader, val_loader, epochs):
        while self.epoch < epochs:
            lr = self.optimizer.param_groups[0]["lr"]
            train_loss = self.train_epoch(train_loader)
            val = self.evaluate(val_loader)
            if self.scheduler is not None:
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

    def save(self, path):
        state = {
            "model": self.model.state_dict(),
            "optimizer": self.optimizer.state_dict(),
            "scheduler": self.scheduler.state_dict(),
            "epoch": self.epoch,
            "history": self.history,
            "rng": torch.get_rng_state(),
        }
        torch.save(state, path)

    def load(self, path):
        state = torch.load(path)
        self.model.load_state_dict(state["model"])
        self.optimizer.load_state_dict(state["optimizer"])
        if self.scheduler is not None:
            self.scheduler.load_state_dict(state["scheduler"])
        self.epoch = state["epoch"]
        self.history = state["history"]
        torch.set_rng_state(state["rng"])
