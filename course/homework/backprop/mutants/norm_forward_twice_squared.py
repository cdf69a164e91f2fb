# what: γ применена дважды
# caught_by: test_batchnorm_forward
# phrase: μ и σ² — по axis=0
# base: textbook
# replace: gamma * normal + beta, -> gamma * gamma * normal + beta,
