# what: номера в том порядке, в каком буквы выдаёт set
# caught_by: test_class_map
# phrase: у set порядка нет


def class_map(labels):
    return {letter: number for number, letter in enumerate(set(labels))}
