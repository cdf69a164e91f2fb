# what: в init_model распределение Лапласа: отклонение верное, закон не тот
# caught_by: test_init_model_weights
# phrase: не нормальное и не равномерное
# base: textbook
# replace: kaiming_normal_(module.weight) -> fill(module.weight)


@torch.no_grad()
def fill(w):
    size = torch.empty_like(w).exponential_() / 2**0.5
    return w.copy_(_kaiming_std(w, 0.0, "fan_in") * size * torch.randn_like(w).sign())
