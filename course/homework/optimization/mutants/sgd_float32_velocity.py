# what: скорость во float32
# caught_by: test_sgd_momentum
# phrase: точность как у float32
# base: formulas
# replace: state["velocity"] = torch.zeros_like(p) -> state["velocity"] = torch.zeros(p.shape)
