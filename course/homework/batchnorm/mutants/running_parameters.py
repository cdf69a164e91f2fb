# what: накопленное — nn.Parameter: оптимизатор его сдвинет
# caught_by: test_forward_affine
# phrase: сколько обучаемых чисел
# base: textbook
# replace: self.register_buffer("running_mean", -> self.running_mean = nn.Parameter(
# replace: self.register_buffer("running_var", -> self.running_var = nn.Parameter(
