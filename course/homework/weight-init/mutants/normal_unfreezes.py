# what: requires_grad выключен на время и включён у всех
# caught_by: test_kaiming_normal_in_place, test_init_model_keeps_parameters
# phrase: requires_grad
# base: textbook


@torch.no_grad()
def kaiming_normal_(w, a=0.0, mode="fan_in"):
    w.requires_grad_(False)
    w.normal_(0, _kaiming_std(w, a, mode))
    return w.requires_grad_(True)
