"""Как проверка вызывает ваш код, и откуда берутся данные: суммы прописью и даты.

Проверка придумывает числа и даты сама и в каждом запуске заново перемешивает номера слов, букв и цифр: заранее
написанный разбор числительных ей не подойдёт. Ответы она сравнивает у себя, сюда они не попадают.
Модели создаются, когда тип по умолчанию — float64: так видны ошибки меньше 1e-10. Опыты идут во float32.
"""

import contextlib

import torch
from torch import nn

PAD, BOS, EOS = 0, 1, 2

# ---------------------------------------------------------------- данные

SMALL = (
    "ноль один два три четыре пять шесть семь восемь девять десять одиннадцать двенадцать тринадцать четырнадцать "
    "пятнадцать шестнадцать семнадцать восемнадцать девятнадцать"
).split()
TENS = "двадцать тридцать сорок пятьдесят шестьдесят семьдесят восемьдесят девяносто".split()
HUNDREDS = "сто двести триста четыреста пятьсот шестьсот семьсот восемьсот девятьсот".split()
MONTHS = "январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь".split()
MONTHS_OF = "января февраля марта апреля мая июня июля августа сентября октября ноября декабря".split()
FORMS = 5


def plural(n, one, few, many):
    """Форма слова после числа: 1 рубль, 2 рубля, 5 рублей; 11 рублей, но 21 рубль."""
    if n % 100 in range(11, 15):
        return many
    return one if n % 10 == 1 else few if n % 10 in (2, 3, 4) else many


