"""The checks of the seminars know the usual mistakes: each is made here, and the check says what it is.

Every blank has one. Experiments are left out, but for what a check needs of them.
"""

import ast
import builtins
import dis
import re
from collections.abc import Iterator
from types import CodeType

import matplotlib as mpl
import matplotlib.pyplot as plt
import pytest
from tests.course_content.reports import HOMEWORK

from kafedra.course.topics import topic_folders

CELL = re.compile(r"^# %%(.*)$", re.MULTILINE)
TOPICS = [folder.name for folder in topic_folders(HOMEWORK.parent)]


def seminar(topic: str) -> str:
    return (HOMEWORK.parent / "topics" / topic / "seminar.py").read_text("utf-8")


def cells(source: str) -> Iterator[tuple[str, str]]:
    """The first line of each cell of code, and the code."""
    _, *parts = CELL.split(source)
    for head, code in zip(parts[::2], parts[1::2], strict=True):
        if "[markdown]" not in head:
            yield head, code


def reads(code: CodeType) -> set[str]:
    """The names of the notebook that a piece of code looks up."""
    own = {one.argval for one in dis.get_instructions(code) if one.opname in {"LOAD_GLOBAL", "LOAD_NAME"}}
    return own.union(*(reads(inner) for inner in code.co_consts if isinstance(inner, CodeType))) - set(dir(builtins))


def binds(node: ast.stmt) -> set[str]:
    """The names of the notebook that a statement gives a value."""
    if isinstance(node, ast.FunctionDef | ast.ClassDef):
        return {node.name}
    targets = [*node.targets] if isinstance(node, ast.Assign) else []
    return {one.id for target in targets for one in ast.walk(target) if isinstance(one, ast.Name)}


def checks_alone(source: str) -> str:
    """Blanks with their answers and their checks, and of all other cells what these need."""
    needed: set[str] = set()
    kept: list[str] = []
    for head, code in reversed(list(cells(source))):
        for node in reversed(ast.parse(code).body):
            touched = reads(compile(ast.Module([node], []), head, "exec"))
            drawn = "print" in ast.unparse(node)[:6] or "plt" in touched
            changes = isinstance(node, ast.Expr) and not drawn and touched & needed
            if "tags" in head or isinstance(node, ast.Import | ast.ImportFrom) or binds(node) & needed or changes:
                kept.append(ast.unparse(node))
                needed |= touched - {"torch", "nn", "math", "random", "np", "plt", "functional"}
    return "\n".join(reversed(kept))


def work_through(source: str) -> None:
    mpl.use("agg")
    try:
        exec(compile(checks_alone(source), "seminar", "exec"), {"__name__": "seminar"})
    finally:
        plt.close("all")


ADDITION = "            self.grad += out.grad\n            other.grad += out.grad"
STEP = "        optimizer.zero_grad()\n        loss.backward()\n        optimizer.step()"
PROBE = "            break\n        optimizer.zero_grad()\n        loss.backward()\n        optimizer.step()\n    # END"
VISIT = """        for parent in one.parents:
            visit(parent)
        order.append(one)
"""
VOTES = """        total = sum(net(x).softmax(1) for _ in range(count))
    net.train(was)
    return total / count
"""
SIGNAL = "        x = activation(x @ w.T)  # (B, n)\n        sizes.append(rms(x))"

