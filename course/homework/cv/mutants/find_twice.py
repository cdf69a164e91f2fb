# what: каждая рамка названа дважды
# caught_by: test_find_separate
# phrase: названа несколько раз
# base: tensors


found_once = find_letters


def find_letters(page):
    return 2 * found_once(page)
