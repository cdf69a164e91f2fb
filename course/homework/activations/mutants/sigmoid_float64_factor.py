# what: множитель — тензор float64: ответ на одно число float32 становится float64
# caught_by: test_sigmoid_any_tensor
# phrase: float64
# base: formulas
# replace: (1 + torch.tanh(x / 2)) / 2 -> torch.tensor(0.5, dtype=torch.float64) * (1 + torch.tanh(x / 2))
