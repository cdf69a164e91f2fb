# what: наследник torch.optim.AdamW
# caught_by: test_adamw
# phrase: torch.optim.AdamW
# base: formulas

import torch


class MyAdamW(torch.optim.AdamW):
    pass
