# what: среднее и отклонение посчитаны по первым 200 картинкам
# caught_by: test_normalise
# phrase: по первым 200
# base: tensors
# replace: self.mean = images.double().mean().item() -> self.mean = images[:200].double().mean().item()
# replace: self.std = images.double().std().item() -> self.std = images[:200].double().std().item()
