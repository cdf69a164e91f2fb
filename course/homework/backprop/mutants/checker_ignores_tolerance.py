# what: допуск вписан, tolerance не используется
# caught_by: test_check_gradient_subtle
# phrase: допуск вписан в код
# base: textbook
# replace: <= tolerance -> <= 1e-6
