# what: случайность не из generator
# caught_by: test_corrupt
# phrase: случайность взята не из generator
# base: formulas
# replace: torch.randint(1, 10, y.shape, generator=generator) -> torch.randint(1, 10, y.shape)
# replace: torch.rand(y.shape, generator=generator) < noise -> torch.rand(y.shape) < noise
