# what: momentum всегда 0,1
# caught_by: test_momentum
# phrase: параметр не используется
# base: textbook
# replace: momentum = momentum -> momentum = 0.1 if momentum is not None else None
