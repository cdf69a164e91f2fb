# what: состояние оптимизатора не сохранено
# caught_by: test_resume
# phrase: состояние оптимизатора
# base: plain


class Trainer:
    def load(self, path):
        state = torch.load(path)
        self.model.load_state_dict(state["model"])
        if self.scheduler is not None:
            self.scheduler.load_state_dict(state["scheduler"])
        self.epoch = state["epoch"]
        self.history = state["history"]
        torch.set_rng_state(state["rng"])
