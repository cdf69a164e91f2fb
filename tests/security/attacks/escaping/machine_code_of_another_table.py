# tries: machine code that enters the kernel through the table of another architecture (int 0x80)
# outcome: crashed
import ctypes
import mmap


def count(n):
    # mov eax, 102 (socketcall); int 0x80; ret
    code = b"\xb8\x66\x00\x00\x00\xcd\x80\xc3"
    page = mmap.mmap(-1, 4096, prot=mmap.PROT_READ | mmap.PROT_WRITE | mmap.PROT_EXEC, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS)
    page.write(code)
    address = ctypes.addressof(ctypes.c_char.from_buffer(page))
    ctypes.CFUNCTYPE(ctypes.c_int)(address)()
    return sum(range(n))
