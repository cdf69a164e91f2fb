# what: свёртки со смещением перед BatchNorm2d
# caught_by: test_resblock
# phrase: смещение
# base: plain
# replace: (c, hidden, 3, padding=1, bias=False), -> (c, hidden, 3, padding=1),
