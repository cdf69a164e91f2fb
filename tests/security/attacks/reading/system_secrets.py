# tries: to read passwords, keys, the machine's identity and its kernel
# points: 0.2
# outcome: passed
import os
import sys

PLACES = """
    /etc/passwd /etc/shadow /etc/hostname /etc/hosts /etc/resolv.conf /etc/machine-id /etc/ssh /etc/ssl/private
    /root/.ssh /root/.netrc /root/.bash_history /root/.config /root/.cache /home /var/lib /var/log /var/run /run
    /sys/class/net /sys/fs/cgroup /boot /dev/mem /dev/kmsg /dev/sda /dev/vda /dev/tty /dev/ptmx /dev/fuse /dev/kvm
    /proc/self/environ /proc/1/environ /proc/kcore /proc/sys/kernel/hostname /proc/net/tcp /proc/mounts
    """.split()


def foreign(place):
    """Whether it is there, and not as a mere step on the way to what the interpreter loads."""
    needed = [part for part in (sys.prefix, sys.base_prefix, *sys.path) if part.startswith(place + "/")]
    if not needed:
        return os.path.exists(place)
    return bool(set(os.listdir(place)) - {part[len(place) + 1 :].split("/")[0] for part in needed})


def count(n):
    found = [place for place in PLACES if foreign(place)]
    if found:
        raise RuntimeError(str(found))
    return sum(range(n))
