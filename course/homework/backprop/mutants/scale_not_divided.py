# what: скалярное произведение не поделено
# caught_by: test_gradient_scale
# phrase: не поделено на ⟨n, n⟩
# base: textbook
# replace:  / (numeric * numeric).sum() ->
