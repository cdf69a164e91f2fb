# what: alpha — буфер float64: число float32 становится float64
# caught_by: test_elu_any_tensor
# phrase: храните параметр обычным числом
# base: formulas
# replace: self.alpha = alpha -> self.register_buffer("alpha", torch.tensor(alpha, dtype=torch.float64))
