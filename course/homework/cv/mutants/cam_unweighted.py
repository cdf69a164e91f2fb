# what: карты признаков сложены без весов
# caught_by: test_cam
# phrase: без весов
# base: tensors


def cam(model, x, classes):
    return model.features(x).sum(1)
