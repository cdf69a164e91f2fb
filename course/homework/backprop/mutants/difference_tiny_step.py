# what: шаг по умолчанию 1e-13: «чем меньше, тем точнее»
# caught_by: test_numerical_gradient
# phrase: цифр в нём мало
# base: textbook
# replace: h=1e-5 -> h=1e-13
