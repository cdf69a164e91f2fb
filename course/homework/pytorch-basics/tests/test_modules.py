"""Четыре модуля: 0,6 балла."""

import networks
import probes
import pytest
import torch

from kafedra.testing import check

LAST = {
    "softmax": "в конце стоит softmax, а нужны логиты: softmax сделает сама cross_entropy",
    "log_softmax": "в конце стоит log_softmax, а нужны логиты: его возьмёт сама cross_entropy",
    "relu at the end": "после последнего линейного слоя стоит ReLU: логиты бывают и отрицательными",
}
MEAN = {
    "max": "карты сведены к одному числу максимумом, а нужно средним",
    "sum": "карты сведены к одному числу суммой, а нужно средним по H и W",
}
HALVE = {
    "no pooling": "забыт MaxPool2d(2)",
    "average pooling": "картинка уменьшена средним, а нужно максимумом: MaxPool2d(2)",
}
BLOCK = {
    "no skip": "нет обходного пути: вход x не прибавлен",
    "no branch": "ветвь F(x) не участвует в ответе: вышло relu(x)",
    "doubled": "прибавлен не вход x, а сама ветвь: к этому месту x уже перезаписан",
    "relu before the sum": "последняя ReLU стоит до сложения, а нужна после: relu(x + F(x))",
    "no relu after": "после сложения забыта ReLU: relu(x + F(x))",
    "no relu inside": "между двумя свёртками забыта ReLU",
    "no norm": "BatchNorm2d созданы, но не применены",
}
KINDS = {
    "CustomMLP": (networks.mlp, networks.mlp_layers, {"no relu": "между слоями забыта ReLU"} | LAST),
    "CustomCNN": (
        networks.cnn,
        networks.cnn_layers,
        {"no padding": "свёртка без padding=1: карта уменьшилась", "no relu": "после свёртки забыта ReLU"}
        | HALVE
        | MEAN
        | LAST,
    ),
    "ResBlock": (networks.block, networks.block_layers, BLOCK),
    "CustomResNet": (
        networks.resnet,
        networks.resnet_layers,
        BLOCK
        | {
            "no relu in the stem": "после первой нормализации забыта ReLU",
            "one block": "применён только один блок из нескольких",
        }
        | HALVE
        | MEAN
        | LAST,
    ),
}


def described(layer):
    kind, tensors = layer
    return kind, tuple(tensors["weight"].shape), "bias" in tensors


def written(found):
    return ", ".join(f"{kind} {tuple(shape)}" + ("" if bias else " без смещения") for kind, shape, bias in found)


def readable(found):
    """Похоже ли это на список слоёв из пробы."""
    return isinstance(found, list) and all(
        isinstance(one, tuple) and len(one) == 3 and isinstance(one[0], str) and isinstance(one[1], tuple)
        for one in found
    )


def why_fewer(name, found, wanted):
    """Почему слоёв меньше, чем нужно: не видно ни одного из тех, что создаёт цикл, или видно, да не все."""
    made_by_loop = {"CustomResNet": wanted[2:-1], "ResBlock": wanted}.get(name, wanted[:-1])
    if any(one in made_by_loop for one in found):
        return "слоёв создано меньше, чем нужно, или один и тот же взят несколько раз: [слой] * n — это один слой"
    return (
        "слои лежат в обычном списке list, и сеть их не видит: оптимизатор не будет их учить. "
        "Положите их в nn.ModuleList или nn.Sequential — или они не созданы"
    )


def flattened(found, wanted):
    """Стоит ли Linear не после среднего, а после всей карты: входов в несколько раз больше, чем каналов."""
    widths = {one[1][1] for one in wanted if one[0] == "Linear"}
    more = [one for one in found if one[0] == "Linear" and list(map(type, one[1])) == [int, int] and one not in wanted]
    convolutional = any(one[0] == "Conv2d" for one in wanted)
    return convolutional and any(one[1][1] > width and one[1][1] % width == 0 for one in more for width in widths)


