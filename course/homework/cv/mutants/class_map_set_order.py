# what: номера в том порядке, в каком буквы выдаёт set
# caught_by: test_class_map
# phrase: порядок, в котором set выдаёт буквы


def class_map(labels):
    return {letter: number for number, letter in enumerate(set(labels))}
