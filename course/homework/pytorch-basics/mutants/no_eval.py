# what: evaluate без eval(): Dropout шумит, BatchNorm запоминает проверочные батчи
# caught_by: test_evaluate
# phrase: model.eval()
# base: plain


class Trainer:
    @torch.no_grad()
    def evaluate(self, loader):
        was_training = self.model.training
        loss, right, count = 0.0, 0, 0
        for x, y in loader:
            logits = self.model(x)
            loss += functional.cross_entropy(logits, y, reduction="sum").item()
            right += (logits.argmax(dim=1) == y).sum().item()
            count += len(y)
        self.model.train(was_training)
        return {"loss": loss / count, "accuracy": right / count}