MISTAKES = {
    "the shares of a sum replace each other": (
        "01-backprop",
        ADDITION,
        ADDITION.replace("+=", "="),
        r"x \+ x: производная 1, а должна быть 2.*\+= вместо =",
    ),
    "the share of tanh replaces another": (
        "01-backprop",
        "        x.grad += (1 - out.data**2) * out.grad",
        "        x.grad = (1 - out.data**2) * out.grad",
        r"с другого пути.*\+= вместо =",
    ),
    "a neuron takes the number out of a weight": (
        "01-backprop",
        "sum((w * one for",
        "sum((w.data * one for",
        r"производные линейного нейрона.*граф оборвался",
    ),
    "a difference to one side": (
        "01-backprop",
        "    return (f(x + h) - f(x - h)) / (2 * h)",
        "    return (f(x) - f(x - h)) / h",
        r"разность в одну сторону.*в обе",
    ),
    "tanh doesn't remember what it was made of": (
        "01-backprop",
        'Value(math.tanh(x.data), (x,), "tanh")',
        "Value(math.tanh(x.data))",
        r"не помнит, из чего получилось.*\(x,\)",
    ),
    "a number stands before its parents": (
        "01-backprop",
        VISIT,
        "        order.append(one)\n" + VISIT.replace("        order.append(one)\n", ""),
        r"родитель «.*» стоит в порядке после .*Число добавляют в order после его родителей",
    ),
    "the way back begins at the inputs": (
        "01-backprop",
        "    for value in reversed(topological(loss)):",
        "    for value in topological(loss):",
        r"dL/dx = 0, а должно быть 26.*по порядку с конца",
    ),
    "every call of a recursion has a memory of its own": (
        "01-backprop",
        VISIT,
        VISIT.replace("visit(parent)", "order.extend(topological(parent))"),
        r"чисел в графе 5 .*записей в order — 11.*у каждого вызова свой seen: заведите внутри функцию visit",
    ),
    "the list of the inner call is lost": (
        "01-backprop",
        VISIT,
        VISIT.replace("visit(parent)", "topological(parent)"),
        r"1 из 5 чисел.*не пропал ли список, который вернул вложенный вызов",
    ),
    "the walk over the graph is never begun": (
        "01-backprop",
        "\n    visit(value)\n",
        "\n",
        r"начат ли обход с самого value.*пустым",
    ),
    "push is named, not called": (
        "01-backprop",
        "    for value in reversed(topological(loss)):\n        value.push()",
        "    for value in reversed(topological(loss)):\n        value.push",
        r"dL/dx = 0, а должно быть 26.*value\.push\(\)",
    ),
    "the numbers are zeroed, not their gradients": (
        "01-backprop",
        "        value.grad = 0.0\n",
        "        value.data = 0.0\n",
        r"Обнуляют value\.grad, а не value и не value\.data",
    ),
    "an error isn't a share of the derivative": (
        "01-backprop",
        "    return abs(slope(as_function, 0.8, h) - exact) / abs(exact)",
        "    return abs(slope(as_function, 0.8, h) - exact)",
        r"Делите ли вы на \|точную производную\|",
    ),
    "a step takes all points, not the batch": (
        "01-backprop",
        "    loss = mean_loss(model, batch)\n    zero_grad(model.parameters())",
        "    loss = mean_loss(model, examples)\n    zero_grad(model.parameters())",
        r"потери взяты по всем точкам, а нужны по батчу",
    ),
    "a step forgets the learning rate": (
        "01-backprop",
        "        parameter.data -= lr * parameter.grad",
        "        parameter.data -= parameter.grad",
        r"сдвинулся на 1 · grad, а должен на 0,03 · grad: умножайте на lr",
    ),
    "the half that ReLU takes is forgotten": (
        "02-training-loop",
        "    return std * math.sqrt(width / 2)",
        "    return std * math.sqrt(width)",
        r"в корень из двух раз больше нужного.*половина, которую гасит ReLU",
    ),
    "nothing comes from above": (
        "02-training-loop",
        "    (x * upstream).sum().backward()",
        "    x.sum().backward()",
        r"upstream не участвует",
    ),
    "a way back after every layer": (
        "02-training-loop",
        "    (x * upstream).sum().backward()",
        "        (x * upstream).sum().backward()",
        r"Зовут его один раз, после всех слоёв",
    ),
    "the maximum is added with an axis too many": (
        "02-training-loop",
        "    return m.squeeze(-1) + (z - m)",
        "    return m + (z - m)",
        r"ответ должен быть формы \(2\), а вышло \(2, 2\).*m\.squeeze\(-1\)",
    ),
    "the gradient of the sum, not of the mean": (
        "02-training-loop",
        "    return p / len(y)",
        "    return p",
        r"осталось поделить на B: потери — среднее по батчу",
    ),
    "gradients are zeroed once an epoch": (
        "02-training-loop",
        STEP,
        STEP.replace("        optimizer.zero_grad()\n", "        if total == 0:\n            optimizer.zero_grad()\n"),
        r"в шаг второго батча вошёл и градиент первого",
    ),
    "one step an epoch": (
        "02-training-loop",
        "        optimizer.step()\n        total += loss.item() * len(index)\n    return",
        "        total += loss.item() * len(index)\n    optimizer.step()\n    return",
        r"батчей 3, а шагов оптимизатора — 1",
    ),
    "the losses of a batch are left apart": (
        "02-training-loop",
        "    return (log_sum_exp(z) - right).mean()",
        "    return log_sum_exp(z) - right",
        r"нужно одно число, а вышла форма \(5,\)",
    ),
    "the axis of the maximum is lost": (
        "02-training-loop",
        "    m = z.max(dim=-1, keepdim=True).values  # (B, 1)\n    return m.squeeze(-1) +",
        "    m = z.max(dim=-1).values  # (B, 1)\n    return m +",
        r"log_sum_exp прервался.*keepdim=True",
    ),
    "the greatest over examples, not over classes": (
        "02-training-loop",
        ".argmax(dim=1)",
        ".argmax(dim=0)",
        r"evaluate прервался.*argmax берут по классам",
    ),
    "the blank's own last line stays under the code": (
        "02-training-loop",
        SIGNAL,
        SIGNAL + "\n    raise NotImplementedError",
        r"signal_sizes.*уберите из неё raise NotImplementedError",
    ),
    "every layer is given the first input": (
        "02-training-loop",
        SIGNAL,
        SIGNAL.replace("x = activation(x @ w.T)", "out = activation(x @ w.T)").replace("rms(x)", "rms(out)"),
        r"Идёт ли выход слоя на вход следующего",
    ),
    "gradients are zeroed between backward and step": (
        "02-training-loop",
        STEP,
        "        loss.backward()\n        optimizer.zero_grad()\n        optimizer.step()",
        r"веса не изменились.*не стоит ли zero_grad\(\) между ними",
    ),
    "the best step is the bound": (
        "03-optimization",
        "    step = 2 / (low + high)",
        "    step = 2 / high",
        r"это граница 2/high.*не приближаясь",
    ),
    "the best step comes alone": (
        "03-optimization",
        "    return step, (high - low) / (high + low)",
        "    return step",
        r"вернулся float, а нужна пара",
    ),
    "the gradient takes the velocity's factor": (
        "03-optimization",
        'mu * memory.get("v", 0) + g',
        'memory.get("v", 0) + mu * g',
        r"−0,16 вместо −0,2: градиент умножен на μ",
    ),
    "Adam goes up": (
        "03-optimization",
        "        return -lr * mean / (square.sqrt() + eps)",
        "        return lr * mean / (square.sqrt() + eps)",
        r"первый шаг сделан по градиенту",
    ),
    "Adam's ε goes under the root": (
        "03-optimization",
        "(square.sqrt() + eps)",
        "(square + eps).sqrt()",
        r"ε стоит под корнем",
    ),
    "a range test adds up gradients": (
        "03-optimization",
        PROBE,
        PROBE.replace("        optimizer.zero_grad()\n", ""),
        r"градиенты прошлых батчей складываются.*zero_grad\(\)",
    ),
    "decay gets into Adam's gradient": (
        "03-optimization",
        "    return theta - lr * decay * theta + adam(lr)(g, memory)",
        "    return theta + adam(lr)(g + decay * theta, memory)",
        r"это L2: добавка λθ попала в градиент",
    ),
    "logits are averaged, not probabilities": (
        "03-optimization",
        VOTES,
        VOTES.replace(".softmax(1) for", " for").replace("total / count", "(total / count).softmax(1)"),
        r"это softmax средних логитов, а нужно среднее вероятностей",
    ),
    "a convolution is summed in less precision than the image has": (
        "04-cnn",
        "    answer = torch.zeros(height, width, dtype=image.dtype)",
        "    answer = torch.zeros(height, width)",
        r"картинка — torch\.float64, а ответ — torch\.float32: точность потеряна",
    ),
    "a kernel is of whole numbers": (
        "04-cnn",
        "edges_right = torch.tensor([[-1.0, 0.0, 1.0]]).repeat(3, 1)",
        "edges_right = torch.tensor([[-1, 0, 1]]).repeat(3, 1)",
        r"ядро из целых чисел",
    ),
    "a layer adds its kernel's size to the field": (
        "04-cnn",
        "r += (k - 1) * jump",
        "r += k * jump",
        r"сложены размеры ядер, а слой добавляет k − 1",
    ),
    "the field doesn't notice the stride": (
        "04-cnn",
        "        jump *= s\n    return r",
        "    return r",
        r"забыт шаг ядра",
    ),
    "borders on one side only": (
        "04-cnn",
        "    return (n + 2 * p - k) // s + 1",
        "    return (n + p - k) // s + 1",
        r"output_size\(7, 3, 1, 1\) = 6, а torch отвечает 7\. Поля — с обеих сторон",
    ),
    "biases aren't counted": (
        "04-cnn",
        "    return k * k * c_in * c_out + c_out",
        "    return k * k * c_in * c_out",
        r"забыты смещения, по одному на выходной канал",
    ),
    "the variance is divided by one less": (
        "04-cnn",
        "    var = x.var(dim=(0, 2, 3), correction=0, keepdim=True)",
        "    var = x.var(dim=(0, 2, 3), keepdim=True)",
        r"дисперсия поделена на m − 1 = 29, а нужно на m",
    ),
    "a bias before a normalisation": (
        "04-cnn",
        "padding=1, bias=not norm)",
        "padding=1)",
        r"смещение перед нормализацией бесполезно: она вычтет его вместе со средним",
    ),
    "ReLU before the addition": (
        "04-cnn",
        "        return torch.relu(x + y if self.shortcut else y)",
        "        return x + torch.relu(y) if self.shortcut else torch.relu(y)",
        r"после сложения нужна ещё ReLU",
    ),
    "a network ends in softmax": (
        "04-cnn",
        "        nn.Linear(32, 10),\n    )",
        "        nn.Linear(32, 10),\n        nn.Softmax(1),\n    )",
        r"последним стоит Softmax.*cross_entropy ждёт логиты",
    ),
}


@pytest.mark.parametrize(("topic", "right", "wrong", "words"), MISTAKES.values(), ids=MISTAKES)
def test_a_usual_mistake_is_named(topic: str, right: str, wrong: str, words: str) -> None:
    source = seminar(topic)
    assert source.count(right) == 1, "the solution reads otherwise now"
    with pytest.raises(AssertionError, match=words):
        work_through(source.replace(right, wrong))


@pytest.mark.parametrize("topic", TOPICS)
def test_every_blank_has_a_mistake_here_and_its_answer_passes(topic: str) -> None:
    source = seminar(topic)
    known = [right for name, right, _, _ in MISTAKES.values() if name == topic]
    for head, code in cells(source):
        if "solution" in head:
            assert any(right in code for right in known), f"no mistake is made in the blank\n{code}"
    work_through(source)
