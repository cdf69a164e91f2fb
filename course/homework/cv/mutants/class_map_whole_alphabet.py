# what: номера по всему алфавиту, а не по встретившимся буквам
# caught_by: test_class_map
# phrase: нумеруйте только те буквы


def class_map(labels):
    return {letter: number for number, letter in enumerate("АБВГДЕЖЗИКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯ") if letter in labels}
