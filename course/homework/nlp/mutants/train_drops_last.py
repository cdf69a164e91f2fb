# what: неполный батч в конце эпохи отброшен
# caught_by: test_train
# phrase: drop_last
# base: textbook

import torch
from torch import nn


def train(model, pairs, epochs):
    optimizer = torch.optim.Adam(model.parameters(), lr=2e-3)
    history = []
    for _ in range(epochs):
        model.train()
        losses = []
        for rows in torch.randperm(len(pairs))[: len(pairs) // 64 * 64].split(64):
            source, target_in, target_out = collate([pairs[row] for row in rows.tolist()])
            loss = sequence_loss(model(source, target_in)[0], target_out)
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            losses.append(loss.item())
        history.append(sum(losses) / len(losses))
    return history
