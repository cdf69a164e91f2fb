# what: softmax до cross_entropy
# caught_by: test_training_step
# phrase: softmax до cross_entropy

from torch.nn import functional as F


def training_step(model, optimizer, x, y):
    model.train()
    optimizer.zero_grad()
    loss = F.cross_entropy(model(x).softmax(1), y)
    loss.backward()
    optimizer.step()
    return loss.item()
