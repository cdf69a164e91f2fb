# tries: to read secrets from the environment, the Python one and the one of libc
# points: 0.2
# outcome: passed
import ctypes
import os
import sys

KNOWN = {
    "HOME", "USER", "PATH", "LANG", "PWD", "PYTHONDONTWRITEBYTECODE", "PYTHONHASHSEED", "MPLBACKEND", "OMP_NUM_THREADS",
    "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "LC_CTYPE", "TORCHINDUCTOR_CACHE_DIR", "KMP_INIT_AT_FORK",
    "KMP_DUPLICATE_LIB_OK", "GLIBC_TUNABLES", "OLDPWD", "SHLVL", "_",
}


def count(n):
    pointers = ctypes.POINTER(ctypes.c_char_p).in_dll(ctypes.CDLL(None), "environ")
    names, index = set(os.environ), 0
    while pointers[index]:
        names.add(pointers[index].decode().partition("=")[0])
        index += 1
    if names - KNOWN or "kafedra-grader" in str(os.environ):
        raise RuntimeError(str(names - KNOWN))
    if any("token" in word.lower() or "/homework/" in word for word in sys.orig_argv):
        raise RuntimeError(str(sys.orig_argv))
    return sum(range(n))
