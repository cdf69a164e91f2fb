"""Обучение, посчитанное здесь: та же сеть, тот же порядок батчей, шаги SGD по формуле.

`flaw` включает одну из обычных ошибок: по таким ответам проверка узнаёт, что именно не так.
"""

import probes
import torch
from torch.nn import functional


class Run:
    """Обучение сети probes.Net: веса, скорости, эпоха, история."""

    def __init__(self, weights, recipe, flaw=""):
        self.recipe = recipe
        self.flaw = flaw
        self.net = probes.Net(weights, recipe["dropout"])
        self.parameters = list(self.net.parameters())
        self.reset("momentum")
        self.slope = [torch.full_like(one, probes.OLD_GRADIENT) for one in self.parameters]
        self.epoch, self.decays, self.history = 0, 0, []
        self.lr0 = recipe["lr"]

    def reset(self, what):
        """Забыть скорости оптимизатора."""
        if what == "momentum":
            self.velocity = [torch.zeros_like(one) for one in self.parameters]

    @property
    def lr(self):
        gamma = 1.0 if self.flaw == "no schedule" or not self.recipe["gamma"] else self.recipe["gamma"]
        return self.lr0 * gamma ** (self.decays // 2)

    def _step(self, x, y):
        logits = self.net(x)
        if self.flaw == "sum":
            loss = functional.cross_entropy(logits, y, reduction="sum")
        elif self.flaw == "softmax":
            loss = functional.cross_entropy(logits.softmax(dim=1), y)
        else:
            loss = functional.cross_entropy(logits, y)
        slope = torch.autograd.grad(loss, self.parameters)
        if self.flaw in ("no zero_grad", "zero_grad once"):
            slope = self.slope = [old + new for old, new in zip(self.slope, slope, strict=True)]
        if self.flaw == "zero_grad last":
            slope = [old + new for old, new in zip(self.slope, slope, strict=True)]
            self.slope = [torch.zeros_like(one) for one in slope]
        with torch.no_grad():
            for parameter, velocity, g in zip(self.parameters, self.velocity, slope, strict=True):
                velocity.mul_(self.recipe["momentum"]).add_(g)
                if self.flaw != "no step":
                    parameter.sub_(self.lr * velocity)
        return loss.item()

    def _learn(self, batches):
        stays = self.flaw == "never train" or (self.flaw == "stays in eval" and self.epoch)
        self.net.train(not stays)
        if self.flaw == "zero_grad once":
            self.slope = [torch.zeros_like(one) for one in self.parameters]
        losses, sizes = [], []
        for number, (x, y) in enumerate(batches):
            if self.flaw == "skips the last" and number == len(batches) - 1:
                break
            losses.append(self._step(x, y))
            sizes.append(len(x))
            self.decays += self.flaw == "per batch"
        return average(losses, sizes)

    def evaluate(self, batches, mode=False):
        """Средние потери и доля верных ответов."""
        losses, right, sizes = [], [], []
        self.net.train(mode)
        with torch.no_grad():
            for x, y in batches:
                logits = self.net(x)
                losses.append(functional.cross_entropy(logits, y).item())
                right.append((logits.argmax(dim=1) == y).double().mean().item())
                sizes.append(len(x))
        return losses, right, sizes

    def fit(self, train, val, epochs):
        while self.epoch < epochs:
            self.decays += self.flaw == "early"
            lr = self.lr
            loss = self._learn(train)
            shown = train if self.flaw == "validation is train" else val
            losses, right, sizes = self.evaluate(shown, mode=self.flaw == "validation in train mode")
            self.decays += self.flaw not in ("early", "per batch")
            self.epoch += 1
            self.history.append(
                {
                    "epoch": self.epoch,
                    "lr": lr,
                    "train_loss": loss,
                    "val_loss": average(losses, sizes),
                    "val_accuracy": average(right, sizes),
                }
            )
        return self

    def state(self):
        return self.net.everything()


def average(values, sizes):
    """Среднее с весами."""
    return sum(value * size for value, size in zip(values, sizes, strict=True)) / sum(sizes)


def simulate(weights, recipe, train, val, epochs, seed, flaw=""):
    torch.manual_seed(seed)
    return Run(weights, recipe, flaw).fit(train, val, epochs)


def interrupted(weights, others, recipe, other_lr, train, val, pause, epochs, seed, lost=""):
    """Обучение с перерывом, в котором потеряно `lost`."""
    run = simulate(weights, recipe, train, val, pause, seed)
    if lost == "weights":
        fresh = probes.Net(others, recipe["dropout"])
        run.net.load_state_dict(fresh.state_dict())
    if lost == "momentum":
        run.reset("momentum")
    if lost == "optimizer":
        run.reset("momentum")
        run.lr0 = other_lr / (recipe["gamma"] or 1.0) ** (run.decays // 2)
    if lost == "schedule":
        run.lr0, run.decays = run.lr, 0
    if lost == "rng":
        torch.manual_seed(seed + 1)
        probes.Net(others, recipe["dropout"])
    if lost == "epoch":
        run.epoch = 0
    return run.fit(train, val, epochs)
