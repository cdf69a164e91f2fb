# what: потери в истории — тензоры: весь граф остаётся в памяти
# caught_by: test_history
# phrase: не число Python
# base: plain
# replace: loss.item() -> loss
