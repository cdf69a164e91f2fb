# what: возвращается тензор с графом, а не число
# caught_by: test_training_step
# phrase: вернулся тензор
# base: tensors

from torch.nn import functional as F


def training_step(model, optimizer, x, y):
    model.train()
    optimizer.zero_grad()
    loss = F.cross_entropy(model(x), y)
    loss.backward()
    optimizer.step()
    return loss