def _below_thousand(n, feminine):
    words = [HUNDREDS[n // 100 - 1]] if n >= 100 else []
    rest = n % 100
    if rest >= 20:
        words.append(TENS[rest // 10 - 2])
        rest %= 10
    if rest:
        words.append({1: "одна", 2: "две"}.get(rest, SMALL[rest]) if feminine else SMALL[rest])
    return words


def amount_in_words(n):
    """230 → «двести тридцать рублей»; n от 0 до 999 999."""
    thousands, rest = divmod(n, 1000)
    words = _below_thousand(thousands, feminine=True)
    if thousands:
        words.append(plural(thousands, "тысяча", "тысячи", "тысяч"))
    words += _below_thousand(rest, feminine=False)
    return " ".join([*(words or ["ноль"]), plural(n, "рубль", "рубля", "рублей")])


def written_date(day, form):
    """Дата (datetime.date) одним из FORMS способов."""
    d, m, y = day.day, day.month, day.year
    month = MONTHS_OF[m - 1]
    return (
        f"{d} {month} {y} г.",
        f"{d:02}.{m:02}.{y}",
        f"{y} г., {d} {month}",
        f"{MONTHS[m - 1]} {y}, {d}-е",
        f"{month[:3]} {d}, {y}",
    )[form]


# ---------------------------------------------------------------- пачки, внимание


def collate(student, pairs):
    """`collate(pairs)` и сами пары после вызова."""
    return student.collate(pairs), pairs


def loss(student, logits, target_out):
    """`sequence_loss(logits, target_out)` и градиент по логитам."""
    logits.requires_grad_()
    value = student.sequence_loss(logits, target_out)
    if not isinstance(value, torch.Tensor) or not value.requires_grad:
        return value, None
    value.backward()
    return value, logits.grad


def call(student, name, *args):
    """Вызвать функцию: `padding_mask`, `causal_mask`, `attention`, `accuracy_by_length`."""
    return student[name](*args)


def attention_gradient(student, q, k, v, mask, upstream):
    """Градиенты `(output * upstream).sum()` по q, k, v; None, если до входа градиент не доходит."""
    inputs = [x.requires_grad_() for x in (q, k, v)]
    output, _ = student.attention(q, k, v, mask)
    if not isinstance(output, torch.Tensor) or not output.requires_grad:
        return [None, None, None]
    return list(torch.autograd.grad((output * upstream).sum(), inputs, allow_unused=True))


def attention_side_effects(student, q, k, v, mask):
    """Ответ и входы после вызова."""
    return student.attention(q, k, v, mask), (q, k, v, mask)


# ---------------------------------------------------------------- модели


@contextlib.contextmanager
def _float64():
    torch.set_default_dtype(torch.float64)
    try:
        yield
    finally:
        torch.set_default_dtype(torch.float32)


def heads(student, dim, count, weights, query, key, value, mask=None):
    """MultiHeadAttention с данными весами, {"query": (вес, смещение), …}; или имя слоя, у которого нет смещения."""
    with _float64():
        layer = student.MultiHeadAttention(dim, count).eval()
        with torch.no_grad():
            for name, (weight, bias) in weights.items():
                if getattr(layer, name).bias is None:
                    return name
                getattr(layer, name).weight.copy_(weight)
                getattr(layer, name).bias.copy_(bias)
        return layer(query, key, value, mask)


def heads_built(student, dim, count):
    """Удалось ли создать слой, и сколько в нём чисел."""
    return sum(parameter.numel() for parameter in student.MultiHeadAttention(dim, count).parameters())


def outputs(student, name, options, batches):
    """Одна необученная модель на нескольких пачках (source, target_in): список ответов (logits, weights)."""
    with _float64(), torch.no_grad():
        model = student[name](**options).eval()
        return [model(source, target_in) for source, target_in in batches]


def gradients(student, name, options, source, target_in, upstream):
    """Имена параметров модели, до которых градиент не дошёл; формы тех, что учатся мимо parameters(); число всех."""
    with _float64():
        model = student[name](**options).train()
        logits, _ = model(source, target_in)
        total = (logits * upstream).sum()
        known = {id(parameter) for parameter in model.parameters()}
        unseen = [tuple(leaf.shape) for leaf in _leaves(total.grad_fn) if id(leaf) not in known]
        total.backward()
        missed = [name for name, parameter in model.named_parameters() if parameter.grad is None]
        return missed, unseen, sum(parameter.numel() for parameter in model.parameters())


def _leaves(node):
    """Тензоры, из которых посчитан ответ и которые хотят градиента."""
    seen, waiting = set(), [node]
    while waiting:
        node = waiting.pop()
        if node is None or node in seen:
            continue
        seen.add(node)
        if hasattr(node, "variable"):
            yield node.variable
        waiting += [previous for previous, _ in node.next_functions]


def crossings(student, name, options, source, target_in):
    """Веса, которые вернула модель, и веса каждой вашей MultiHeadAttention внутри неё, по порядку вызовов."""
    heard = []

    def listen(layer, _, answer):
        if type(layer) is student.MultiHeadAttention and isinstance(answer, tuple) and len(answer) == 2:
            heard.append(answer[1])

    with _float64(), torch.no_grad():
        model = student[name](**options).eval()
        hook = nn.modules.module.register_module_forward_hook(listen)
        try:
            return model(source, target_in)[1], heard
        finally:
            hook.remove()


class TableModel(nn.Module):
    """Понарошку модель: логиты и веса внимания взяты из таблиц и зависят от источника, шага и прошлого токена.

    Таблица (источников, шагов, токенов, токенов) и веса (шагов, токенов, S). В режиме обучения модель отвечает про
    другой источник.
    """

    def __init__(self, table, weights):
        super().__init__()
        self.table, self.attended = table, weights

    def forward(self, source, target_in):
        rows, steps = (source[:, :1] + self.training) % len(self.table), torch.arange(target_in.shape[1])
        return self.table[rows, steps, target_in], self.attended[steps, target_in][..., : source.shape[1]]


def decode(student, table, weights, source, max_length):
    """`decode` с моделью-таблицей, которую только что «учили»."""
    return student.decode(TableModel(table, weights).train(), source, max_length)


def align(student, table, weights, source, target):
    """`align` с моделью-таблицей."""
    return student.align(TableModel(table, weights).eval(), source, target)


class Bigrams(nn.Module):
    """Следующий токен зависит только от прошлого: таблица (V, V), вначале нули. Помнит, как её учили.

    Источник пары — её номер: по нему видно, какие пары и в каком порядке прошли через модель.
    """

    def __init__(self, size):
        super().__init__()
        self.table = nn.Parameter(torch.zeros(size, size))
        self.order, self.outside, self.stale = [], 0, 0
        self.table.register_hook(self._watch)

    def _watch(self, gradient):
        self.stale += self.table.grad is not None and bool(self.table.grad.any())
        return gradient

    def forward(self, source, target_in):
        if torch.is_grad_enabled():
            self.order += source[:, 0].tolist()
            self.outside += not self.training
        weights = torch.ones(*target_in.shape, source.shape[1]) / source.shape[1]
        return self.table[target_in], weights


def train_bigrams(student, size, pairs, epochs):
    """`train` на таблице: она сама; номера пар, как они шли; проходов не в режиме train; шагов с остатками; история."""
    model = Bigrams(size).eval()
    history = student.train(model, pairs, epochs)
    return model.table, model.order, model.outside, model.stale, history


def learn(student, name, options, pairs, epochs, source, max_length):
    """Обучить модель, перевести source и показать, куда она смотрела: (ответы, веса внимания)."""
    model = student[name](**options)
    student.train(model, pairs, epochs)
    answers = student.decode(model, source, max_length)
    target_in = torch.cat([torch.full_like(answers[:, :1], BOS), answers[:, :-1]], dim=1)
    with torch.no_grad():
        return answers, model.eval()(source, target_in)[1]
