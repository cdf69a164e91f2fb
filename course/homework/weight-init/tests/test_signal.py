"""init_model и сигнал через тридцать слоёв: 0,3 балла."""

import math

import probes
import pytest
import torch
from bounds import SIGMAS, check_filled, check_normal_or_uniform, check_std, check_unrelated
from expected import kaiming_std
from mistakes import kaiming_suspects

from kafedra.testing import check

WEIGHTS = {
    "ear.weight": (90, 40, 5),
    "film.weight": (30, 12, 2, 3, 3),
    "blocks.0.body.0.weight": (64, 24, 3, 3),
    "blocks.0.body.3.weight": (24, 64, 3, 3),
    "heads.deep.0.0.weight": (130, 60),
    "last.weight": (45, 130),
}
BIASES = {
    "ear.bias": (90,),
    "film.bias": (30,),
    "blocks.0.body.0.bias": (64,),
    "heads.deep.0.0.bias": (130,),
    "last.bias": (45,),
}
OTHERS = {
    "words.weight": (50, 40),
    "blocks.0.scale": (1, 24, 1, 1),
    "blocks.0.body.1.weight": (64,),
    "blocks.0.body.1.bias": (64,),
    "blocks.0.body.1.running_mean": (64,),
    "blocks.0.body.1.running_var": (64,),
    "blocks.0.body.4.weight": (24,),
    "blocks.0.body.4.bias": (24,),
    "heads.deep.0.1.weight": (130,),
    "heads.deep.0.1.bias": (130,),
    "pair.weight": (8, 6, 7),
    "pair.bias": (8,),
    "up.weight": (5, 9, 3, 3),
    "up.bias": (9,),
    "bag.weight": (20, 12),
    "memory.weight_ih_l0": (18, 4),
    "memory.bias_ih_l0": (18,),
    "slopes.weight": (3,),
}
FROZEN = ["ear.weight", "heads.deep.0.0.bias", "words.weight"]
NESTED = "init_model(model), слой {}"

DEPTH, WIDTH = 30, 256

# Пусть q — средний квадрат активаций слоя. При w ~ (0, 2/n) предактивации z ~ N(0, 2q), и в среднем по n нейронам
# E[relu(z)²] = q, E[relu(z)⁴] = 6q², Var = 5q². Значит, за слой q умножается на случайное число со средним 1 и
# дисперсией 5/n, а ln q за L слоёв уходит на −5L/(2n) с дисперсией 5L/n; у корня из q — вдвое меньше и вчетверо
# меньше. Это верно для одного входа; по разным входам случайность почти общая, и среднее её не уменьшает.
# При L = 30, n = 256: среднее −0,15, сигма 0,38, шесть сигм — 2,3, то есть в десять раз в каждую сторону. Градиент
# идёт через те же числа, но на выходе у разных входов он независим, и разброс у него меньше.
# На 600 розыгрышах: сигнал −0,11 ± 0,35, от −0,96 до 0,95; градиент −0,02 ± 0,17, от −0,50 до 0,44. При множителе 1
# вместо √2 вышло бы −10,4: до границы восемь с лишним, то есть больше двадцати сигм.
DRIFT = -5 * DEPTH / (4 * WIDTH)
SPREAD = SIGMAS * math.sqrt(5 * DEPTH / (4 * WIDTH))


def state(rng):
    """Веса, какими их нашёл init_model: ни на что не похожие."""
    shapes = WEIGHTS | BIASES | OTHERS
    return {name: 5 + torch.rand(shape, generator=rng) for name, shape in shapes.items()}


def initialised(answer, before, names):
    """Ответ пробы: по тензору на каждое имя."""
    whole = isinstance(answer, dict) and all(name in answer for name in names)
    check.that(whole, "init_model(model): у модели пропали слои или параметры")
    for name in names:
        check.tensor(answer[name], shape=before[name].shape, dtype=before[name].dtype, call=NESTED.format(name))
    return answer


def check_weights(after, before):
    """Каждая матрица и свёртка заполнена по Хе."""
    same = [name for name in WEIGHTS if torch.equal(after[name], before[name])]
    why = "обойдите model.modules(), а не children(): слой может лежать внутри другого слоя на любой глубине"
    if len(same) == len(WEIGHTS):
        why = "не изменилось ничего: заполнена копия модели или пустой state_dict"
    elif same in (["ear.weight"], ["film.weight"]):
        kind = {"ear.weight": "Conv1d", "film.weight": "Conv3d"}[same[0]]
        why = f"пропущена nn.{kind}: инициализируйте и Linear, и Conv1d, и Conv2d, и Conv3d"
    elif set(same) <= {name for name, shape in WEIGHTS.items() if len(shape) > 2}:
        why = "пропущены свёртки: инициализируйте и Linear, и Conv1d, и Conv2d, и Conv3d"
    check.that(not same, f"init_model(model): веса не изменились: {', '.join(same)}\nпохоже: {why}")
    for name, shape in WEIGHTS.items():
        call = NESTED.format(name)
        suspects = kaiming_suspects(shape, "normal") | kaiming_suspects(shape, "uniform")
        check_filled(after[name], before[name], call=call, inputs={})
        check_std(after[name], kaiming_std(shape), "normal", call=call, suspects=suspects, inputs={})
        check_normal_or_uniform(after[name], kaiming_std(shape), call=call)
        check_unrelated(after[name], call=call)