def check_structure(submission, name, args, layers, call):
    """В сети ровно те слои, что в условии, и все зарегистрированы."""
    found, count, whole = check.parts(submission.call(probes.structure, name, args), 3, call=call)
    check.that(readable(found), f"{call}: проба вернула не список слоёв, а что-то другое")
    wanted = [described(layer) for layer in layers]
    story = f"\nв сети: {written(found) or 'ничего'}\nнужно: {written(wanted)}\nпохоже: "
    if len(found) < len(wanted):
        why = why_fewer(name, found, wanted)
    elif flattened(found, wanted):
        why = "карта вытянута (Flatten), и Linear ждёт её размера; нужно среднее по H и W: по числу на канал"
    elif any(one[:2] in [two[:2] for two in wanted] and one not in wanted for one in found):
        why = "смещение: перед BatchNorm2d свёртка без него, bias=False, в остальных слоях оно есть"
    else:
        why = "слои не той ширины или вида, или есть лишние: размеры приходят в __init__"
    right = sorted(map(str, found)) == sorted(map(str, wanted))
    check.that(right, f"{call}: зарегистрированы не те слои{story}{why}")
    why = "у сети есть лишние параметры"
    check.equal(count, networks.parameter_count(layers), call=f"{call}: всего чисел в параметрах", why=why)
    why = "список, который передали в __init__, изменён на месте (insert, append, +=): он ещё нужен тому, кто его дал"
    check.equal(whole, True, call=f"{call}: аргументы после создания сети целы", why=why)


def expected_gradients(function, x, layers, upstream, training):
    """Градиенты по входу и по весам."""
    x = x.detach().clone().requires_grad_()
    copies = [(kind, {name: value.clone() for name, value in tensors.items()}) for kind, tensors in layers]
    weights = networks.leaves(copies)
    for weight in weights:
        weight.requires_grad_()
    return torch.autograd.grad((function(x, copies, training) * upstream).sum(), [x, *weights])


BOUNDED = "большие логиты обрезаны: после последнего линейного слоя нет ничего, ни clamp, ни tanh"
SCALE = 1000


def check_network(submission, name, args, x, rng, training=False, layers=None, otherwise=""):
    """Слои, ответ и градиенты сети с данными весами."""
    function, make_layers, flaws = KINDS[name]
    layers = layers or make_layers(*args, rng)
    call = f"{name}({', '.join(map(str, args))})"
    check_structure(submission, name, args, layers, call)
    where = f"{call}(x), x {tuple(x.shape)}" + (", обучение" if training else ", eval" if "Res" in name else "")
    otherwise = otherwise or "слои применены не по схеме из условия, или не все"
    if training and "Res" not in name:
        otherwise = "в режиме обучения ответ другой, а в этой сети нет ни Dropout, ни BatchNorm"
    expected = function(x, layers, training)
    upstream = 0.5 + torch.rand(expected.shape, generator=rng, dtype=torch.float64)
    answer = submission.call(probes.network, name, args, layers, x.clone(), upstream, training)
    check.that(answer is not None, f"{where}: в слои не удалось записать веса\nпохоже: слои созданы необычным образом")
    y, touched, gradients = check.parts(answer, 3, call=where)
    suspects = {why: function(x, layers, training, flaw) for flaw, why in flaws.items()}
    suspects = {why: wrong for why, wrong in suspects.items() if not torch.equal(wrong, expected)}
    check.close(y, expected, call=where, inputs={"x": x}, suspects=suspects, otherwise=otherwise)
    why = "вход изменён на месте (+=, inplace=True); он ещё нужен: и обходному пути, и тем, кто вызвал сеть"
    check.equal(touched, 0, call=f"{where}: сколько раз изменён вход", why=why)
    message = f"{where}: градиент не доходит до входа\nпохоже: .detach(), .data, numpy или torch.no_grad() в forward"
    check.that(gradients is not None, message)
    wanted = expected_gradients(function, x, layers, upstream, training)
    for got, right in zip(check.parts(gradients, len(wanted), call=where), wanted, strict=True):
        why = "часть пути оторвана от графа: .detach(), .data или torch.no_grad() в forward"
        check.that(got is not None, f"{where}: до входа или до части весов градиент не доходит\nпохоже: {why}")
        # у смещения перед BatchNorm градиента нет, а здесь таких нет: всё, что меньше 1e-9, — округление
        check.close(got, right, rtol=1e-7, atol=1e-9, call=f"{where}: градиент", why=why)


def images(shape, rng):
    return torch.randn(shape, generator=rng, dtype=torch.float64)


@pytest.mark.points("0.1")
def test_mlp(submission, rng):
    """CustomMLP: линейные слои и ReLU между ними

    CustomMLP(inputs, hidden, classes): (B, 1, H, W) → Flatten → [Linear → ReLU] для каждой ширины из hidden → Linear →
    (B, classes). Ответ — логиты.
    """
    x = images((3, 1, 4, 5), rng)
    check_network(submission, "CustomMLP", (20, [9, 7], 5), x, rng)
    check_network(submission, "CustomMLP", (20, [9, 7], 5), x, rng, training=True)
    check_network(submission, "CustomMLP", (20, [9, 7], 5), SCALE * x, rng, otherwise=BOUNDED)


