# what: возвращается доля верных ответов вместо ошибки
# caught_by: test_training_step
# phrase: cross_entropy этого батча до шага

from torch.nn import functional as F


def training_step(model, optimizer, x, y):
    model.train()
    optimizer.zero_grad()
    logits = model(x)
    F.cross_entropy(logits, y).backward()
    optimizer.step()
    return (logits.argmax(1) == y).double().mean().item()
