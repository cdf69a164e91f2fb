"""System calls that the student's code may make, by name, and their numbers.

An allow-list: what Python, numpy and torch need to compute, to use their own /tmp and to start threads and
a few children. Absent on purpose: sockets, ptrace, process_vm_*, mount and every other namespace call, keyrings,
bpf, io_uring, memfd_create and shared memory (memory that no limit counts), and execve.

Numbers: Linux's arch/x86/entry/syscalls/syscall_64.tbl and include/uapi/asm-generic/unistd.h.
"""

from __future__ import annotations

from typing import Final

ALLOWED: Final = frozenset(
    """
    read write readv writev pread64 pwrite64 preadv pwritev open openat close close_range creat lseek
    stat fstat lstat newfstatat statx statfs fstatfs access faccessat faccessat2 getdents getdents64
    getcwd chdir fchdir mkdir mkdirat rmdir rename renameat renameat2 link linkat unlink unlinkat symlink symlinkat
    readlink readlinkat chmod fchmod fchmodat umask utimensat truncate ftruncate fallocate fsync fdatasync flock
    fcntl dup dup2 dup3 pipe pipe2 ioctl poll ppoll select pselect6 sendfile copy_file_range fadvise64
    epoll_create epoll_create1 epoll_ctl epoll_wait epoll_pwait eventfd eventfd2
    timerfd_create timerfd_settime timerfd_gettime
    mmap mprotect munmap mremap madvise msync mincore brk membarrier get_mempolicy
    rt_sigaction rt_sigprocmask rt_sigreturn rt_sigpending rt_sigtimedwait rt_sigsuspend sigaltstack restart_syscall
    nanosleep clock_nanosleep clock_gettime clock_getres gettimeofday time times getitimer setitimer alarm
    timer_create timer_settime timer_gettime timer_delete
    getpid getppid gettid getuid geteuid getgid getegid getresuid getresgid getgroups getpgid getpgrp getsid
    setpgid setsid getrlimit setrlimit prlimit64 getrusage sysinfo uname getrandom getcpu
    sched_yield sched_getaffinity sched_getparam sched_getscheduler sched_get_priority_max
    sched_get_priority_min
    clone fork vfork wait4 waitid exit exit_group kill tkill tgkill
    futex set_robust_list get_robust_list set_tid_address rseq arch_prctl prctl
    socketpair sendto recvfrom sendmsg recvmsg shutdown getsockopt setsockopt getsockname
    """.split()
)

# What starts a program: for assignments that declare which, and for no others.
STARTING: Final = frozenset({"execve"})

# clone3 passes its flags in memory, where a filter cannot look: ENOSYS makes libc fall back to clone.
UNKNOWN: Final = frozenset({"clone3"})

# What prctl is allowed to do: names of threads (and, for glibc, of memory), one's own death signal and timer slack, and
# looking. Not: to hide one's memory from the keeper (PR_SET_DUMPABLE), to add filters, to collect orphans, to claim a
# core with all its threads (PR_SCHED_CORE). Numbers: include/uapi/linux/prctl.h.
PRCTL: Final = frozenset({1, 2, 3, 15, 16, 21, 23, 29, 30, 39, 0x53564D41})

# What fcntl is allowed to do: descriptors and their flags, locks on one's own files. No leases and no notices (who
# opens a file that somebody has a lease on waits up to 45 s), no signals to an owner, no larger pipes, no seals.
# Numbers: include/uapi/asm-generic/fcntl.h and include/uapi/linux/fcntl.h.
FCNTL: Final = frozenset({0, 1, 2, 3, 4, 5, 6, 7, 36, 37, 38, 1030, 1032})

# What ioctl is allowed to do: ask whether something is a terminal and how large, how much there is to read; close on
# exec and non-blocking. The rest speaks to devices and file systems. Numbers: include/uapi/asm-generic/ioctls.h.
IOCTL: Final = frozenset({0x5401, 0x802C542A, 0x5413, 0x541B, 0x5421, 0x5450, 0x5451})

