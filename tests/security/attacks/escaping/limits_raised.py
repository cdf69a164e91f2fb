# tries: to raise its own limits, by setrlimit and by prlimit
# points: 0.2
# outcome: passed
import os
import resource


def count(n):
    found = []
    for kind in range(16):
        hard = resource.getrlimit(kind)[1]
        for limit in (hard + 1, -1):
            if hard != -1:
                for raise_it in (resource.setrlimit, lambda *a: resource.prlimit(0, *a)):
                    try:
                        raise_it(kind, (limit, limit))
                        found.append((kind, limit))
                    except (OSError, ValueError):
                        pass
    expected = {resource.RLIMIT_CORE: 0, resource.RLIMIT_NOFILE: 64, resource.RLIMIT_NPROC: 12}
    found += [(kind, limit) for kind, limit in expected.items() if resource.getrlimit(kind)[1] > limit]
    try:
        os.nice(-10)
        found.append("nice")
    except OSError:
        pass
    if found:
        raise RuntimeError(str(found))
    return sum(range(n))
