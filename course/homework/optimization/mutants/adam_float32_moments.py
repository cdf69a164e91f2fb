# what: моменты хранятся во float32
# caught_by: test_adam_small_gradients
# phrase: моменты хранятся во float32
# base: formulas
# replace: state["m"] = torch.zeros_like(p) -> state["m"] = torch.zeros(p.shape)
# replace: state["v"] = torch.zeros_like(p) -> state["v"] = torch.zeros(p.shape)
