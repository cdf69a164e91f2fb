"""Who grades submissions, and in which order.

What is durable is the submission's row: an executor may vanish at any moment, and the next one takes up
whatever is not finished. `LocalExecutor` works inside the server; an executor on other machines has the
same few methods.
"""

from kafedra.web.executor.interface import Executor, Progress, Stage, Task, WarmGrader, Watcher
from kafedra.web.executor.local import LocalExecutor
from kafedra.web.executor.queue import FairQueue

__all__ = ["Executor", "FairQueue", "LocalExecutor", "Progress", "Stage", "Task", "WarmGrader", "Watcher"]
