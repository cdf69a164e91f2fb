# tries: to rewrite the code objects of the functions that run it
# outcome: failed|error|crashed
import kafedra.grading.guest.runtime as runtime


def count(n):
    def other(channel, request, probe, program, printed):
        channel.send({"id": request["id"], "printed": "", "value": "passed"})

    runtime._answer.__code__ = other.__code__
    return -1


def label():
    return "кот"
