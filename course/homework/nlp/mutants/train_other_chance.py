# what: порядок пар взят из random, и torch.manual_seed его не повторяет
# caught_by: test_train
# phrase: опыт не повторить
# base: textbook


import random


def train(model, pairs, epochs):
    optimizer = torch.optim.Adam(model.parameters(), lr=3e-3)
    history = []
    for _ in range(epochs):
        model.train()
        losses = []
        order = random.sample(pairs, len(pairs))
        for start in range(0, len(order), 64):
            source, target_in, target_out = collate(order[start : start + 64])
            loss = sequence_loss(model(source, target_in)[0], target_out)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            losses.append(loss.item())
        history.append(sum(losses) / len(losses))
    return history
