# what: сумма по батчу вместо среднего
# caught_by: test_training_step
# phrase: взята сумма по батчу

from torch.nn import functional as F


def training_step(model, optimizer, x, y):
    model.train()
    optimizer.zero_grad()
    loss = F.cross_entropy(model(x), y, reduction="sum")
    loss.backward()
    optimizer.step()
    return loss.item()
