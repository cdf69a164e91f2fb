# tries: an exception whose class has a false name, false bases and a traceback without end
# outcome: error|crashed|timeout
class Meta(type):
    @property
    def __name__(cls):
        raise SystemExit

    @property
    def __mro__(cls):
        return [cls] * 10**6


class Odd(Exception, metaclass=Meta):
    pass


def count(n):
    raise Odd


def label(depth=0):
    try:
        return label(depth + 1)
    except RecursionError as error:
        raise ValueError(depth) from error
