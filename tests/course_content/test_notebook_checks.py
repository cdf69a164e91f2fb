"""The checks in the notebooks say of a work what the server would: what it accepts is not refused, a mistake is named.

A student meets these checks first. They are no tests of the server and have their own code, so they are held here.
"""

from __future__ import annotations

import ast
import sys

import matplotlib as mpl
import pytest
from tests.course_content.reports import HOMEWORK

ASKED = {"ask", "attempt", "compare", "check_resume", "check_none", "check_added"}


def said(assignment: str, *replaced: tuple[str, str]) -> str:
    """Run the definitions and the checks of the notebook with its answers, changed as asked; what a check prints.

    What stands in a ``try``, trainings and pictures, is left out.
    """
    source = (HOMEWORK / assignment / "notebook.py").read_text("utf-8")
    for old, new in replaced:
        assert source.count(old) == 1, f"the notebook reads otherwise now: {old}"
        source = source.replace(old, new)
    tree = ast.parse(source)
    tree.body = [node for node in tree.body if not isinstance(node, ast.Try) and _wanted(node)]
    mpl.use("agg")
    lines: list[str] = []
    with pytest.MonkeyPatch.context() as patch:
        patch.delitem(sys.modules, "probes", raising=False)  # each assignment has its own
        patch.syspath_prepend(HOMEWORK / assignment)
        names = {"__name__": assignment, "print": lambda *words: lines.append(" ".join(map(str, words)))}
        exec(compile(tree, assignment, "exec"), names)
        sys.modules.pop("probes", None)
    return "\n".join(lines)


def _wanted(node: ast.stmt) -> bool:
    """Definitions, and of the calls those of a check."""
    if not isinstance(node, ast.Expr):
        return True
    call = node.value
    return isinstance(call, ast.Call) and ast.unparse(call.func) in ASKED | {"torch.manual_seed"}


STACK = """            net.append(nn.ReLU()).append(DropoutLayer(p))
    return net
"""
BUFFERS = (
    '            self.register_buffer("running_mean", torch.zeros(num_features))\n',
    '            self.register_buffer("running_var", torch.ones(num_features))\n',
)
LATE = """    class Late(nn.Module):
        def __init__(self):
            super().__init__()
            self.linears = nn.ModuleList(part for part in net if isinstance(part, nn.Linear))
            self.drop = DropoutLayer(p)

        def forward(self, x):
            first, second, last = self.linears
            return last(self.drop(torch.relu(second(self.drop(torch.relu(first(x)))))))

    return Late()
"""

RIGHT = {
    "the notebook's own: dropout": ("dropout",),
    "the notebook's own: optimization": ("optimization",),
    "the notebook's own: batchnorm": ("batchnorm",),
    "the notebook's own: backprop": ("backprop",),
    "the notebook's own: nlp": ("nlp",),
    "one dropout layer in two places, created last": ("dropout", (STACK, STACK.replace("    return net\n", LATE))),
    "Adam counts in float32, as torch does": ("optimization", ("t=0,", "t=torch.tensor(0.0),")),
    "the variance is remembered before the mean": ("batchnorm", ("".join(BUFFERS), "".join(reversed(BUFFERS)))),
}


@pytest.mark.parametrize("work", RIGHT.values(), ids=RIGHT)
def test_what_the_server_accepts_the_notebook_accepts(work: tuple) -> None:
    words = said(*work)
    assert "✓" in words
    assert "✗" not in words


SHIFT = "    others = (y + torch.randint(1, 10, y.shape, generator=generator)) % 10\n"
ZEROED = "        weights = torch.where(mask, weights, 0.0)\n"
LISTED = "self.encoder = nn.ModuleList(Layer("
SPOILED = "    spoiled = torch.rand(y.shape, generator=generator) < noise\n"

MISTAKES = {
    "NaN at p = 1, in place": (
        "dropout",
        ("        scale = 1 - self.p if self.p < 1 else 1.0\n", "        scale = 1 - self.p\n"),
        "✗ inplace: inplace=True, p = 1.0: получился NaN",
    ),
    "one of the nine digits never comes": (
        "dropout",
        (SHIFT, SHIFT.replace("(1, 10", "(1, 9")),
        "должны быть равновероятны, а с этими не так: [9]",
    ),
    "as many labels in each call": (
        "dropout",
        (SPOILED, "    spoiled = torch.randperm(len(y), generator=generator) < noise * len(y)\n"),
        "в каждом вызове испорчено поровну",
    ),
    "not all the chance is the generator's": (
        "dropout",
        (SPOILED, SPOILED.replace(", generator=generator", "")),
        "с таким же генератором вышло другое",
    ),
    "dropout after the last layer": (
        "dropout",
        (STACK, STACK.replace("    return net\n", "    return net.append(DropoutLayer(p))\n")),
        "Linear, ReLU, DropoutLayer, Linear, DropoutLayer; DropoutLayer нужен дважды",
    ),
    "ε inside the root: the default hides it": (
        "optimization",
        ('(square.sqrt() + group["eps"])', '(square + group["eps"]).sqrt()'),
        "✓ по умолчанию: шесть шагов, четыре параметра — всё совпало с torch\n"
        "✗ lr=0.1, betas=(0.7, 0.95), eps=0.1: шаг 1, параметр 1",
    ),
    "a batch forgets the type of its pictures": (
        "pytorch-basics",
        ("width, dtype=images[0].dtype)", "width)"),
        "✗ collate: вышло (3, 2, 7, 6), torch.float32, а должно быть (3, 2, 7, 6), torch.float64",
    ),
    "gradients in the order of the backward pass": (
        "backprop",
        ("gradients[::-1]", "gradients"),
        "нужен словарь на блок, с его именами и в том же порядке",
    ),
    "where all is forbidden, the weights are equal": (
        "nlp",
        (ZEROED, "        pass\n"),
        "✗ внимание с маской: когда запрещены все ключи, веса и ответ — нули: обнулите запрещённое ещё раз",
    ),
    "the map of attention is not shifted": (
        "nlp",
        ("F.pad(target, (1, 0), value=BOS)[:, :-1]", "target"),
        "✗ карта внимания: карта съехала: токен 0 пишется, когда на входе один BOS",
    ),
    "the encoder's layers lie in a plain list": (
        "nlp",
        (LISTED, LISTED.replace("nn.ModuleList(", "list(")),
        "по два; слои в обычном списке? Нужен nn.ModuleList",
    ),
    "the gradients of two layers change places": (
        "backprop",
        ("        g, dw, db = linear_backward(g, linear)\n", "        dw, g, db = linear_backward(g, linear)\n"),
        "блок 0, w: форма градиента (9, 4) вместо (4, 5)",
    ),
}


@pytest.mark.parametrize(("assignment", "change", "words"), MISTAKES.values(), ids=MISTAKES)
def test_the_notebook_names_a_mistake(assignment: str, change: tuple[str, str], words: str) -> None:
    assert words in said(assignment, change)
