# tries: to do in a module beside what the notebook may not do
# points: 0
# outcome: forbidden
# message: helper.py, строка 3, использует math.prod
# builder: yes


def files():
    return {
        "assignment.py": b"from helper import hidden\n\n\ndef count(n):\n    hidden(n)\n    return sum(range(n))\n",
        "helper.py": b"import math\ndef hidden(n):\n    return math.prod([1, n])\n",
    }
