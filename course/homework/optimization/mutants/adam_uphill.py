# what: шаг вдоль градиента
# caught_by: test_adam
# phrase: вдоль градиента
# base: formulas
# replace: p.sub_(group["lr"] * self.direction(p, g, group)) -> p.add_(group["lr"] * self.direction(p, g, group))
