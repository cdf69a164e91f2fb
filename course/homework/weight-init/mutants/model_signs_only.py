# what: в init_model веса ±σ: отклонение верное, закон не тот
# caught_by: test_init_model_weights
# phrase: веса повторяются
# base: textbook
# replace: kaiming_normal_(module.weight) -> fill(module.weight)


@torch.no_grad()
def fill(w):
    return w.copy_(_kaiming_std(w, 0.0, "fan_in") * torch.randn_like(w).sign())
