# what: train сама ставит зерно
# caught_by: test_train
# phrase: сама ставит зерно
# base: textbook


def train(model, pairs, epochs):
    torch.manual_seed(0)
    optimizer = torch.optim.Adam(model.parameters(), lr=3e-3)
    history = []
    for _ in range(epochs):
        model.train()
        losses = []
        for rows in torch.randperm(len(pairs)).split(64):
            source, target_in, target_out = collate([pairs[row] for row in rows.tolist()])
            loss = sequence_loss(model(source, target_in)[0], target_out)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            losses.append(loss.item())
        history.append(sum(losses) / len(losses))
    return history
