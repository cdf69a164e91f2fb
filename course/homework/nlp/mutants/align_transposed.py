# what: оси карты перепутаны
# caught_by: test_align
# phrase: оси перепутаны
# base: textbook

import torch


def align(model, source, target):
    start = torch.full((len(target), 1), BOS)
    with torch.no_grad():
        _, weights = model(source, torch.cat([start, target[:, :-1]], dim=1))
    return weights.transpose(1, 2)


def accuracy_by_length(pairs, predictions):
    groups = {}
    for (source, target), prediction in zip(pairs, predictions, strict=True):
        groups.setdefault(len(source), []).append(prediction == target)
    return {length: sum(group) / len(group) for length, group in groups.items()}
