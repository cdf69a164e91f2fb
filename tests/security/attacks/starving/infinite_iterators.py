# tries: objects whose length, iterator, text and deletion never end
# outcome: error|timeout
# seconds: 2.5
class Endless:
    def __iter__(self):
        while True:
            yield 0

    def __len__(self):
        while True:
            pass

    __repr__ = __str__ = __del__ = __len__


def count(n):
    return Endless()


def label():
    return (0 for _ in Endless())
