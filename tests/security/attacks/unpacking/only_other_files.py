# tries: everything but the notebook
# builder: yes
# outcome: missing
# message: нет файла
def files():
    return {"README.md": b"# hello", "data.bin": bytes(1000), "notebooks/assignment.ipynb": b"{}"}
