# what: наследник torch.optim.AdamW
# caught_by: test_adamw
# phrase: torch.optim.AdamW
# base: formulas


class MyAdamW(torch.optim.AdamW):
    pass
