# what: перемешан сам список пар
# caught_by: test_train
# phrase: random.shuffle
# base: textbook


import random


def train(model, pairs, epochs):
    optimizer = torch.optim.Adam(model.parameters(), lr=3e-3)
    history = []
    for _ in range(epochs):
        model.train()
        random.shuffle(pairs)
        losses = []
        for start in range(0, len(pairs), 64):
            source, target_in, target_out = collate(pairs[start : start + 64])
            loss = sequence_loss(model(source, target_in)[0], target_out)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            losses.append(loss.item())
        history.append(sum(losses) / len(losses))
    return history
