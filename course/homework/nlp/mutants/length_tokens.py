# what: считаются отдельные токены, а не ответы целиком
# caught_by: test_accuracy_by_length
# phrase: отдельные токены
# base: textbook

import torch


def align(model, source, target):
    start = torch.full((len(target), 1), BOS)
    with torch.no_grad():
        _, weights = model(source, torch.cat([start, target[:, :-1]], dim=1))
    return weights


def accuracy_by_length(pairs, predictions):
    groups = {}
    for (source, target), prediction in zip(pairs, predictions, strict=True):
        groups.setdefault(len(source), []).append(
            sum(a == b for a, b in zip(target, prediction, strict=False)) / len(target)
        )
    return {length: sum(group) / len(group) for length, group in groups.items()}
