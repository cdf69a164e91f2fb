# what: длина, где верных нет, в словарь не попала
# caught_by: test_accuracy_by_length
# phrase: где верных нет
# base: textbook


def accuracy_by_length(pairs, predictions):
    total, right = {}, {}
    for (source, target), prediction in zip(pairs, predictions, strict=True):
        total[len(source)] = total.get(len(source), 0) + 1
        if prediction == target:
            right[len(source)] = right.get(len(source), 0) + 1
    return {length: count / total[length] for length, count in right.items()}
