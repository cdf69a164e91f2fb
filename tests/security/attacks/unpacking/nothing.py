# tries: no file at all
# builder: yes
# outcome: missing
# message: нет файла
def files():
    return {}
