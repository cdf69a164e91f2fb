# what: буферы с persistent=False: в state_dict их нет
# caught_by: test_state_dict
# phrase: накопленное до сохранения потеряно
# base: textbook
# replace: ("running_mean", torch.zeros(num_features)) -> ("running_mean", torch.zeros(num_features), persistent=False)
# replace: ("running_var", torch.ones(num_features)) -> ("running_var", torch.ones(num_features), persistent=False)
