"""The checks of the seminars know the usual mistakes: each is made here, and the check says what it is."""

import matplotlib as mpl
import matplotlib.pyplot as plt
import pytest
from tests.course_content.reports import HOMEWORK

ADDITION = "            self.grad += out.grad\n            other.grad += out.grad"
STEP = "        optimizer.zero_grad()\n        loss.backward()\n        optimizer.step()"
PROBE = "            break\n        optimizer.zero_grad()\n        loss.backward()\n        optimizer.step()\n    # END"
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
    "a network ends in softmax": (
        "04-cnn",
        "        nn.Linear(32, 10),\n    )",
        "        nn.Linear(32, 10),\n        nn.Softmax(1),\n    )",
        r"последним стоит Softmax.*cross_entropy ждёт логиты",
    ),
}


@pytest.mark.parametrize(("topic", "right", "wrong", "words"), MISTAKES.values(), ids=MISTAKES)
def test_a_usual_mistake_is_named(topic: str, right: str, wrong: str, words: str) -> None:
    mpl.use("agg")
    source = (HOMEWORK.parent / "topics" / topic / "seminar.py").read_text("utf-8")
    assert source.count(right) == 1, "the solution reads otherwise now"
    try:
        with pytest.raises(AssertionError, match=words):
            exec(compile(source.replace(right, wrong), topic, "exec"), {"__name__": "seminar"})
    finally:
        plt.close("all")
