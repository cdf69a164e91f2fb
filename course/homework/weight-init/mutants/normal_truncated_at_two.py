# what: trunc_normal_ с границами ±2, а не ±2σ
# caught_by: test_xavier_normal, test_kaiming_normal
# phrase: обрезаны на ±2
# base: textbook
# replace: w.normal_(0, _xavier_std(w, gain)) -> nn.init.trunc_normal_(w, 0, _xavier_std(w, gain))
# replace: w.normal_(0, _kaiming_std(w, a, mode)) -> nn.init.trunc_normal_(w, 0, _kaiming_std(w, a, mode))
