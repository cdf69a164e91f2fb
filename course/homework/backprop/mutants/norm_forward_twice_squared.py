# what: γ применена дважды
# caught_by: test_batchnorm_forward
# phrase: γ применена дважды
# base: textbook
# replace: gamma * normal + beta, -> gamma * gamma * normal + beta,
