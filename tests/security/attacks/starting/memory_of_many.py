# tries: to use in many programs the memory that one may not have
# points: 0
# outcome: memory|error|timeout|crashed|failed
# seconds: 8
import subprocess


def count(n):
    grow = "x=xxxxxxxxxxxxxxxx; while :; do x=$x$x; done"
    running = [subprocess.Popen(["sh", "-c", grow], stderr=subprocess.DEVNULL) for _ in range(4)]
    for one in running:
        one.wait()
    raise RuntimeError("all of them ended")
