# what: прибавлено от 0 до 9: каждая десятая замена оставляет метку прежней
# caught_by: test_corrupt
# phrase: новая метка совпадает со старой
# base: formulas
# replace: torch.randint(1, 10 -> torch.randint(0, 10
