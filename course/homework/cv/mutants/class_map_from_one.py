# what: номера классов начинаются с единицы
# caught_by: test_class_map
# phrase: номера начинаются с единицы


def class_map(labels):
    return {letter: number for number, letter in enumerate(sorted(set(labels)), 1)}
