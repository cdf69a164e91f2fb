# tries: to read passwords, keys, the machine's identity and its kernel
# points: 0.2
# outcome: passed
import os

PLACES = """
    /etc/passwd /etc/shadow /etc/hostname /etc/hosts /etc/resolv.conf /etc/machine-id /etc/ssh /etc/ssl/private
    /root/.ssh /root/.netrc /root/.bash_history /root/.config /root/.cache /home /var/lib /var/log /var/run /run
    /sys/class/net /sys/fs/cgroup /boot /dev/mem /dev/kmsg /dev/sda /dev/vda /dev/tty /dev/ptmx /dev/fuse /dev/kvm
    /proc/self/environ /proc/1/environ /proc/kcore /proc/sys/kernel/hostname /proc/net/tcp /proc/mounts
    """.split()


def count(n):
    found = [place for place in PLACES if os.path.exists(place)]
    if found:
        raise RuntimeError(str(found))
    return sum(range(n))
