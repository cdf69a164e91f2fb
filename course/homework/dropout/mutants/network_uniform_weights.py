# what: веса равномерные, а не нормальные
# caught_by: test_make_network
# phrase: не из нормального закона
# base: formulas
# replace: kaiming_normal_ -> kaiming_uniform_
