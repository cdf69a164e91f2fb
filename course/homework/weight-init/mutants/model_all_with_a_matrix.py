# what: заполнено всё, у чего вес с двумя осями, кроме Embedding
# caught_by: test_init_model_leaves_the_rest
# phrase: посторонний параметр
# base: textbook
# replace: if isinstance(module, nn.Linear | nn.Conv1d | nn.Conv2d | nn.Conv3d): -> if filled(module):


def filled(module):
    weight = getattr(module, "weight", None)
    return hasattr(module, "bias") and weight is not None and weight.dim() > 1
