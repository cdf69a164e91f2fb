# what: потери на проверке — среднее средних по батчам
# caught_by: test_evaluate
# phrase: взвесьте
# base: plain


class Trainer:
    @torch.no_grad()
    def evaluate(self, loader):
        was_training = self.model.training
        self.model.eval()
        loss, right, count, batches = 0.0, 0, 0, 0
        for x, y in loader:
            logits = self.model(x)
            loss += functional.cross_entropy(logits, y).item()
            right += (logits.argmax(dim=1) == y).sum().item()
            count += len(y)
            batches += 1
        self.model.train(was_training)
        return {"loss": loss / batches, "accuracy": right / count}
