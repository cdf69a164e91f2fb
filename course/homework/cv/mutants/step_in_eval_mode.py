# what: нет model.train(): сеть учится в режиме применения
# caught_by: test_training_step
# phrase: училась в режиме применения

from torch.nn import functional as F


def training_step(model, optimizer, x, y):
    optimizer.zero_grad()
    loss = F.cross_entropy(model(x), y)
    loss.backward()
    optimizer.step()
    return loss.item()