@pytest.mark.hidden
@pytest.mark.points("0.05")
def test_mlp_any_depth(submission, rng):
    """CustomMLP: любое число скрытых слоёв, и ноль тоже

    При hidden=[] остаётся один линейный слой. Вход бывает и с двумя каналами: (B, 2, H, W).
    """
    check_network(submission, "CustomMLP", (6, [11, 5, 8, 3], 2), images((4, 1, 2, 3), rng), rng)
    check_network(submission, "CustomMLP", (12, [8], 3), images((1, 2, 3, 2), rng), rng)
    check_network(submission, "CustomMLP", (12, [], 4), images((2, 1, 3, 4), rng), rng)


@pytest.mark.points("0.1")
def test_cnn(submission, rng):
    """CustomCNN: свёртки, уменьшение вдвое, среднее по карте

    CustomCNN(channels, classes): (B, 1, H, W) → [Conv2d 3×3 → ReLU → MaxPool2d(2)] для каждого числа каналов → среднее
    по H и W → Linear → (B, classes).
    """
    x = images((3, 1, 12, 10), rng)
    check_network(submission, "CustomCNN", ([4, 6], 5), x, rng)
    check_network(submission, "CustomCNN", ([4, 6], 5), x, rng, training=True)
    check_network(submission, "CustomCNN", ([4, 6], 5), SCALE * x, rng, otherwise=BOUNDED)


@pytest.mark.hidden
@pytest.mark.points("0.05")
def test_cnn_any_size(submission, rng):
    """CustomCNN: картинки любого размера, любое число свёрток

    Размер картинки в __init__ не приходит: среднее по карте даёт столько же чисел при любых H и W, чётных и нечётных.
    """
    check_network(submission, "CustomCNN", ([5], 4), images((2, 1, 7, 5), rng), rng)
    check_network(submission, "CustomCNN", ([3, 4, 6], 2), images((1, 1, 25, 28), rng), rng)


@pytest.mark.points("0.12")
def test_resblock(submission, rng):
    """ResBlock: relu(x + F(x))

    f — это Conv2d(c → hidden) → BatchNorm2d → ReLU → Conv2d(hidden → c) → BatchNorm2d; свёртки 3×3 без смещения, размер
    карты не меняется. В режиме обучения BatchNorm2d берёт статистики батча, в eval — накопленные.
    """
    x = images((3, 4, 5, 6), rng)
    check_network(submission, "ResBlock", (4, 7), x, rng, training=False)
    check_network(submission, "ResBlock", (4, 7), x, rng, training=True)


@pytest.mark.hidden
@pytest.mark.points("0.04")
def test_resblock_identity(submission, rng):
    """ResBlock: если ветвь молчит, блок ничего не портит

    Если у последней BatchNorm2d γ = 0 и β = 0, то F(x) = 0 и ответ — relu(x). Поэтому глубокая сеть из таких блоков не
    хуже мелкой.
    """
    layers = networks.block_layers(3, 5, rng)
    for name in ("weight", "bias"):
        layers[-1][1][name] = torch.zeros(3, dtype=torch.float64)
    check_network(submission, "ResBlock", (3, 5), images((2, 3, 4, 4), rng), rng, layers=layers)
    check_network(submission, "ResBlock", (6, 2), images((1, 6, 1, 3), rng), rng)


@pytest.mark.points("0.1")
def test_resnet(submission, rng):
    """CustomResNet: начало, блоки, среднее, ответ

    CustomResNet(c, hidden, blocks, classes): Conv2d(1 → c, 3×3, без смещения) → BatchNorm2d → ReLU → MaxPool2d(2) →
    blocks раз ResBlock(c, hidden) → среднее по H и W → Linear → (B, classes).
    """
    x = images((3, 1, 8, 6), rng)
    check_network(submission, "CustomResNet", (4, 6, 2, 5), x, rng, training=False)
    check_network(submission, "CustomResNet", (4, 6, 2, 5), x, rng, training=True)
    check_network(submission, "CustomResNet", (4, 6, 2, 5), SCALE * x, rng, otherwise=BOUNDED)


@pytest.mark.hidden
@pytest.mark.points("0.04")
def test_resnet_any_depth(submission, rng):
    """CustomResNet: любое число блоков, и ноль тоже; картинки любого размера

    У каждого блока свои веса: один блок, применённый несколько раз, — это другая сеть.
    """
    check_network(submission, "CustomResNet", (5, 3, 0, 4), images((2, 1, 6, 6), rng), rng)
    check_network(submission, "CustomResNet", (3, 4, 4, 2), images((2, 1, 9, 7), rng), rng, training=True)
