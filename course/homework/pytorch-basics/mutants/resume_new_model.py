# what: load кладёт в Trainer новую сеть, а оптимизатор ведёт прежнюю
# caught_by: test_resume
# phrase: веса
# base: plain

import copy


class Trainer:
    def load(self, path):
        state = torch.load(path)
        self.model = copy.deepcopy(self.model)
        self.model.load_state_dict(state["model"])
        self.optimizer.load_state_dict(state["optimizer"])
        if self.scheduler is not None:
            self.scheduler.load_state_dict(state["scheduler"])
        self.epoch = state["epoch"]
        self.history = state["history"]
        torch.set_rng_state(state["rng"])
