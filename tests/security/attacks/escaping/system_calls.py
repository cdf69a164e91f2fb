# tries: every system call that leads out: sockets, ptrace, namespaces, mounts, keys, bpf, io_uring and more
# points: 0.2
# outcome: passed
import ctypes
import os

# Linux, x86_64; on other machines the numbers mean other calls, and none of those may succeed either
CALLS = {
    "socket": 41, "connect": 42, "accept": 43, "bind": 49, "listen": 50, "execve": 59, "msgget": 68, "shmget": 29,
    "semget": 64, "ptrace": 101, "syslog": 103, "setuid": 105, "setgid": 106, "setreuid": 113, "setgroups": 116,
    "setresuid": 117, "capset": 126, "mknod": 133, "personality": 135, "setpriority": 141, "sched_setscheduler": 144,
    "mlockall": 151, "pivot_root": 155, "chroot": 161, "acct": 163, "settimeofday": 164, "mount": 165, "umount2": 166,
    "swapon": 167, "reboot": 169, "sethostname": 170, "init_module": 175, "quotactl": 179, "setxattr": 188,
    "sched_setaffinity": 203, "remap_file_pages": 216, "mbind": 237, "mq_open": 240, "kexec_load": 246, "add_key": 248,
    "request_key": 249, "keyctl": 250, "ioprio_set": 251, "inotify_init": 253, "migrate_pages": 256, "mknodat": 259,
    "unshare": 272, "splice": 275, "tee": 276, "vmsplice": 278, "move_pages": 279, "signalfd": 282, "accept4": 288,
    "inotify_init1": 294, "rt_tgsigqueueinfo": 297, "perf_event_open": 298, "fanotify_init": 300,
    "name_to_handle_at": 303, "open_by_handle_at": 304, "clock_adjtime": 305, "setns": 308, "process_vm_readv": 310,
    "process_vm_writev": 311, "kcmp": 312, "finit_module": 313, "sched_setattr": 314, "seccomp": 317,
    "memfd_create": 319, "kexec_file_load": 320, "bpf": 321, "execveat": 322, "userfaultfd": 323, "mlock2": 325,
    "pkey_alloc": 330, "io_setup": 206, "pidfd_send_signal": 424, "io_uring_setup": 425, "open_tree": 428,
    "move_mount": 429, "fsopen": 430, "fsmount": 432, "pidfd_open": 434, "clone3": 435, "openat2": 437,
    "pidfd_getfd": 438, "process_madvise": 440, "mount_setattr": 442, "landlock_create_ruleset": 444,
    "memfd_secret": 447, "process_mrelease": 448, "futex_waitv": 449, "cachestat": 451, "map_shadow_stack": 453,
}


def count(n):
    libc = ctypes.CDLL(None, use_errno=True)
    found = []
    for name, number in CALLS.items():
        result = libc.syscall(ctypes.c_long(number), 0, 0, 0, 0, 0, 0)
        if result != -1 or ctypes.get_errno() not in (1, 38):
            found.append((name, result, os.strerror(ctypes.get_errno())))
    if found:
        raise RuntimeError(str(found))
    return sum(range(n))
