# what: γ и β не используются
# caught_by: test_batchnorm_forward
# phrase: не используются
# base: textbook
# replace: gamma * normal + beta, -> normal,
