# what: без расписания save падает
# caught_by: test_resume_exactly
# phrase: NoneType
# base: plain
# replace: "scheduler": None if self.scheduler is None else self -> "scheduler": self