@pytest.mark.points("0.1")
def test_init_model_weights(submission, rng):
    """init_model: веса всех слоёв по Хе, смещения — нули

    Все Linear и Conv1d, Conv2d, Conv3d, на любой глубине; модель может и сама быть одним слоем; у слоя может не
    быть смещения (bias=False). Распределение весов — нормальное или равномерное.
    """
    before = state(rng)
    names = [*WEIGHTS, *BIASES]
    after = initialised(submission.call(probes.init_nested, before), before, names)
    check_weights(after, before)
    for name, shape in BIASES.items():
        call = f"{NESTED.format(name)}: смещение не ноль"
        why = "смещения не заполняйте случайными числами и не оставляйте прежними: nn.init.zeros_(layer.bias)"
        check.close(after[name], torch.zeros(shape), rtol=0, atol=0, call=call, why=why)
    weight, bias = 5 + torch.rand(150, 100, generator=rng), 5 + torch.rand(150, generator=rng)
    call = "init_model(nn.Linear(100, 150))"
    answer = submission.call(probes.init_one_layer, weight, bias)
    answer = check.parts(answer, 3, call=call)
    check.tensor(answer[0], shape=weight.shape, dtype=weight.dtype, call=call)
    check.tensor(answer[2], shape=weight.shape, dtype=weight.dtype, call=call)
    changed = not torch.equal(answer[0], weight)
    check.that(
        changed, f"{call}: веса не изменились\nпохоже: обойдены только дети модели; modules() начинается с неё самой"
    )
    suspects = kaiming_suspects(weight.shape, "normal")
    check_std(answer[0], kaiming_std(weight.shape), "normal", call=call, suspects=suspects, inputs={})
    check.close(answer[1], torch.zeros(150), rtol=0, atol=0, call=f"{call}: смещение не ноль")
    check.that(
        not torch.equal(answer[0], answer[2]),
        f"{call}: у двух моделей одни и те же начальные веса\n"
        "похоже: в init_model или в заполняющей функции стоит manual_seed; зерно задаёт тот, кто ставит опыт",
    )


@pytest.mark.points("0.05")
def test_init_model_leaves_the_rest(submission, rng):
    """init_model: остальное не тронуто

    Embedding, BatchNorm, LayerNorm, ConvTranspose, Bilinear, рекуррентные слои и собственные параметры модулей
    остаются какими были. Если обнулить у BatchNorm её γ, сеть перестанет пропускать сигнал совсем. Поэтому смотрят на
    вид слоя, а не на число осей параметра.
    """
    before = state(rng)
    after = initialised(submission.call(probes.init_nested, before), before, [*WEIGHTS, *OTHERS])
    check_weights(after, before)
    for name in OTHERS:
        why = "заполняют только Linear и Conv1d, 2d, 3d; решайте по isinstance(module, …), а не по числу осей или имени"
        call = f"init_model(model): изменён посторонний параметр {name}"
        check.equal(after[name], before[name], call=call, why=why)


@pytest.mark.points("0.05")
def test_init_model_keeps_parameters(submission, rng):
    """init_model: параметры остались теми же обучаемыми объектами

    Оптимизатор, созданный до init_model, держит ссылки на параметры. Если заменить параметр новым
    (layer.weight = nn.Parameter(...)), оптимизатор будет двигать старый, а сеть — стоять на месте. Ни requires_grad, ни
    режим init_model не меняет: обучаемое остаётся обучаемым, замороженное — замороженным, eval — eval.
    """
    before = state(rng)
    gradients = {name: torch.rand(shape, generator=rng) for name, shape in (WEIGHTS | BIASES).items()}
    call = "init_model(model) и шаг оптимизатора"
    answer = submission.call(probes.init_then_step, before, gradients)
    answer = check.parts(answer, 4, call=call)
    after = initialised(answer[0], before, gradients)
    check_weights(after, before)
    stepped = initialised(answer[1], before, gradients)
    for name, gradient in gradients.items():
        why = "параметр заменён новым объектом; пишите в старый: kaiming_normal_(layer.weight)"
        step = f"{call}: параметр {name} не сдвинулся на −lr·градиент"
        check.close(stepped[name], after[name] - gradient, rtol=1e-5, atol=1e-5, call=step, why=why)
    why = "верните requires_grad на место; под torch.no_grad() его и трогать не нужно"
    check.equal(answer[2], [], call="init_model(model): параметры, которые перестали быть обучаемыми", why=why)
    why = "init_model не вызывает ни eval(), ни train(): режим сети выбирает не она"
    check.equal(answer[3], True, call="init_model(model): включён ли режим обучения, как был", why=why)
    answer = check.parts(submission.call(probes.init_frozen, before, FROZEN), 3, call="init_model(model)")
    check_weights(initialised(answer[0], before, WEIGHTS), before)
    kept = "замороженное снова обучается: requires_grad нужно оставить каким был, под no_grad его не трогают"
    frozen = "init_model(model), часть параметров заморожена: какие заморожены после"
    check.equal(answer[1], FROZEN, call=frozen, why=kept)
    check.equal(answer[2], False, call="init_model(model.eval()): включён ли режим обучения", why=why)


