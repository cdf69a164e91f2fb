# what: align оставляет модель в режиме обучения
# caught_by: test_align
# phrase: режим модели
# base: textbook


def align(model, source, target):
    model.eval()
    target_in = torch.cat([torch.full_like(target[:, :1], BOS), target[:, :-1]], dim=1)
    with torch.no_grad():
        weights = model(source, target_in)[1]
    model.train()
    return weights
