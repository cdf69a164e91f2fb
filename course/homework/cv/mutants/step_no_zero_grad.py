# what: градиенты не обнуляются
# caught_by: test_training_step
# phrase: градиенты не обнулены

from torch.nn import functional as F


def training_step(model, optimizer, x, y):
    model.train()
    loss = F.cross_entropy(model(x), y)
    loss.backward()
    optimizer.step()
    return loss.item()
