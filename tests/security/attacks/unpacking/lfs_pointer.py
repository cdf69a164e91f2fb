# tries: a pointer to a file in place of the file
# builder: yes
# outcome: missing
# message: LFS
def files():
    return {"assignment.ipynb": b"version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 9\n"}
