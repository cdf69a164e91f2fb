# what: веса сети не загружены
# caught_by: test_resume
# phrase: веса сети не загружены
# base: plain


class Trainer:
    def load(self, path):
        state = torch.load(path)
        self.optimizer.load_state_dict(state["optimizer"])
        if self.scheduler is not None:
            self.scheduler.load_state_dict(state["scheduler"])
        self.epoch = state["epoch"]
        self.history = state["history"]
        torch.set_rng_state(state["rng"])
