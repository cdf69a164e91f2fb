# tries: to read by a program what the student's code may not read itself
# points: 1
# outcome: passed
import subprocess

PLACES = "/etc/passwd /etc/shadow /proc/1/environ /proc/self/environ /root/.ssh /home /var /srv ../../etc/hosts"


def count(n):
    for place in PLACES.split():
        for command in (["cat", place], ["sh", "-c", f"read x < {place} && echo $x"]):
            done = subprocess.run(command, capture_output=True, check=False)
            if done.stdout:
                raise RuntimeError(f"{command}: {done.stdout[:100]}")
    return sum(range(n))
