# what: init_model включает режим обучения
# caught_by: test_init_model_keeps_parameters
# phrase: включён ли режим обучения
# base: textbook
# replace: for module in model.modules(): -> for module in model.train().modules():
