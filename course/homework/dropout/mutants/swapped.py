# what: перепутано, что обнулять и что оставлять
# caught_by: test_share
# phrase: обнулена доля 1 − p
# base: formulas
# replace: (x) >= self.p -> (x) < self.p
