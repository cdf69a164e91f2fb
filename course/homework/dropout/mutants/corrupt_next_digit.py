# what: другая цифра всегда следующая
# caught_by: test_corrupt
# phrase: равновероятны
# base: formulas
# replace: torch.randint(1, 10, y.shape, generator=generator) -> 1
