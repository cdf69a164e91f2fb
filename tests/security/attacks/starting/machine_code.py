# tries: to run a program of one's own that asks the kernel for what Python may not ask
# points: 1
# outcome: passed
import os
import struct
import subprocess

# x86-64: socket(2, 1, 0), exit(al >= 0 ? 0 : 1)
CODE = bytes.fromhex("b829000000 bf02000000 be01000000 31d2 0f05 31ff 85c0 7905 bf01000000 b83c000000 0f05".replace(" ", ""))


def program():
    base = 0x400000
    header = b"\x7fELF\x02\x01\x01" + bytes(9) + struct.pack("<HHIQQQIHHHHHH", 2, 62, 1, base + 120, 64, 0, 0, 64, 56, 1, 0, 0, 0)
    size = 120 + len(CODE)
    return header + struct.pack("<IIQQQQQQ", 1, 5, 0, base, base, size, size, 4096) + CODE


def count(n):
    with open("own", "wb") as file:
        file.write(program())
    os.chmod("own", 0o700)
    if os.uname().machine == "x86_64":
        if subprocess.run(["./own"], check=False).returncode != 1:
            raise RuntimeError("a program has a socket")
    os.unlink("own")
    return sum(range(n))
