# what: номер эпохи не сохранён: обучение начинается заново
# caught_by: test_resume
# phrase: номер эпохи не восстановлен
# base: plain


class Trainer:
    def load(self, path):
        state = torch.load(path)
        self.model.load_state_dict(state["model"])
        self.optimizer.load_state_dict(state["optimizer"])
        if self.scheduler is not None:
            self.scheduler.load_state_dict(state["scheduler"])
        self.history = state["history"]
        torch.set_rng_state(state["rng"])