# fmt: off
_X86_64: Final = {
    "read": 0, "write": 1, "open": 2, "close": 3, "stat": 4, "fstat": 5, "lstat": 6, "poll": 7,
    "lseek": 8, "mmap": 9, "mprotect": 10, "munmap": 11, "brk": 12, "rt_sigaction": 13,
    "rt_sigprocmask": 14, "rt_sigreturn": 15, "ioctl": 16, "pread64": 17, "pwrite64": 18, "readv": 19,
    "writev": 20, "access": 21, "pipe": 22, "select": 23, "sched_yield": 24, "mremap": 25, "msync": 26,
    "mincore": 27, "madvise": 28, "dup": 32, "dup2": 33, "nanosleep": 35, "getitimer": 36, "alarm": 37,
    "setitimer": 38, "getpid": 39, "sendfile": 40, "sendto": 44, "recvfrom": 45, "sendmsg": 46,
    "recvmsg": 47, "shutdown": 48, "getsockname": 51, "socketpair": 53, "setsockopt": 54,
    "getsockopt": 55, "clone": 56, "fork": 57, "vfork": 58, "execve": 59, "exit": 60, "wait4": 61, "kill": 62,
    "uname": 63, "fcntl": 72, "flock": 73, "fsync": 74, "fdatasync": 75, "truncate": 76, "ftruncate": 77,
    "getdents": 78, "getcwd": 79, "chdir": 80, "fchdir": 81, "rename": 82, "mkdir": 83, "rmdir": 84,
    "creat": 85, "link": 86, "unlink": 87, "symlink": 88, "readlink": 89, "chmod": 90, "fchmod": 91,
    "umask": 95, "gettimeofday": 96, "getrlimit": 97, "getrusage": 98, "sysinfo": 99, "times": 100,
    "getuid": 102, "getgid": 104, "geteuid": 107, "getegid": 108, "setpgid": 109, "getppid": 110,
    "getpgrp": 111, "setsid": 112, "getgroups": 115, "getresuid": 118, "getresgid": 120, "getpgid": 121,
    "getsid": 124, "rt_sigpending": 127, "rt_sigtimedwait": 128, "rt_sigsuspend": 130,
    "sigaltstack": 131, "statfs": 137, "fstatfs": 138, "sched_getparam": 143, "sched_getscheduler": 145,
    "sched_get_priority_max": 146, "sched_get_priority_min": 147, "prctl": 157, "arch_prctl": 158,
    "setrlimit": 160, "gettid": 186, "tkill": 200, "time": 201, "futex": 202, "sched_setaffinity": 203,
    "sched_getaffinity": 204, "epoll_create": 213, "getdents64": 217, "set_tid_address": 218,
    "restart_syscall": 219, "fadvise64": 221, "timer_create": 222, "timer_settime": 223,
    "timer_gettime": 224, "timer_delete": 226, "clock_gettime": 228, "clock_getres": 229,
    "clock_nanosleep": 230, "exit_group": 231, "epoll_wait": 232, "epoll_ctl": 233, "tgkill": 234,
    "get_mempolicy": 239, "waitid": 247, "openat": 257, "mkdirat": 258, "newfstatat": 262,
    "unlinkat": 263, "renameat": 264, "linkat": 265, "symlinkat": 266, "readlinkat": 267,
    "fchmodat": 268, "faccessat": 269, "pselect6": 270, "ppoll": 271, "set_robust_list": 273,
    "get_robust_list": 274, "utimensat": 280, "epoll_pwait": 281, "timerfd_create": 283, "eventfd": 284,
    "fallocate": 285, "timerfd_settime": 286, "timerfd_gettime": 287, "eventfd2": 290,
    "epoll_create1": 291, "dup3": 292, "pipe2": 293, "preadv": 295, "pwritev": 296, "prlimit64": 302,
    "getcpu": 309, "renameat2": 316, "getrandom": 318, "membarrier": 324, "copy_file_range": 326,
    "statx": 332, "rseq": 334, "clone3": 435, "close_range": 436, "faccessat2": 439,
}

