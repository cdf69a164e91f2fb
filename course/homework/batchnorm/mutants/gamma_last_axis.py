# what: γ умножается вдоль последней оси, а не по каналам
# caught_by: test_forward_affine
# phrase: size of tensor
# base: textbook
# replace: weight[:, None, None] * y + self.bias[:, None, None] -> weight * y + self.bias
