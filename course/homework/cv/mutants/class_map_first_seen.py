# what: буквы занумерованы в том порядке, в каком встретились
# caught_by: test_class_map
# phrase: в каком встретились


def class_map(labels):
    numbers = {}
    for letter in labels:
        numbers.setdefault(letter, len(numbers))
    return numbers
