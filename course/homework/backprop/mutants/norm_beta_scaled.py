# what: γ умножает и β
# caught_by: test_batchnorm_forward
# phrase: γ умножается и на β
# base: textbook
# replace: gamma * normal + beta, -> gamma * (normal + beta),
