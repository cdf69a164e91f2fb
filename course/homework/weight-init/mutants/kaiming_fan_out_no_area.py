# what: в mode="fan_out" площадь ядра забыта
# caught_by: test_kaiming_normal_options
# phrase: площадь ядра не учтена в fan_out
# base: textbook


@torch.no_grad()
def kaiming_normal_(w, a=0.0, mode="fan_in"):
    fan = fans(w)[0] if mode == "fan_in" else w.shape[0]
    return w.normal_(0, math.sqrt(2 / ((1 + a**2) * fan)))
