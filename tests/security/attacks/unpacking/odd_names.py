# tries: names that lead out of the folder, to devices, or that are hard to print
# builder: yes
# points: 0.2
# outcome: passed
def files():
    names = ("../../../../etc/passwd", "/etc/shadow", "..", ".", "", "a/../assignment.ipynb", "CON", "aux.ipynb ", "-rf", "\n", "\x1b[2J",
             "\u202enbpyi", "a" * 5000, "~/.ssh/authorized_keys", "$(id).py", "`id`.ipynb", "\x00", "C:\\x.py", ".git/hooks/post-checkout")
    return {name: b"raise SystemExit" for name in names} | {"assignment.py": b"def count(n): return sum(range(n))"}
