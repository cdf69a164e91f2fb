# what: evaluate строит граф: нет torch.no_grad()
# caught_by: test_evaluate
# phrase: torch.no_grad()
# base: plain


class Trainer:
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
