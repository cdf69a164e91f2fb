# what: градиенты обнулены после backward: шаг не меняет весов
# caught_by: test_training_step
# phrase: веса не изменились

from torch.nn import functional as F


def training_step(model, optimizer, x, y):
    model.train()
    loss = F.cross_entropy(model(x), y)
    loss.backward()
    optimizer.zero_grad(set_to_none=False)
    optimizer.step()
    return loss.item()
