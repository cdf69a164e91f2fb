# tries: to make pytest believe that a person stopped it, while the module is loaded
# outcome: crashed|error
class halve:
    raise KeyboardInterrupt
