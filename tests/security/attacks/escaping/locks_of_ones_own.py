# tries: nothing: what libraries do with descriptors goes on working
# points: 0.4
# outcome: passed
import fcntl
import os


def halve(x):
    with open("own", "w") as own:
        fcntl.lockf(own, fcntl.LOCK_EX | fcntl.LOCK_NB)
        fcntl.lockf(own, fcntl.LOCK_UN)
        fcntl.fcntl(own, fcntl.F_SETFD, fcntl.fcntl(own, fcntl.F_GETFD))
        os.close(os.dup(own.fileno()))
        assert not own.isatty()
    reader, writer = os.pipe()
    os.set_blocking(reader, False)
    os.set_inheritable(writer, True)
    return x / 2