_AARCH64: Final = {
    "getcwd": 17, "eventfd2": 19, "epoll_create1": 20, "epoll_ctl": 21, "epoll_pwait": 22, "dup": 23,
    "dup3": 24, "fcntl": 25, "ioctl": 29, "flock": 32, "mkdirat": 34, "unlinkat": 35, "symlinkat": 36,
    "linkat": 37, "renameat": 38, "statfs": 43, "fstatfs": 44, "truncate": 45, "ftruncate": 46,
    "fallocate": 47, "faccessat": 48, "chdir": 49, "fchdir": 50, "fchmod": 52, "fchmodat": 53,
    "openat": 56, "close": 57, "pipe2": 59, "getdents64": 61, "newfstatat": 79, "lseek": 62, "read": 63, "write": 64,
    "readv": 65, "writev": 66, "pread64": 67, "pwrite64": 68, "preadv": 69, "pwritev": 70,
    "sendfile": 71, "pselect6": 72, "ppoll": 73, "readlinkat": 78, "fstat": 80, "fsync": 82,
    "fdatasync": 83, "timerfd_create": 85, "timerfd_settime": 86, "timerfd_gettime": 87, "utimensat": 88,
    "exit": 93, "exit_group": 94, "waitid": 95, "set_tid_address": 96, "futex": 98,
    "set_robust_list": 99, "get_robust_list": 100, "nanosleep": 101, "getitimer": 102, "setitimer": 103,
    "timer_create": 107, "timer_gettime": 108, "timer_settime": 110, "timer_delete": 111,
    "clock_gettime": 113, "clock_getres": 114, "clock_nanosleep": 115, "sched_getscheduler": 120,
    "sched_getparam": 121, "sched_setaffinity": 122, "sched_getaffinity": 123, "sched_yield": 124,
    "sched_get_priority_max": 125, "sched_get_priority_min": 126, "restart_syscall": 128, "kill": 129,
    "tkill": 130, "tgkill": 131, "sigaltstack": 132, "rt_sigsuspend": 133, "rt_sigaction": 134,
    "rt_sigprocmask": 135, "rt_sigpending": 136, "rt_sigtimedwait": 137, "rt_sigreturn": 139,
    "getresuid": 148, "getresgid": 150, "times": 153, "setpgid": 154, "getpgid": 155, "getsid": 156,
    "setsid": 157, "getgroups": 158, "uname": 160, "getrlimit": 163, "setrlimit": 164, "getrusage": 165,
    "umask": 166, "prctl": 167, "getcpu": 168, "gettimeofday": 169, "getpid": 172, "getppid": 173,
    "getuid": 174, "geteuid": 175, "getgid": 176, "getegid": 177, "gettid": 178, "sysinfo": 179,
    "socketpair": 199, "getsockname": 204, "sendto": 206, "recvfrom": 207, "setsockopt": 208,
    "getsockopt": 209, "shutdown": 210, "sendmsg": 211, "recvmsg": 212, "brk": 214, "munmap": 215,
    "mremap": 216, "clone": 220, "mmap": 222, "fadvise64": 223, "mprotect": 226, "msync": 227,
    "mincore": 232, "madvise": 233, "get_mempolicy": 236, "wait4": 260, "prlimit64": 261,
    "renameat2": 276, "getrandom": 278, "membarrier": 283, "copy_file_range": 285, "statx": 291,
    "rseq": 293, "clone3": 435, "close_range": 436, "faccessat2": 439,
}
# fmt: on

# name of the machine -> (audit architecture, numbers); Linux's include/uapi/linux/audit.h
NUMBERS: Final[dict[str, tuple[int, dict[str, int]]]] = {
    "x86_64": (0xC000003E, _X86_64),
    "aarch64": (0xC00000B7, _AARCH64),
}
