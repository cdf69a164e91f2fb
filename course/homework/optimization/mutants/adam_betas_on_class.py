# what: betas лежат в классе: у двух оптимизаторов они общие
# caught_by: test_adam_details
# phrase: лежат в классе
# base: formulas
# replace: beta1, beta2 = group["betas"] -> beta1, beta2 = MyAdam.betas


class MyAdam:
    def __init__(self, params, lr=1e-3, betas=(0.9, 0.999), eps=1e-8, weight_decay=0):
        super().__init__(params, {"lr": lr, "betas": betas, "eps": eps, "weight_decay": weight_decay})
        MyAdam.betas = betas
