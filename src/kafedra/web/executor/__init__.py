"""Who grades submissions, and in which order.

What is durable is the submission's row: a dispatcher may vanish at any moment, and the next one takes up whatever is
not finished. Whose turn it is, is decided where the database is; what is graded is data (`kafedra.grading.Job`), so
that a slot may be anywhere.
"""

from kafedra.web.executor.dispatcher import Dispatcher
from kafedra.web.executor.interface import Executor, Progress, Slot, Stage, Task, WarmGrader, Watcher
from kafedra.web.executor.queue import FairQueue

__all__ = ["Dispatcher", "Executor", "FairQueue", "Progress", "Slot", "Stage", "Task", "WarmGrader", "Watcher"]
