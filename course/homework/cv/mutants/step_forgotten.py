# what: optimizer.step() забыт
# caught_by: test_training_step
# phrase: веса не изменились

from torch.nn import functional as F


def training_step(model, optimizer, x, y):
    model.train()
    optimizer.zero_grad()
    loss = F.cross_entropy(model(x), y)
    loss.backward()
    return loss.item()
