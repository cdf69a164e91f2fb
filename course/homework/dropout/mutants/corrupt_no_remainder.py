# what: остаток от деления на 10 забыт
# caught_by: test_corrupt
# phrase: возьмите остаток
# base: formulas
# replace: ) % 10 -> )
