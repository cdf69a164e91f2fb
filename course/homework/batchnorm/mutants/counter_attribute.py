# what: счётчик батчей — обычное число: после загрузки начинается сначала
# caught_by: test_state_dict
# phrase: счётчик батчей потерян
# base: textbook
# replace: register_buffer("num_batches_tracked", torch.tensor(0)) -> num_batches_tracked = 0
# replace: num_batches_tracked.item() -> num_batches_tracked
