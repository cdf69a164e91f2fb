# what: ε всегда 1e-5
# caught_by: test_forward_eps_and_offset
# phrase: параметр eps не используется
# base: textbook
# replace: eps = eps -> eps = 1e-5
