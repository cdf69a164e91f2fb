# what: зерно задаётся внутри forward
# caught_by: test_seed, test_independence
# phrase: зерно задаётся внутри слоя
# base: formulas
# replace: mask = torch -> torch.manual_seed(0); mask = torch
