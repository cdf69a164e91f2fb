# what: накопленное — обычные атрибуты, а не буферы
# caught_by: test_running_statistics, test_state_dict
# phrase: не буферы
# base: textbook
# replace: self.register_buffer("running_mean", -> self.running_mean = torch.Tensor.double(
# replace: self.register_buffer("running_var", -> self.running_var = torch.Tensor.double(
