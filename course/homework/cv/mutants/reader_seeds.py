# what: Reader сам ставит зерно torch.manual_seed
# caught_by: test_scores
# phrase: torch.manual_seed вызван внутри
# base: tensors
# replace: generator = torch.Generator().manual_seed(int(torch.randint(2**31, ()))) -> generator = torch.manual_seed(42)
