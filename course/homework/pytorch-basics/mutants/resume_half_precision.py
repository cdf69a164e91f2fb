# what: веса сохранены во float32 ради места
# caught_by: test_resume_exactly
# phrase: с меньшей точностью
# base: plain


class Trainer:
    def save(self, path):
        state = {
            "model": {
                name: value.float() if value.is_floating_point() else value
                for name, value in self.model.state_dict().items()
            },
            "optimizer": self.optimizer.state_dict(),
            "scheduler": None if self.scheduler is None else self.scheduler.state_dict(),
            "epoch": self.epoch,
            "history": self.history,
            "rng": torch.get_rng_state(),
        }
        torch.save(state, path)
