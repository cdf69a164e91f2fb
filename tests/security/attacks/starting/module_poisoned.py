# tries: to call in a module what no text shows
# points: 0
# outcome: forbidden|failed
# builder: yes


def files():
    return {
        "assignment.py": b"import helper\n\n\ndef count(n):\n    helper.hidden(n)\n    return sum(range(n))\n",
        "helper.py": b"import math\n\n\ndef hidden(n):\n    return getattr(math, 'pr' + 'od')([1, n])\n",
    }
