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


# ---------------------------------------------------------------- батчи, внимание


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
    """Вызвать функцию: `padding_mask`, `causal_mask`, `attention`."""
    return student[name](*args)


def shares(student, pairs, predictions):
    """`accuracy_by_length`: словарь любого вида становится dict, а числа numpy — числами Python."""
    answer = student.accuracy_by_length(pairs, predictions)
    if not isinstance(answer, dict):
        return answer
    return {key: float(value) if isinstance(value, float) else value for key, value in answer.items()}


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
    """Одна необученная модель на нескольких батчах (source, target_in): список ответов (logits, weights)."""
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


class _Inside:
    """Одна модель изнутри: что приходит в её MultiHeadAttention и в линейные слои, и что меняется от вмешательства."""

    def __init__(self, student, name, options):
        self.model, self.attention = student[name](**options).eval(), student.MultiHeadAttention
        lists = [m for m in self.model.modules() if isinstance(m, nn.ModuleList) and len(m) == options["layers"]]
        self.layers = {id(module): module for one in lists for module in one.modules()}.values()
        known = {id(p) for m in self.model.modules() if isinstance(m, self.attention) for p in m.parameters()}
        weights = {id(p): p for module in self.layers for p in module.parameters(recurse=False) if p.ndim > 1}
        self.matrices = list(weights.values())
        self.outer = [p for p in self.matrices if id(p) not in known]
        ours = {id(p) for p in self.outer}
        self.linear = [m for m in self.layers if isinstance(m, nn.Linear | nn.Conv1d) and id(m.weight) in ours]

    def run(self, source, target_in, noisy=None):
        """Запросы и ключи каждого внимания, по порядку вызовов; входы и ответы линейных слоёв вне внимания; логиты.

        К ответу внимания с номером `noisy` прибавлены числа порядка единицы.
        """
        asked, passed = [], []

        def before(layer, args, named):
            given = dict(zip(("query", "key", "value"), args, strict=False)) | named
            asked.append((given["query"].clone(), given["key"].clone()))

        def after(layer, args, answer):
            if noisy != len(asked) - 1:
                return None
            return (answer[0] + 1 + torch.arange(answer[0].shape[-1]).cos(), *answer[1:])

        def note(layer, args, answer):
            passed.append((args[0].clone(), answer.clone()))

        hooks = [layer.register_forward_hook(note) for layer in self.linear]
        for layer in self.model.modules():
            if isinstance(layer, self.attention):
                hooks += [layer.register_forward_pre_hook(before, with_kwargs=True), layer.register_forward_hook(after)]
        logits = self.model(source, target_in)[0]
        for hook in hooks:
            hook.remove()
        return asked, passed, logits


def _change(one, two):
    return (one - two).abs().max().item() if one.shape == two.shape else float("inf")


def layout(student, name, options, source, target_in):
    """Длины (запросов, ключей) каждого внимания по порядку вызовов; матриц в слоях вне внимания; сколько пар
    соседних линейных слоёв вне внимания, между которыми нет ничего."""
    with _float64(), torch.no_grad():
        inside = _Inside(student, name, options)
        asked, passed, _ = inside.run(source, target_in)
        bare = sum(torch.equal(passed[k][1], passed[k + 1][0]) for k in range(len(passed) - 1))
        return [(query.shape[1], key.shape[1]) for query, key in asked], len(inside.outer), bare


def echoes(student, name, options, source, target_in):
    """Ответ каждого внимания, по очереди, сдвинут: насколько от этого меняются запрос и ключ у всех, и логиты."""
    with _float64(), torch.no_grad():
        inside = _Inside(student, name, options)
        asked, _, logits = inside.run(source, target_in)
        table = []
        for number in range(len(asked)):
            heard, _, other = inside.run(source, target_in, noisy=number)
            row = [(_change(a, b), _change(c, d)) for (a, c), (b, d) in zip(asked, heard, strict=True)]
            table.append((row, _change(logits, other)))
        return table


def silenced(student, name, options, source, target_in, other_source, other_target):
    """Все матрицы в слоях — нули. Изменено слово источника: насколько меняются ключи последнего внимания; изменён
    токен ответа: насколько меняются его запросы."""
    with _float64(), torch.no_grad():
        inside = _Inside(student, name, options)
        for matrix in inside.matrices:
            matrix.zero_()
        query, key = inside.run(source, target_in)[0][-1]
        return (
            _change(key, inside.run(other_source, target_in)[0][-1][1]),
            _change(query, inside.run(source, other_target)[0][-1][0]),
        )


def magnified(student, name, options, source, target_in, factor):
    """Эмбеддинги умножены на factor: во сколько раз вырос разброс запросов каждого внимания и входов линейных слоёв."""
    with _float64(), torch.no_grad():
        inside = _Inside(student, name, options)
        asked, passed, _ = inside.run(source, target_in)
        for module in inside.model.modules():
            if isinstance(module, nn.Embedding):
                module.weight.mul_(factor)
        louder, further, _ = inside.run(source, target_in)
        queries = [(two.std() / one.std()).item() for (one, _), (two, _) in zip(asked, louder, strict=True)]
        return queries, [(two.std() / one.std()).item() for (one, _), (two, _) in zip(passed, further, strict=True)]


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
    model = TableModel(table, weights).eval()
    return student.align(model, source, target), model.training


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
    """`train` на таблице: она сама; номера пар, как они шли; проходов не в режиме train; шагов с остатками; история;
    цел ли список пар."""
    model, given = Bigrams(size).eval(), list(pairs)
    history = student.train(model, pairs, epochs)
    return model.table, model.order, model.outside, model.stale, history, given == pairs


def train_orders(student, size, pairs, seeds):
    """Порядок пар в одной эпохе `train` после каждого torch.manual_seed(seed)."""
    orders = []
    for seed in seeds:
        torch.manual_seed(seed)
        model = Bigrams(size)
        student.train(model, list(pairs), 1)
        orders.append(model.order)
    return orders


def learn(student, name, options, pairs, epochs, source, max_length):
    """Обучить модель, перевести source и показать, куда она смотрела: (ответы, веса внимания)."""
    model = student[name](**options)
    student.train(model, pairs, epochs)
    answers = student.decode(model, source, max_length)
    target_in = torch.cat([torch.full_like(answers[:, :1], BOS), answers[:, :-1]], dim=1)
    with torch.no_grad():
        return answers, model.eval()(source, target_in)[1]