def deep_weights(submission):
    """Матрицы глубокой сети после init_model; смещения — нули."""
    call = f"init_model(сеть из {DEPTH} слоёв {WIDTH}×{WIDTH})"
    weights, biases = check.parts(submission.call(probes.init_deep, DEPTH, WIDTH), 2, call=call)
    check.tensor(weights, shape=(DEPTH, WIDTH, WIDTH), dtype=torch.float32, call=f"{call}: веса")
    check.tensor(biases, shape=(DEPTH, WIDTH), dtype=torch.float32, call=f"{call}: смещения")
    check.that(bool(weights.isfinite().all() and biases.isfinite().all()), f"{call}: среди весов NaN или бесконечность")
    check.that(
        len(weights.flatten(1).unique(dim=0)) == DEPTH,
        f"{call}: у разных слоёв одни и те же начальные веса\nпохоже: manual_seed стоит внутри цикла по слоям",
    )
    untouched = bool(biases.any()) and abs(weights.std().item() * math.sqrt(3 * WIDTH) - 1) < 0.01  # U(±1/√n)
    check.that(
        not untouched,
        f"{call}: веса и смещения остались такими, какими их поставил torch\n"
        "похоже: обход не дошёл до слоёв внутри слоёв (children() вместо modules()) или заполнена копия",
    )
    return weights.double(), biases.double(), call


def travel(weights, biases, x, upstream):
    """Корень из среднего квадрата: активаций после каждого слоя и градиента перед каждым."""
    signals, masks = [x], []
    for weight, bias in zip(weights, biases, strict=True):
        z = signals[-1] @ weight.T + bias
        masks.append(z > 0)
        signals.append(z.clamp(min=0))
    gradients = [upstream]
    for weight, mask in zip(reversed(weights), reversed(masks), strict=True):
        gradients.append((gradients[-1] * mask) @ weight)
    return [[one.square().mean().sqrt().item() for one in chain] for chain in (signals, gradients)]


def check_survives(sizes, *, call, what, where):
    """Размер сигнала в конце отличается от начального не больше, чем на случайность."""
    low, high = math.exp(DRIFT - SPREAD), math.exp(DRIFT + SPREAD)
    story = ", ".join(f"{where} {depth}: {sizes[depth]:.1e}" for depth in (0, 10, 20, 30))
    ratio = sizes[-1] / sizes[0]
    if ratio < low:
        why = "гаснет: множитель меньше √2 или вместо fan_in взято больше"
    else:
        why = "растёт: дисперсия больше 2/fan_in; не число ли входов забыто?"
    whole = f"{call}: {what} не проходит {DEPTH} слоёв" if not low <= ratio <= high else call
    check.within(ratio, low, high, call=whole, what=f"во сколько раз изменился размер ({story})", why=why)


@pytest.mark.points("0.05")
def test_signal_forward(submission, rng):
    """Сигнал проходит тридцать слоёв

    Размер активаций (корень из среднего квадрата) после тридцати слоёв с ReLU — того же порядка, что на входе. Без
    двойки в числителе он упал бы в 2¹⁵ раз.
    """
    weights, biases, call = deep_weights(submission)
    x = torch.randn(64, WIDTH, generator=rng, dtype=torch.float64)
    signals, _ = travel(weights, biases, x, torch.ones_like(x))
    check_survives(signals, call=call, what="сигнал", where="слой")


@pytest.mark.hidden
@pytest.mark.points("0.05")
def test_signal_backward(submission, rng):
    """Градиент проходит тридцать слоёв назад

    Размер градиента на входе сети — того же порядка, что на её выходе. Если он гаснет, первые слои не учатся; если
    растёт, первый же шаг портит веса.
    """
    weights, biases, call = deep_weights(submission)
    x = torch.randn(64, WIDTH, generator=rng, dtype=torch.float64)
    upstream = torch.randn(64, WIDTH, generator=rng, dtype=torch.float64)
    _, gradients = travel(weights, biases, x, upstream)
    check_survives(gradients, call=call, what="градиент", where="слоёв назад")
