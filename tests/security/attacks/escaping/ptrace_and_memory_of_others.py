# tries: to attach to the parent, and to read and write the memory of others
# points: 0.2
# outcome: passed
import ctypes
import os


def count(n):
    libc = ctypes.CDLL(None, use_errno=True)
    found = []
    for pid in (1, os.getppid(), 2, 3):
        for request in (16, 0x4206, 2):
            if libc.ptrace(request, pid, 0, 0) != -1:
                found.append(("ptrace", pid))
    buffer = ctypes.create_string_buffer(64)
    vector = (ctypes.c_size_t * 2)(ctypes.addressof(buffer), 64)
    for call in (libc.process_vm_readv, libc.process_vm_writev):
        for pid in (1, os.getpid(), os.getppid()):
            if call(pid, vector, 1, vector, 1, 0) != -1:
                found.append(("memory", pid))
    if found:
        raise RuntimeError(str(found))
    return sum(range(n))
