# what: порядок токенов в ответе не замечен
# caught_by: test_accuracy_by_length
# phrase: порядок токенов не замечен
# base: textbook


def accuracy_by_length(pairs, predictions):
    hits = {}
    for (source, target), prediction in zip(pairs, predictions, strict=True):
        hits.setdefault(len(source), []).append(sorted(prediction) == sorted(target))
    return {length: sum(group) / len(group) for length, group in hits.items()}
