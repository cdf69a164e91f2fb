# what: на вход подан сам ответ, без BOS
# caught_by: test_align
# phrase: подан сам ответ

import torch


def align(model, source, target):
    with torch.no_grad():
        _, weights = model(source, target)
    return weights


def accuracy_by_length(pairs, predictions):
    groups = {}
    for (source, target), prediction in zip(pairs, predictions, strict=True):
        groups.setdefault(len(source), []).append(prediction == target)
    return {length: sum(group) / len(group) for length, group in groups.items()}
