# what: нормировки нет нигде
# caught_by: test_transformer_parts
# phrase: нет LayerNorm
# base: textbook
# replace: nn.LayerNorm(dim) for _ in range(3 if cross else 2) -> nn.Identity() for _ in range(3 if cross else 2)
