# what: после evaluate режим всегда train, даже если был eval
# caught_by: test_evaluate
# phrase: запомните model.training
# base: plain


class Trainer:
    @torch.no_grad()
    def evaluate(self, loader):
        self.model.eval()
        loss, right, count = 0.0, 0, 0
        for x, y in loader:
            logits = self.model(x)
            loss += functional.cross_entropy(logits, y, reduction="sum").item()
            right += (logits.argmax(dim=1) == y).sum().item()
            count += len(y)
        self.model.train()
        return {"loss": loss / count, "accuracy": right / count}
