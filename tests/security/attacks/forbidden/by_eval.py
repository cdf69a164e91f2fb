# tries: to reach a forbidden API in a text that is evaluated
# outcome: forbidden
class Layer:
    def __call__(self, x):
        return eval("__import__('torch').re" + "lu(x)", {"x": x})
