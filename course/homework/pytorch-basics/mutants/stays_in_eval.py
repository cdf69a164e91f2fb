# what: после проверки сеть остаётся в режиме eval
# caught_by: test_fit, test_evaluate
# phrase: режим
# base: plain


class Trainer:
    def train_epoch(self, loader):
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
        self.model.eval()
        loss, right, count = 0.0, 0, 0
        for x, y in loader:
            logits = self.model(x)
            loss += functional.cross_entropy(logits, y, reduction="sum").item()
            right += (logits.argmax(dim=1) == y).sum().item()
            count += len(y)
        return {"loss": loss / count, "accuracy": right / count}
