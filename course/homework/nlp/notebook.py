# %% [markdown]
# # Обработка естественного языка
#
# Домашка 5, задание `nlp`, 4 балла. Нужны: `nn.Module`, кросс-энтропия, цикл обучения, рекуррентные сети. Если что-то
# забылось, прочитайте темы 7 «Word2Vec, RNN», 8 «Seq2seq. Внимание» и 9 «Transformer».
#
# **Зачем это.** Научим сеть двум вещам, которые умеет любой кассир: прочесть «двести тридцать рублей» и написать 230;
# прочесть «сентябрь 2023, 14-е» и написать 2023-09-14. Для обеих можно составить правила. Но правила придётся писать
# заново для каждого языка, а сеть выучит их по примерам, любые. В проверке мы этим воспользуемся: слова, буквы и цифры
# там зашифрованы, и в каждом запуске по-новому.
#
# По дороге вы своими руками соберёте всё, из чего сделаны большие языковые модели: батч с падами, маски, внимание, его
# головы, декодер, который не видит будущего, и Transformer. Модели маленькие, каждая учится за секунды на процессоре, а
# устройство у них то же.
#
# | что проверяется | баллы |
# |---|---|
# | батч и потери | 0,5 |
# | маски и внимание | 0,75 |
# | несколько голов | 0,5 |
# | рекуррентная сеть с вниманием, перевод, обучение; даты | 1 |
# | Transformer; суммы прописью | 1 |
# | разбор: карта внимания, точность по длинам | 0,25 |
#
# Задачи идут по порядку, но баллы ставятся за каждую отдельно. Ответы на вопросы в конце читает преподаватель.

# %% [markdown]
# ## Правила
#
# * Готовое внимание и готовые трансформеры брать нельзя: `F.scaled_dot_product_attention`, `nn.MultiheadAttention`,
#   `nn.Transformer` и его слои. Весь список — в `assignment.toml`. То, из чего они состоят, можно: `nn.Linear`,
#   `nn.Embedding`, `nn.LayerNorm`, `nn.GRU`, `nn.LSTM`, `softmax`, `F.cross_entropy`, `pad_sequence`,
#   `pack_padded_sequence`, `torch.optim`. <!-- forbidden -->
# * `PAD, BOS, EOS = 0, 1, 2`: пустое место, начало и конец ответа. Номера слов и цифр начинаются с трёх. <!--
#   test_collate, test_decode -->
# * Маска — это `bool`, и True значит «смотреть можно». Так у `F.scaled_dot_product_attention`; у
#   `nn.MultiheadAttention` наоборот. Половина ошибок с масками отсюда. <!-- test_padding_mask, test_causal_mask -->
# * Маленькие модели проверяются без обучения и точно: во `float64`, до десятого знака. Проверка переключает тип по
#   умолчанию, поэтому не пишите `dtype=torch.float32` внутри моделей. <!-- test_heads_self, test_recurrent_prefix,
#   test_transformer_prefix -->
# * Обученные модели проверяются на новых данных: три запуска, считается средняя доля источников, переведённых
#   *целиком*; если двух хватило, чтобы решить, третьего нет. Проверка вызывает ваши `train(model, pairs, epochs)` и
#   `decode(model, source, max_length)`. Ответов на свои вопросы она вашей программе не сообщает. <!-- note -->
# * Ответ модели не должен зависеть ни от падов, ни от соседей по батчу. <!-- test_recurrent_padding,
#   test_transformer_padding -->
#
# Если берёте идею или код из открытого источника, оставьте ссылку в комментарии. <!-- review -->

# %%
import datetime as dt
import math
import random
import time

import matplotlib.pyplot as plt
import torch
from matplotlib.ticker import ScalarFormatter
from probes import BOS, EOS, FORMS, PAD, amount_in_words, written_date
from torch import nn
from torch.nn import functional as F
from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence, pad_sequence

torch.set_num_threads(1)  # модели маленькие: одному потоку быстрее
ScalarFormatter.fix_minus = staticmethod(lambda text: text.replace("-", "−").replace(".", ","))  # на осях: −0,5

# %% [markdown]
# ## Данные
#
# Две функции из `probes.py` пишут числа и даты по-русски, с верными падежами. `Vocabulary` раздаёт символам номера.
# Выполните ячейку и посмотрите на пары; читать код необязательно.


# %% tags=["folded"]
class Vocabulary:
    """Номера символов, с трёх: 0, 1 и 2 заняты под PAD, BOS и EOS."""

    def __init__(self, rows):
        self.symbols = sorted({symbol for row in rows for symbol in row})
        self.numbers = {symbol: number for number, symbol in enumerate(self.symbols, start=3)}

    def __len__(self):
        return 3 + len(self.symbols)

    def encode(self, row):
        return [self.numbers[symbol] for symbol in row]

    def decode(self, numbers):
        return [self.symbols[number - 3] for number in numbers if number > EOS]


class Task:
    """Пары для обучения и для проверки, и словари к ним. glue — чем соединять символы источника."""

    def __init__(self, written, train, glue):
        self.glue = glue
        self.source, self.target = Vocabulary(s for s, _ in written), Vocabulary(t for _, t in written)
        pairs = [(self.source.encode(source), self.target.encode(target)) for source, target in written]
        self.pairs, self.unseen = pairs[:train], pairs[train:]

    @property
    def sizes(self):
        return len(self.source), len(self.target)

    def show(self, source, target):
        return f"{self.glue.join(self.source.decode(source)):45} → {''.join(self.target.decode(target))}"


def make_amounts(train=2000, unseen=300, seed=0):
    """Суммы прописью, по словам; четверть меньше 10 000."""
    luck = random.Random(seed)
    total = train + unseen
    numbers = luck.sample(range(10_000), total // 4) + luck.sample(range(10_000, 1_000_000), total - total // 4)
    luck.shuffle(numbers)
    return Task([(amount_in_words(n).split(), str(n)) for n in numbers], train, " ")


def make_dates(train=1500, unseen=300, seed=0):
    """Даты с 1950 до 2049 года, по буквам, пятью способами."""
    luck = random.Random(seed)
    days = [dt.date(1950, 1, 1) + dt.timedelta(n) for n in luck.sample(range(36_525), train + unseen)]
    return Task([(list(written_date(day, luck.randrange(FORMS))), day.isoformat()) for day in days], train, "")


# %%
amounts, dates = make_amounts(), make_dates()
for task in (amounts, dates):
    print(f"источник: {task.sizes[0]} номеров, ответ: {task.sizes[1]}")
    for pair in task.pairs[:5]:
        print("   ", task.show(*pair))
print("номерами:", amounts.pairs[0])


# %% [markdown]
# Ещё один инструмент — чтобы проверять себя.


# %% tags=["folded"]
def ask(title, question):
    """Задать вопрос вашему коду и напечатать ответ; question возвращает жалобу или None."""
    try:
        problem = question()
    except NotImplementedError:
        print(f"… {title}: здесь пока пусто, ждёт вашего кода")
        return
    except Exception as error:
        problem = f"{type(error).__name__}: {error}"
    print(f"✗ {title}: {problem}" if problem else f"✓ {title}")


def differs(name, given, expected):
    """Чем тензор отличается от ожидаемого; None, если ничем."""
    if not isinstance(given, torch.Tensor):
        return f"{name}: должен быть тензор, а вернулось {type(given).__name__}. Есть ли return?"
    if given.shape != expected.shape or given.dtype != expected.dtype:
        return f"{name}: {tuple(given.shape)}, {given.dtype} вместо {tuple(expected.shape)}, {expected.dtype}"
    if given.is_floating_point() and given.isnan().any():
        return f"{name}: NaN"
    if not torch.allclose(given.double(), expected.double(), rtol=1e-8, atol=1e-10):
        return f"{name}: значения не те, наибольшая ошибка {(given.double() - expected.double()).abs().max():.2g}"
    return None


# %% [markdown]
# ## 1. Батч
#
# Сеть учится на батчах, а строки в них разной длины. Короткие дополняют справа номером `PAD`, чтобы получилась
# прямоугольная таблица. Пады — не слова: дальше мы везде будем следить, чтобы они ни на что не влияли.
#
# Ответ пишется слева направо, токен за токеном. Вероятность ответа $y_1 \ldots y_n$ раскладывается по правилу
# умножения:
#
# $$p(y \mid x) = \prod_{t=1}^{n+1} p(y_t \mid y_1, \ldots, y_{t-1}, x), \qquad y_{n+1} = \texttt{EOS}.$$
#
# Значит, модель должна уметь одно: по началу ответа угадать следующий токен. Поэтому ответ идёт в батч дважды:
#
# * `target_in` — то, что модель видит: `BOS` и ответ;
# * `target_out` — то, что она угадывает: ответ и `EOS`.
#
# На месте $t$ на входе стоит прошлый токен, на выходе — следующий. Без сдвига модель видела бы ответ и научилась бы
# его переписывать; без `EOS` не знала бы, когда остановиться. Подавать при обучении настоящее начало ответа, а не
# написанное самой моделью, называется *teacher forcing* ([Williams, Zipser,
# 1989](https://doi.org/10.1162/neco.1989.1.2.270)): все места батча учатся сразу.
#
# ![Три таблицы: источник дополнен нулями; во второй ответы начинаются с BOS; в третьей те же ответы сдвинуты на место
# влево и кончаются EOS](pictures/batch.png)
#
# **Задача.** `collate(pairs)`: список из $B$ пар (источник, ответ), обе части — списки номеров →
#
# * `source` $(B, S)$; `target_in` и `target_out` $(B, T)$, где $T$ — длина самого длинного ответа плюс один; <!--
#   test_collate -->
# * тип `int64`, дополнено справа, порядок пар прежний; сами списки не меняются. Ответ бывает и пустым. <!--
#   test_collate, test_collate_edges -->
#
# Например, `[([5, 6], [7]), ([8], [9, 4])]` → `[[5, 6], [8, 0]]`, `[[1, 7, 0], [1, 9, 4]]`, `[[7, 2, 0], [9, 4, 2]]`.
# <!-- note -->


# %% tags=["solution"]
def collate(pairs: list[tuple[list[int], list[int]]]) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """Пары → source (B, S), target_in (B, T), target_out (B, T); дополнено PAD справа."""
    # BEGIN SOLUTION
    columns = [source for source, _ in pairs], [[BOS, *y] for _, y in pairs], [[*y, EOS] for _, y in pairs]
    tables = (pad_sequence([torch.tensor(row) for row in rows], batch_first=True) for rows in columns)
    return tuple(table.long() for table in tables)
    # END SOLUTION


# %%
def batch():
    pairs = [([5, 6], [7]), ([8], [9, 4]), ([3, 4, 5], [])]
    expected = (
        torch.tensor([[5, 6, 0], [8, 0, 0], [3, 4, 5]]),
        torch.tensor([[1, 7, 0], [1, 9, 4], [1, 0, 0]]),
        torch.tensor([[7, 2, 0], [9, 4, 2], [2, 0, 0]]),
    )
    given = collate(pairs)
    if not isinstance(given, tuple) or len(given) != 3:
        return "нужно вернуть три таблицы: source, target_in, target_out"
    if pairs[0] != ([5, 6], [7]):
        return "списки пар изменились: BOS и EOS дописывайте в новые списки"
    names = ("source", "target_in", "target_out")
    return next(filter(None, map(differs, names, given, expected)), None)


ask("батч", batch)

# %% [markdown]
# ### Потери
#
# Правдоподобие ответа — произведение вероятностей; логарифм превращает его в сумму. Потери — это минус логарифм, в
# среднем на один угаданный токен:
#
# $$L = -\frac{1}{\#\{(b,t) : y_{bt} \ne \texttt{PAD}\}} \sum_{(b,t)\,:\,y_{bt} \ne \texttt{PAD}} \ln p(y_{bt}).$$
#
# Пады не входят ни в сумму, ни в число слагаемых. Если их оставить, модель быстро научится угадывать самое лёгкое —
# пустоту, — и потери станут маленькими раньше, чем она научится переводить. `EOS` — настоящий токен: его угадывать
# надо.
#
# **Задача.** `sequence_loss(logits, target_out)`: логиты $(B, T, V)$ и номера $(B, T)$ → число (тензор без осей). <!--
# test_loss, test_loss_gradient -->
#
# Для равных логитов ответ — $\ln V$, какими бы ни были пады. <!-- test_loss -->


# %% tags=["solution"]
def sequence_loss(logits: torch.Tensor, target_out: torch.Tensor) -> torch.Tensor:
    """Средняя кросс-энтропия по местам, где target_out не PAD."""
    # BEGIN SOLUTION
    real = target_out != PAD
    return F.cross_entropy(logits[real], target_out[real])
    # END SOLUTION


# %%
def loss():
    generator = torch.Generator().manual_seed(0)
    logits = torch.randn(3, 4, 7, generator=generator, dtype=torch.float64)
    target = torch.tensor([[3, 4, 5, 2], [6, 2, 0, 0], [2, 0, 0, 0]])
    value = sequence_loss(logits, target)
    terms = [-logits[b, t].log_softmax(0)[target[b, t]] for b in range(3) for t in range(4) if target[b, t]]
    everything = F.cross_entropy(logits.flatten(0, 1), target.flatten())
    if isinstance(value, torch.Tensor) and value.ndim == 0 and torch.isclose(value, everything):
        return "в среднее попали пады"
    return differs("потери", value, sum(terms) / len(terms))


ask("потери", loss)

# %% [markdown]
# ## 2. Маски
#
# Маска говорит, какое место на какое может смотреть: таблица, где строка — кто смотрит (запрос), столбец — на кого
# (ключ).
#
# * **Маска падов.** На пады не смотрит никто: столбцы падов закрыты. Она своя у каждой строки батча и одна на все
#   запросы, поэтому форма $(B, 1, S)$: единица растянется сама.
# * **Маска будущего** (*causal*). При обучении весь ответ лежит в батче сразу. Чтобы место $t$ не подсмотрело ответ,
#   ему открыты только места $0 \ldots t$, себя включая: на месте $t$ входа стоит прошлый токен, а не тот, который
#   угадывают.
#
# Вместе их соединяет `&`: $(B, 1, T)$ и $(T, T)$ растянутся до $(B, T, T)$.
#
# ![Слева маска падов: закрыты последние столбцы; посередине маска будущего: закрыто всё выше диагонали; справа обе
# вместе](pictures/masks.png)
#
# **Задача.** `padding_mask(tokens)`: $(B, S) \to (B, 1, S)$; `causal_mask(size)`: число → $(\text{size}, \text{size})$.
# Обе — `bool`, True — смотреть можно. <!-- test_padding_mask, test_causal_mask -->


# %% tags=["solution"]
def padding_mask(tokens: torch.Tensor) -> torch.Tensor:
    """(B, S) → (B, 1, S): True там, где не PAD."""
    # BEGIN SOLUTION
    return tokens.not_equal(PAD)[:, None]
    # END SOLUTION


def causal_mask(size: int) -> torch.Tensor:
    """(size, size): строке t открыты столбцы 0 … t."""
    # BEGIN SOLUTION
    return torch.tril(torch.full((size, size), True))
    # END SOLUTION


# %%
def masks():
    tokens = torch.tensor([[5, 6, 2, 0], [7, 0, 0, 0]])
    expected = torch.tensor([[[True, True, True, False]], [[True, False, False, False]]])
    if problem := differs("padding_mask", padding_mask(tokens), expected):
        return problem
    t = torch.tensor
    return differs("causal_mask(3)", causal_mask(3), t([[1, 0, 0], [1, 1, 0], [1, 1, 1]]).bool())


ask("маски", masks)

# %% [markdown]
# ## 3. Внимание
#
# Внимание — это мягкий словарь. У каждого места источника есть ключ $k_s$ и значение $v_s$; приходит запрос $q$.
# Обычный словарь нашёл бы ключ, равный запросу. Мягкий сравнивает запрос со всеми ключами и берёт смесь значений:
#
# $$a_s = \frac{\exp(q \cdot k_s / \sqrt d)}{\sum_{r} \exp(q \cdot k_r / \sqrt d)}, \qquad
# \text{output} = \sum_s a_s v_s.$$
#
# **Откуда корень.** Пусть координаты $q$ и $k$ независимы, со средним 0 и дисперсией 1. Тогда
#
# $$\mathrm{Var}(q \cdot k) = \sum_{i=1}^{d} \mathrm{Var}(q_i k_i)
# = \sum_{i=1}^{d} \mathbb{E}\,q_i^2 \; \mathbb{E}\,k_i^2 = d.$$
#
# Типичная оценка — величины $\sqrt d$. При $d = 256$ это 16, и softmax отдаёт почти весь вес одному ключу. Производная
# softmax — $a_s(1 - a_s)$ — там почти нуль: учиться нечему. Деление на $\sqrt d$ возвращает дисперсию к единице.
#
# ![При росте d наибольший вес без корня стремится к единице, с корнем — не меняется](pictures/scale.png)
#
# **Маска.** Запрещённым ключам до softmax ставят оценку $-\infty$: $e^{-\infty} = 0$, и остальные веса сами дают в
# сумме единицу. Ноль вместо $-\infty$ — не запрет: $e^0 = 1$. А если запрещены все ключи, softmax даёт $0/0$. Пусть
# тогда и веса, и ответ будут нулями: место, которому не на что смотреть, ничего не узнало. <!--
# test_attention_nothing_to_see --> Поставьте вместо $-\infty$ наименьшее число своего типа,
# `torch.finfo(scores.dtype).min`, а после softmax обнулите запрещённое ещё раз.
#
# Источники: внимание появилось у [Bahdanau, Cho, Bengio, Neural Machine Translation by Jointly Learning to Align and
# Translate, 2014](https://arxiv.org/abs/1409.0473); корень и слова «запрос, ключ, значение» — у [Vaswani и др.,
# Attention Is All You Need, 2017](https://arxiv.org/abs/1706.03762).
#
# **Задача.** `attention(q, k, v, mask=None)` → `(output, weights)`:
#
# * `q` $(\ldots, T, d)$, `k` $(\ldots, S, d)$, `v` $(\ldots, S, e)$; спереди любое число осей, хоть ни одной; <!--
#   test_attention -->
# * `mask` растягивается до $(\ldots, T, S)$; <!-- test_attention_mask -->
# * `output` $(\ldots, T, e)$, `weights` $(\ldots, T, S)$. Входы не меняются, градиент доходит до `q`, `k` и `v`. <!--
#   test_attention, test_attention_robust, test_attention_gradient -->
#
# Ошибка во `float64` — около $10^{-16}$. <!-- test_attention_robust -->


# %% tags=["solution"]
def attention(
    q: torch.Tensor, k: torch.Tensor, v: torch.Tensor, mask: torch.Tensor | None = None
) -> tuple[torch.Tensor, torch.Tensor]:
    """softmax(q kᵀ / √d) v с маской: (…, T, d), (…, S, d), (…, S, e) → (…, T, e), (…, T, S)."""
    # BEGIN SOLUTION
    scores = torch.matmul(q / q.shape[-1] ** 0.5, k.mT)  # (…, T, S)
    if mask is not None:
        scores = torch.where(mask, scores, torch.finfo(scores.dtype).min)
    weights = torch.softmax(scores, dim=-1)
    if mask is not None:
        weights = torch.where(mask, weights, 0.0)
    return torch.matmul(weights, v), weights
    # END SOLUTION


# %%
def formula():
    generator = torch.Generator().manual_seed(0)
    for lead in ((), (2,), (2, 3)):
        q, k, v = (torch.randn(*lead, *s, generator=generator, dtype=torch.float64) for s in ((4, 5), (6, 5), (6, 3)))
        output, weights = attention(q, k, v)
        expected = ((q @ k.transpose(-2, -1)) / math.sqrt(5)).softmax(-1)
        if problem := differs(f"weights, осей спереди {len(lead)}", weights, expected):
            return problem
        if problem := differs(f"output, осей спереди {len(lead)}", output, expected @ v):
            return problem
    return None


def masked():
    generator = torch.Generator().manual_seed(1)
    q, k, v = (torch.randn(2, length, 4, generator=generator, dtype=torch.float64) for length in (3, 5, 5))
    mask = torch.tensor([[[True, True, False, False, False]], [[True, False, True, True, False]]])
    output, weights = attention(q, k, v, mask)
    if (weights * ~mask).any():
        return "у запрещённых ключей есть вес"
    if not torch.allclose(weights.sum(-1), torch.ones(2, 3, dtype=torch.float64)):
        return "сумма весов — не единица: обнулите запрещённое до softmax, а не только после"
    if problem := differs("output", output[:1], attention(q[:1], k[:1, :2], v[:1, :2])[0]):
        return f"{problem}. Запретить ключи — то же самое, что выбросить их"
    mask = mask & torch.tensor([True, False]).view(2, 1, 1)
    output, weights = attention(q, k, v, mask)
    if output.isnan().any() or weights.isnan().any():
        return "когда запрещены все ключи, вышло NaN, а должны быть нули: −∞ замените на torch.finfo(scores.dtype).min"
    if weights[1].any() or output[1].any():
        return "когда запрещены все ключи, веса и ответ — нули: обнулите запрещённое ещё раз, после softmax"
    return None


ask("внимание", formula)
ask("внимание с маской", masked)

# %% [markdown]
# ## 4. Несколько голов
#
# Одно внимание — одна смесь. Слову «тысячи» важно и то, сколько их («две»), и то, что будет дальше. Поэтому внимание
# считают несколько раз параллельно: `heads` голов, у каждой свои запросы, ключи и значения размера $d_h = d / h$.
#
# Отдельные матрицы на каждую голову не нужны. Один линейный слой $d \to d$ даёт вектор, его режут на $h$ частей:
#
# $$(B, T, d) \;\to\; (B, T, h, d_h) \;\xrightarrow{\text{transpose}}\; (B, h, T, d_h).$$
#
# Теперь голова — такая же ось, как батч, и ваша `attention` всё сделает сама. Потом обратно: transpose, склейка, слой
# `output`, который смешивает головы.
#
# **Ловушка.** `x.view(B, h, T, d_h)` без transpose даёт ту же форму и не падает, но числа разных мест и разных голов
# перемешаны. `view` не переставляет числа, он только иначе их читает.
#
# ![Вектор из двенадцати чисел на четырёх местах: верно — каждая голова берёт свои столбцы; неверно — голова берёт
# подряд все числа первого места](pictures/heads.png)
#
# **Задача.** `MultiHeadAttention(dim, heads)`, `forward(query, key, value, mask=None)` → `(output, weights)`:
#
# * слои `self.query`, `self.key`, `self.value`, `self.output` — `nn.Linear(dim, dim)`, имена именно такие; <!--
#   test_heads_self, test_heads_parameters -->
# * `query` $(B, T, d)$, `key` и `value` $(B, S, d)$, `mask` — $(B, 1, S)$, $(T, S)$ или $(B, T, S)$, общая для голов;
#   <!-- test_heads_masks -->
# * `output` $(B, T, d)$, `weights` $(B, h, T, S)$; <!-- test_heads_weights -->
# * если `dim` не делится на `heads`, конструктор даёт `ValueError`. <!-- test_heads_parameters -->
#
# С теми же весами ответ должен совпасть с `nn.MultiheadAttention`. <!-- test_heads_self -->


# %% tags=["solution"]
class MultiHeadAttention(nn.Module):
    """Внимание из нескольких голов: (B, T, dim), (B, S, dim), (B, S, dim) → (B, T, dim), (B, heads, T, S)."""

    def __init__(self, dim: int, heads: int) -> None:
        super().__init__()
        # BEGIN SOLUTION
        # STUB: # Ваш код здесь: проверьте, что dim делится на heads; создайте query, key, value, output
        if dim % heads != 0:
            raise ValueError(f"вектор из {dim} чисел на {heads} равных частей не режется")
        self.heads, self.size = heads, dim // heads
        self.query, self.key = nn.Linear(dim, dim), nn.Linear(dim, dim)
        self.value, self.output = nn.Linear(dim, dim), nn.Linear(dim, dim)
        # END SOLUTION

    def forward(
        self, query: torch.Tensor, key: torch.Tensor, value: torch.Tensor, mask: torch.Tensor | None = None
    ) -> tuple[torch.Tensor, torch.Tensor]:
        # BEGIN SOLUTION
        layers, inputs = (self.query, self.key, self.value), (query, key, value)
        q, k, v = (
            layer(x).unflatten(2, (self.heads, self.size)).permute(0, 2, 1, 3)  # (B, h, T, d_h)
            for layer, x in zip(layers, inputs, strict=True)
        )
        if mask is not None:
            mask = mask[..., None, :, :]  # ось голов
        out, weights = attention(q, k, v, mask)
        return self.output(out.permute(0, 2, 1, 3).flatten(2)), weights
        # END SOLUTION


# %%
def several():
    torch.manual_seed(0)
    ours, theirs = MultiHeadAttention(12, 3).double(), nn.MultiheadAttention(12, 3, batch_first=True).double()
    with torch.no_grad():
        for place, layer in enumerate((ours.query, ours.key, ours.value)):
            theirs.in_proj_weight[12 * place : 12 * place + 12] = layer.weight
            theirs.in_proj_bias[12 * place : 12 * place + 12] = layer.bias
        theirs.out_proj.load_state_dict(ours.output.state_dict())
        x, y = torch.randn(2, 5, 12, dtype=torch.float64), torch.randn(2, 7, 12, dtype=torch.float64)
        pads = padding_mask(torch.tensor([[5, 5, 5, 5, 5, 0, 0], [5, 5, 5, 0, 0, 0, 0]]))
        for name, mask in (("без маски", None), ("с маской", pads)):
            blocked = None if mask is None else ~mask.squeeze(1)
            expected, maps = theirs(x, y, y, key_padding_mask=blocked, average_attn_weights=False)
            output, weights = ours(x, y, y, mask)
            if problem := differs(f"output {name}", output, expected) or differs(f"weights {name}", weights, maps):
                return problem
    try:
        MultiHeadAttention(10, 3)
    except ValueError:
        return None
    return "MultiHeadAttention(10, 3) должен дать ValueError"


ask("несколько голов", several)

# %% [markdown]
# ## 5. Рекуррентная сеть с вниманием
#
# **Узкое место.** Первые переводчики-сети состояли из двух рекуррентных сетей ([Sutskever, Vinyals, Le,
# 2014](https://arxiv.org/abs/1409.3215)). Энкодер читает источник и отдаёт последнее состояние, один вектор. Декодер
# начинает с него и пишет ответ. Всё, что сказано в источнике, должно поместиться в этот вектор. Короткую фразу он
# вынесет, длинную — нет.
#
# **Внимание** убирает узкое место: декодер на каждом шаге смотрит на *все* состояния энкодера и берёт нужные.
#
# $$h_t = \mathrm{GRU}(h_{t-1}, y_{t-1}), \qquad c_t = \sum_s a_{ts}\, m_s, \qquad
# \text{logits}_t = W \tanh(U\,[h_t; c_t]),$$
#
# где $m_s$ — состояния энкодера, а $a_{ts}$ — ваше внимание: запрос сделан из $h_t$, ключи и значения — из $m_s$. Это
# вариант [Luong, Pham, Manning, 2015](https://arxiv.org/abs/1508.04025). При обучении весь `target_in` известен,
# поэтому `nn.GRU` проходит его за один вызов, и внимание считается для всех шагов сразу. У Bahdanau контекст подаётся
# внутрь GRU, и нужен цикл по шагам: тоже годится, но медленнее.
#
# **Пады и энкодер.** Рекуррентная сеть читает всё подряд. Если дать ей пады, последнее состояние будет состоянием
# *после падов*, а обратная половина двусторонней сети с падов *начнёт*. Ответ тогда зависит от того, с кем строка
# попала в батч. Лекарство — `pack_padded_sequence(x, lengths, batch_first=True, enforce_sorted=False)`: сеть пройдёт
# каждую строку до её конца. Обратно таблицу делает `pad_packed_sequence(..., batch_first=True, total_length=S)`.
#
# **Задача.** `RecurrentModel(source_size, target_size, dim=64)`, `forward(source, target_in)` → `(logits, weights)`:
#
# * `source` $(B, S)$, в каждой строке хотя бы одно слово, пады справа; `target_in` $(B, T)$; <!--
#   test_recurrent_padding -->
# * `logits` $(B, T, \text{target\_size})$ — логиты, без softmax; `weights` $(B, T, S)$ — веса внимания; <!--
#   test_recurrent_attention, test_recurrent_prefix -->
# * логиты места $t$ зависят от `target_in[:, :t + 1]` и ни от чего дальше; <!-- test_recurrent_prefix -->
# * каждый параметр участвует в ответе: лишних слоёв нет. <!-- test_recurrent_gradients -->
#
# Внутри — любая рекуррентная сеть, хоть `nn.GRU`, хоть `nn.LSTM`; энкодер лучше двусторонний. `dim` бывает 8 и 64. <!--
# note -->


# %% tags=["solution"]
class RecurrentModel(nn.Module):
    """Энкодер и декодер GRU с вниманием: (B, S), (B, T) → логиты (B, T, target_size), веса (B, T, S)."""

    def __init__(self, source_size: int, target_size: int, dim: int = 64) -> None:
        super().__init__()
        # BEGIN SOLUTION
        # STUB: # Ваш код здесь: эмбеддинги, энкодер, декодер, слои для запроса и для ответа
        self.read = nn.Embedding(source_size, dim)
        self.write = nn.Embedding(target_size, dim)
        self.encoder = nn.GRU(dim, dim, batch_first=True, bidirectional=True)
        self.start = nn.Linear(2 * dim, dim)
        self.memory = nn.Linear(2 * dim, dim)
        self.decoder = nn.GRU(dim, dim, batch_first=True)
        self.answer = nn.Sequential(nn.Linear(2 * dim, dim), nn.Tanh(), nn.Linear(dim, target_size))
        # END SOLUTION

    def forward(self, source: torch.Tensor, target_in: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        # BEGIN SOLUTION
        lengths = source.ne(PAD).sum(dim=1)
        packed = pack_padded_sequence(self.read(source), lengths, batch_first=True, enforce_sorted=False)
        states, (ahead, back) = self.encoder(packed)
        states, _ = pad_packed_sequence(states, batch_first=True, total_length=source.shape[1])
        memory = self.memory(states)  # (B, S, dim)
        first = torch.tanh(self.start(torch.cat([ahead, back], dim=1)))[None]  # (1, B, dim)
        hidden, _ = self.decoder(self.write(target_in), first)  # (B, T, dim)
        context, weights = attention(hidden, memory, memory, padding_mask(source))
        return self.answer(torch.cat([hidden, context], dim=2)), weights
        # END SOLUTION


# %% [markdown]
# Проверки ниже понадобятся ещё раз, для Transformer: они не спрашивают, что внутри. Модель не обучена, а требования к
# ней уже точные.


# %% tags=["folded"]
def precisely(question):
    """Выполнить вопрос, пока тип по умолчанию — float64, и без градиентов."""
    torch.manual_seed(0)
    torch.set_default_dtype(torch.float64)
    try:
        with torch.no_grad():
            return question()
    finally:
        torch.set_default_dtype(torch.float32)


def small(make, **options):
    """Маленькая необученная модель."""
    return make(13, 9, dim=8, **options).eval()


def examine(make, **options):
    """Будущее, прошлое, пады, соседи, веса: жалоба или None."""
    model = small(make, **options)
    source = torch.tensor([[3, 4, 5, 6, 7], [8, 9, 10, 0, 0]])
    target_in = torch.tensor([[1, 3, 4, 5], [1, 6, 7, 8]])
    answer = model(source, target_in)
    if not isinstance(answer, tuple) or len(answer) != 2:
        return "forward должен вернуть (logits, weights)"
    logits, weights = answer
    if logits.shape != (2, 4, 9) or weights.shape != (2, 4, 5):
        return f"формы {tuple(logits.shape)} и {tuple(weights.shape)} вместо (2, 4, 9) и (2, 4, 5)"
    changed = target_in.clone()
    changed[:, 2] = 6
    other = model(source, changed)[0]
    if not torch.allclose(other[:, :2], logits[:, :2]):
        return "видно будущее: изменён токен на месте 2, а логиты мест 0 и 1 стали другими"
    if torch.allclose(other[:, 2], logits[:, 2]) or torch.allclose(other[:, 3], logits[:, 3]):
        return "изменён токен на месте 2, а логиты мест 2 и 3 те же: прошлое забыто"
    if not torch.allclose(weights.sum(-1), torch.ones(2, 4)) or (weights < 0).any():
        return "веса — не распределение: их сумма по словам не единица"
    if weights[1, :, 3:].abs().max() > 1e-12:
        return "внимание смотрит на пады"
    if not torch.allclose(model(F.pad(source, (0, 3)), target_in)[0], logits):
        return "к источнику приписаны пады, и логиты изменились"
    if not torch.allclose(model(source[1:, :3], target_in[1:])[0], logits[1:]):
        return "строка в одиночку и в батче даёт разные логиты"
    if torch.allclose(model(source[:, [1, 0, 2, 3, 4]], target_in)[0], logits):
        return "слова источника переставлены, а логиты те же"
    return None


# %%
ask("RecurrentModel", lambda: precisely(lambda: examine(RecurrentModel)))

# %% [markdown]
# ### Перевод
#
# Обученная модель остаётся без подсказки: настоящего начала ответа нет, есть только то, что она написала сама.
# Начинаем с `BOS`, берём самый вероятный следующий токен, дописываем его ко входу и спрашиваем снова. Так до `EOS`.
# Это *жадный* перевод; поиск лучом — в «Сложнее».
#
# Строки батча кончаются в разное время. Кончившаяся дожидается остальных: у неё дальше стоят `PAD`.
#
# **Задача.** `decode(model, source, max_length)` → номера $(B, L)$, $L \le$ `max_length`, `int64`:
#
# * `model(source, answer)` даёт логиты всех мест, нужны логиты последнего; <!-- test_decode -->
# * ни `BOS`, ни `EOS` в ответе нет; после конца строки — `PAD`; <!-- test_decode -->
# * модель переводит в режиме `eval`, градиенты не нужны. <!-- test_decode -->


# %% tags=["solution"]
def decode(model: nn.Module, source: torch.Tensor, max_length: int) -> torch.Tensor:
    """Жадный перевод: source (B, S) → номера (B, L) без BOS и EOS, после конца PAD."""
    # BEGIN SOLUTION
    model.eval()
    written = torch.full((len(source), 1), BOS)  # (B, 1 + t)
    alive = torch.ones(len(source), dtype=torch.bool)
    with torch.no_grad():
        while written.shape[1] <= max_length and alive.any():
            tokens = model(source, written)[0][:, -1].argmax(dim=1)
            alive &= tokens != EOS
            written = torch.cat([written, torch.where(alive, tokens, PAD)[:, None]], dim=1)
    return written[:, 1:]
    # END SOLUTION


# %% tags=["folded"]
class Recitation(nn.Module):
    """Понарошку модель: повторяет источник с конца, а в режиме обучения врёт."""

    def forward(self, source, target_in):
        lengths = (source != PAD).sum(1)
        written = torch.arange(target_in.shape[1]) + (target_in[:, :1] != BOS)  # без BOS — на шаг впереди
        places = lengths[:, None] - 1 - written  # (B, T)
        right = torch.where(places >= 0, source.gather(1, places.clamp(min=0)), EOS)
        right[:, 1:] = torch.where(target_in[:, 1:] == right[:, :-1], right[:, 1:], 12)  # сбился — пишет 12
        weights = F.one_hot(places.clamp(min=0), source.shape[1]).double()
        return F.one_hot(right, 13).double() * (-1 if self.training else 1), weights


# %%
def translation():
    source = torch.tensor([[3, 4, 5, 6], [7, 8, 0, 0]])
    answer = decode(Recitation().train(), source, 6)
    if not isinstance(answer, torch.Tensor) or answer.ndim != 2 or answer.dtype != torch.int64:
        return "нужен тензор номеров (B, L) типа int64"
    rows = [[token for token in row if token] for row in answer.tolist()]
    if rows == [[6, 5, 4, 3], [8, 7]]:
        return None
    if any(EOS in row or BOS in row for row in rows):
        return f"в ответе не должно быть BOS и EOS, после конца стоят PAD: {answer.tolist()}"
    return f"вышло {rows} вместо [[6, 5, 4, 3], [8, 7]]. Подаётся ли на вход всё написанное? Включён ли eval?"


ask("перевод", translation)

# %% [markdown]
# ### Обучение
#
# **Задача.** `train(model, pairs, epochs)`: обучить модель по месту и вернуть список средних потерь, по числу на эпоху.
# <!-- test_train -->
#
# За эпоху модель видит все пары, каждую один раз и каждый раз в новом порядке, батчами; неполный последний батч тоже
# нужен. Порядок берите из torch (`torch.randperm`), а зерна не ставьте: его ставит тот, кто вызывает `train`, и с тем
# же зерном всё повторится. Сам список `pairs` не меняется. Батч делает ваша `collate`, потери считает ваша
# `sequence_loss`; в истории — их среднее за эпоху, по батчам или по токенам. Не забудьте `model.train()` и
# `zero_grad()`: один шаг — один батч. <!-- test_train -->
#
# Чем учить, решаете вы. У проверки для дат 1500 пар и 8 эпох, для сумм 2000 пар и 7 эпох, обе модели с `dim=64`; нужно
# перевести целиком не меньше 60 % незнакомых. <!-- test_dates, test_amounts --> У нас хорошо вышло так: батчи по 64,
# Adam с наибольшим шагом 0,003, который сначала растёт (разогрев, *warm-up*), потом падает
# (`torch.optim.lr_scheduler.OneCycleLR`), и отсечение градиента, `clip_grad_norm_` до 1. На каждый из двух опытов, до
# трёх обучений, у проверки 120 секунд на одном ядре; нам их хватает с запасом. Сколько занимает обучение у вас,
# напечатает опыт. <!-- test_dates, test_amounts -->
# <!-- = experiments.LEAST == 0.6 and given(0.003) and limits.test_seconds == 120 -->


# %% tags=["solution"]
def train(model: nn.Module, pairs: list[tuple[list[int], list[int]]], epochs: int) -> list[float]:
    """Учит model по месту; средние потери каждой эпохи."""
    # BEGIN SOLUTION
    size = 64
    optimizer = torch.optim.Adam(model.parameters(), lr=3e-3)
    total = epochs * math.ceil(len(pairs) / size)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, max_lr=3e-3, total_steps=total, pct_start=0.2)
    history = []
    model.train()
    for _ in range(epochs):
        losses = []
        for rows in torch.randperm(len(pairs)).split(size):
            source, target_in, target_out = collate([pairs[row] for row in rows])
            loss = sequence_loss(model(source, target_in)[0], target_out)
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            losses.append(loss.item())
        history.append(sum(losses) / len(losses))
    return history
    # END SOLUTION


# %% [markdown]
# ### Опыт: даты
#
# Дата читается по буквам, пишется по буквам. Прежде чем запускать, запишите прогноз: сколько незнакомых дат переведёт
# целиком сеть с вниманием? А без него, с одним последним состоянием энкодера?


# %%
def translate(model, task, pairs):
    """Ответы модели на источники пар: списки номеров."""
    longest = max(len(target) for _, target in task.pairs + task.unseen) + 1
    answers = decode(model, collate(pairs)[0], longest)
    return [[token for token in row if token != PAD] for row in answers.tolist()]


def share_exact(answers, task):
    """Доля незнакомых, переведённых целиком."""
    return sum(answer == target for answer, (_, target) in zip(answers, task.unseen, strict=True)) / len(answers)


def report(model, task, epochs, seed=0):
    """Обучить и напечатать, сколько незнакомых переведено целиком; ответы модели."""
    torch.manual_seed(seed)
    began = time.perf_counter()
    history = train(model, task.pairs, epochs)
    seconds = time.perf_counter() - began
    print(f"обучение заняло {seconds:.0f} с; у проверки таких обучений до трёх, на все вместе с переводом — 120 с")
    answers = translate(model, task, task.unseen)
    print(f"потери {history[0]:.2f} → {history[-1]:.3f}; целиком верно {share_exact(answers, task):.1%}")
    for (source, target), answer in list(zip(task.unseen, answers, strict=True))[:5]:
        print(
            "   ", task.show(source, answer), "" if answer == target else "✗ верно: " + task.show(source, target)[48:]
        )
    return answers


reader = None  # останется таким, если обучение не дойдёт до конца
try:
    torch.manual_seed(0)
    model = RecurrentModel(*dates.sizes)
    date_answers = report(model, dates, epochs=8)
    reader = model
except NotImplementedError:
    print("… сначала решите задачи выше")

# %% [markdown]
# У нас с вниманием верны больше 95 % дат; без внимания при тех же эпохах — почти ни одной: с этого начнётся первый из
# вопросов в конце. Вот оно, узкое место.
# <!-- = share_exact(date_answers, dates) > 0.95 and abs(share_exact(date_answers, dates) - mean(run[-1] for run in
# pictures.DATES["с вниманием"])) < 0.05 -->
#
# ![Доля дат, переведённых целиком, по эпохам: с вниманием быстро растёт почти до ста процентов, без внимания остаётся
# около нуля](pictures/dates.png)
# <!-- = min(run[-1] for run in pictures.DATES["с вниманием"]) == 100 / 100 and max(max(run) for run in
# pictures.DATES["без внимания"]) < 0.05 -->

# %% [markdown]
# ### Карта внимания
#
# Куда сеть смотрит, когда пишет? Веса внимания это показывают: строка карты — токен ответа, столбец — буква источника.
#
# Осторожно со сдвигом. Токен $y_t$ пишется, когда на входе `BOS` и токены до него. Если подать модели сам ответ, строка
# $t$ будет про следующий токен, и карта съедет.
#
# **Задача.** `align(model, source, target)`: `source` $(B, S)$; `target` $(B, T)$ — ответы, как их вернул `decode`: без
# `BOS` и `EOS`, дополнены `PAD` → веса $(B, T, S)$; строка $t$ — куда модель смотрела, когда писала `target[:, t]`.
# Модель приходит в режиме `eval` и остаётся в нём. <!-- test_align -->


# %% tags=["solution"]
def align(model: nn.Module, source: torch.Tensor, target: torch.Tensor) -> torch.Tensor:
    """Веса внимания (B, T, S): строка t — когда писался токен t."""
    # BEGIN SOLUTION
    with torch.no_grad():
        return model(source, F.pad(target, (1, 0), value=BOS)[:, :-1])[1]
    # END SOLUTION


# %%
def alignment():
    source = torch.tensor([[3, 4, 5, 6], [7, 8, 0, 0]])
    maps = align(Recitation().eval(), source, torch.tensor([[6, 5, 4, 3], [8, 7, 0, 0]]))
    if tuple(maps.shape) != (2, 4, 4):
        return f"форма {tuple(maps.shape)} вместо (2, 4, 4)"
    return (
        None
        if maps[0].argmax(1).tolist() == [3, 2, 1, 0]
        else "карта съехала: токен 0 пишется, когда на входе один BOS; подаётся ли BOS перед ответом?"
    )


def draw_map(panel, weights, source, target):
    """Карта внимания: строки — токены ответа, столбцы — символы источника."""
    panel.imshow(weights, cmap="Blues", vmin=0, vmax=1, aspect="auto")
    panel.set_xticks(range(len(source)), source, rotation=90 if max(map(len, source)) > 1 else 0, fontsize=8)
    panel.set_yticks(range(len(target)), target, fontsize=8)


ask("карта внимания", alignment)

# %% [markdown]
# После обучения на датах проверка смотрит и на саму карту: на нужной части даты должно лежать не меньше 60 % веса,
# считая соседние буквы. <!-- test_alignment --> Запас у верного решения большой, а у того, кто смотрит на все буквы
# поровну, столько не выйдет.
# <!-- = experiments.FOCUS == 0.6 -->
#
# ![Карта внимания для трёх дат: пишет год — смотрит на год, пишет месяц — на месяц, пишет день — на
# день](pictures/alignment.png)

# %%
try:
    if reader is not None:
        shown = [dates.unseen[i] for i in (0, 1, 4)]
        source, _, _ = collate(shown)
        target = collate([(answer, []) for answer in translate(reader, dates, shown)])[0]
        maps = align(reader, source, target)
        _, panels = plt.subplots(1, 3, figsize=(12, 3), layout="constrained")
        for panel, weights, (given, _), written in zip(panels, maps, shown, target, strict=True):
            draw_map(panel, weights[:, : len(given)], dates.source.decode(given), dates.target.decode(written))
        plt.show()
except NotImplementedError:
    print("… здесь пока пусто: ждёт вашего кода")

# %% [markdown]
# ## 6. Transformer
#
# Рекуррентная сеть читает по порядку: чтобы узнать начало строки, последнему слову нужны все промежуточные состояния.
# Transformer выбрасывает рекуррентность: каждое слово сразу смотрит на все остальные — тем же вниманием, которое вы уже
# написали, только запросы, ключи и значения сделаны из одних и тех же слов (*self-attention*).
#
# **Слой энкодера** — внимание слов друг на друга и маленький перцептрон, отдельно для каждого слова:
#
# $$x \leftarrow x + \mathrm{MHA}(\mathrm{LN}(x)), \qquad x \leftarrow x + W_2\,\mathrm{relu}(W_1\,\mathrm{LN}(x)).$$
#
# Слагаемое $x$ — обходной путь: градиент идёт по нему, не ослабевая. LayerNorm держит числа в узде. Стоит она перед
# вниманием (*pre-norm*, учится спокойнее, [Xiong и др., 2020](https://arxiv.org/abs/2002.04745)), а не после, как в
# первой статье; годится и то и другое. Внутренний слой перцептрона обычно вчетверо шире.
# <!-- = given(4) -->
#
# **Слой декодера** — то же, и между ними второе внимание: запросы из декодера, ключи и значения из энкодера.
#
# | внимание | запросы | ключи, значения | маска |
# |---|---|---|---|
# | энкодера на себя | источник | источник | `padding_mask(source)` |
# | декодера на себя | ответ | ответ | `causal_mask(T)` |
# | декодера на энкодер | ответ | источник | `padding_mask(source)` |
#
# **Позиции.** Переставьте слова — и внимание лишь переставит ответы: для него источник — мешок слов. Поэтому к
# каждому эмбеддингу прибавляют вектор места: обучаемый, `nn.Embedding(64, dim)`, или из синусов и косинусов разной
# частоты. Места нужны и в энкодере, и в декодере. <!-- test_transformer_positions --> Строки у нас до 64 токенов.
#
# ![Слева схема слоёв: энкодер, декодер и три внимания; вокруг каждого внимания и каждого перцептрона идёт обход, после
# сложения стоит LayerNorm. Справа синусы и косинусы: каждая строка — вектор своего места](pictures/transformer.png)
#
# Источник: [Vaswani и др., Attention Is All You Need, 2017](https://arxiv.org/abs/1706.03762).
#
# **Задача.** `TransformerModel(source_size, target_size, dim=64, heads=4, layers=2)`, `forward(source, target_in)` →
# `(logits, weights)`, как у `RecurrentModel`:
#
# * `layers` слоёв энкодера и столько же декодера; слои лежат в `nn.ModuleList`: обычный список прячет их от
#   `parameters()`, и учиться они не будут; <!-- test_transformer_layers -->
# * каждое внимание — ваша `MultiHeadAttention`: в слое энкодера одна, в слое декодера две; <!-- test_transformer_parts
#   -->
# * в каждом слое есть перцептрон из двух `nn.Linear` с ReLU (или GELU) между ними, и к его ответу, как и к ответу
#   внимания, прибавлен вход; <!-- test_transformer_parts -->
# * нормировка, `nn.LayerNorm`, стоит перед каждым вниманием и каждым перцептроном или после каждого сложения; <!--
#   test_transformer_parts -->
# * слой получает ответ предыдущего; все слои декодера смотрят на ответ последнего слоя энкодера; <!--
#   test_transformer_parts -->
# * `weights` $(B, T, S)$ — веса последнего слоя декодера на источник, среднее по головам; <!-- test_transformer_weights
#   -->
# * каждый параметр участвует в ответе. <!-- test_transformer_layers -->
#
# Слой удобно вынести в отдельный класс. Определите его в этой же ячейке. <!-- note -->


# %% tags=["solution"]
# BEGIN SOLUTION
# STUB: # Ваш код здесь: слой энкодера и слой декодера, отдельными классами
class Layer(nn.Module):
    """Слой энкодера, а если дана память — декодера."""

    def __init__(self, dim, heads, looks):
        super().__init__()
        self.own = MultiHeadAttention(dim, heads)
        self.look = MultiHeadAttention(dim, heads) if looks else None
        self.feed = nn.Sequential(nn.LayerNorm(dim), nn.Linear(dim, 4 * dim), nn.ReLU(), nn.Linear(4 * dim, dim))
        self.before_own = nn.LayerNorm(dim)
        self.before_look = nn.LayerNorm(dim) if looks else None

    def forward(self, x, own_mask, memory=None, memory_mask=None):
        y = self.before_own(x)
        x = x + self.own(y, y, y, own_mask)[0]
        weights = None
        if self.look is not None:
            seen, weights = self.look(self.before_look(x), memory, memory, memory_mask)
            x = x + seen
        return x + self.feed(x), weights


# END SOLUTION
class TransformerModel(nn.Module):
    """Transformer: (B, S), (B, T) → логиты (B, T, target_size), веса (B, T, S)."""

    def __init__(self, source_size: int, target_size: int, dim: int = 64, heads: int = 4, layers: int = 2) -> None:
        super().__init__()
        # BEGIN SOLUTION
        # STUB: # Ваш код здесь: эмбеддинги, позиции, слои энкодера и декодера, выходной слой
        self.read, self.write = nn.Embedding(source_size, dim), nn.Embedding(target_size, dim)
        self.read_places, self.write_places = nn.Embedding(64, dim), nn.Embedding(64, dim)
        self.encoder = nn.ModuleList(Layer(dim, heads, looks=False) for _ in range(layers))
        self.decoder = nn.ModuleList(Layer(dim, heads, looks=True) for _ in range(layers))
        self.norm = nn.LayerNorm(dim)
        self.answer = nn.Sequential(nn.LayerNorm(dim), nn.Linear(dim, target_size))
        # END SOLUTION

    def forward(self, source: torch.Tensor, target_in: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        # BEGIN SOLUTION
        source_mask, past = padding_mask(source), causal_mask(target_in.shape[1])
        x = self.read(source) + self.read_places.weight[: source.shape[1]]  # (B, S, dim)
        for layer in self.encoder:
            x, _ = layer(x, source_mask)
        memory = self.norm(x)
        y = self.write(target_in) + self.write_places.weight[: target_in.shape[1]]  # (B, T, dim)
        for layer in self.decoder:
            y, weights = layer(y, past, memory, source_mask)
        return self.answer(y), weights.mean(dim=1)
        # END SOLUTION


# %%
def layers_count():
    counts = [sum(p.numel() for p in small(TransformerModel, heads=2, layers=n).parameters()) for n in (1, 2, 3)]
    return (
        None if counts[0] < counts[1] < counts[2] else f"обучаемых чисел при 1, 2 и 3 слоях: {counts}. Где ModuleList?"
    )


def order_of_answer():
    model = small(TransformerModel, heads=2, layers=1)
    source = torch.tensor([[3, 4, 5]])
    one, two = (model(source, torch.tensor([row]))[0][:, -1] for row in ([1, 3, 4, 5], [1, 4, 3, 5]))
    return "токены ответа переставлены, а следующий логит тот же: где позиции?" if torch.allclose(one, two) else None


def inside_layers():
    model, asked = small(TransformerModel, heads=2, layers=2), []
    for module in model.modules():
        if isinstance(module, MultiHeadAttention):
            module.register_forward_hook(lambda layer, given, answer: asked.append(tuple(answer[1].shape[2:])))
    model(torch.tensor([[3, 4, 5]]), torch.tensor([[1, 6]]))
    if sorted(asked) != sorted(2 * [(3, 3), (2, 2), (2, 3)]):
        hint = "; слои в обычном списке? Нужен nn.ModuleList" if len(asked) < 6 else ""
        return (
            f"внимания (запросов, ключей) по порядку: {asked}; в двух слоях нужны (3, 3), (2, 2) и (2, 3), по два{hint}"
        )
    layers = [module for one in model.modules() if isinstance(one, nn.ModuleList) for module in one.modules()]
    inner = {id(module): module for module in layers if isinstance(module, nn.Linear)}
    taken = {id(one) for module in layers if isinstance(module, MultiHeadAttention) for one in module.modules()}
    free = len(inner.keys() - taken)
    return None if free >= 8 else f"линейных слоёв вне внимания {free}, а нужно восемь: перцептрон в каждом слое"


ask("TransformerModel", lambda: precisely(lambda: examine(TransformerModel, heads=2, layers=2)))
ask("слои", layers_count)
ask("внутри слоёв", lambda: precisely(inside_layers))
ask("порядок в ответе", lambda: precisely(order_of_answer))

# %% [markdown]
# ### Опыт: суммы прописью
#
# Те же `train` и `decode`, другая модель. Прогноз: какие суммы окажутся для неё труднее?

# %%
counter = None
try:
    torch.manual_seed(0)
    model = TransformerModel(*amounts.sizes)
    amount_answers = report(model, amounts, epochs=7)
    counter = model
except NotImplementedError:
    print("… сначала решите задачи выше")

# %% [markdown]
# У нас вышло около 97 %. Если у вас меньше 60 %, посмотрите на потери по эпохам. Стоят на месте — ошибка в масках или в
# сдвиге; падают, но медленно — дело в шаге обучения: без разогрева Transformer капризен.
# <!-- = abs(share_exact(amount_answers, amounts) - 0.97) < 0.025 and experiments.LEAST == 0.6 -->

# %% [markdown]
# ## 7. Разбор
#
# Одно число прячет, где модель ошибается. Разложим точность по длине источника.
#
# **Задача.** `accuracy_by_length(pairs, predictions)` → словарь {длина источника: доля ответов, совпавших **целиком**}.
# `pairs` — пары (источник, ответ), `predictions` — ответы модели в том же порядке; всё — списки номеров. <!--
# test_accuracy_by_length -->
#
# Например, `[([3], [5]), ([4], [6]), ([3, 4], [7, 8])]` и `[[5], [5], [7, 8]]` → `{1: 0.5, 2: 1.0}`. <!-- note -->


# %% tags=["solution"]
def accuracy_by_length(pairs: list[tuple[list[int], list[int]]], predictions: list[list[int]]) -> dict[int, float]:
    """{длина источника: доля совпавших целиком}."""
    # BEGIN SOLUTION
    shares = {}
    for length in {len(source) for source, _ in pairs}:
        rows = [p == t for (s, t), p in zip(pairs, predictions, strict=True) if len(s) == length]
        shares[length] = sum(rows) / len(rows)
    return shares
    # END SOLUTION


# %%
def lengths():
    given = accuracy_by_length([([3], [5]), ([4], [6]), ([3, 4], [7, 8])], [[5], [5], [7, 8]])
    if given != {1: 0.5, 2: 1.0}:
        return f"вышло {given} вместо {{1: 0.5, 2: 1.0}}"
    given = accuracy_by_length([([3, 4], [7, 8])], [[7, 8, 9]])
    return None if given == {2: 0.0} else "ответ с лишним токеном в конце — неверный"


ask("точность по длинам", lengths)

# %% [markdown]
# Теперь вопрос потруднее. Научим Transformer на суммах меньше ста тысяч и спросим про сотни тысяч. Слова все знакомые,
# длиннее только фраза и ответ. Запишите прогноз и запускайте. Наш график — сразу за опытом.

# %%
try:
    if counter is not None:
        luck = random.Random(1)
        below = [(amount_in_words(n).split(), str(n)) for n in luck.sample(range(100_000), 2300)]
        above = [(amount_in_words(n).split(), str(n)) for n in luck.sample(range(100_000, 1_000_000), 600)]
        longer = Task(below + above, 2000, " ")
        torch.manual_seed(0)
        limited = TransformerModel(*longer.sizes)
        began = time.perf_counter()
        train(limited, longer.pairs, 10)
        print(f"обучение заняло {time.perf_counter() - began:.0f} с; у проверки этого опыта нет")
        by_length = {}
        _, panel = plt.subplots(figsize=(7, 2.8), layout="constrained")
        for name, part, shift in (("меньше 100 000", longer.unseen[:300], -0.2), ("больше", longer.unseen[300:], 0.2)):
            shares = by_length[name] = accuracy_by_length(part, translate(limited, longer, part))
            panel.bar([length + shift for length in shares], list(shares.values()), width=0.4, label=name)
        panel.set(xlabel="слов в источнике", ylabel="верно целиком", ylim=(0, 1.05))
        panel.legend()
        plt.show()
except NotImplementedError:
    print("… здесь пока пусто: ждёт вашего кода")

# %% [markdown]
# ![Точность по числу слов. До ста тысяч: 0,69 при четырёх словах, которых в обучении мало, и от 0,97 до 1 при пяти,
# шести и семи; на сотнях тысяч — ноль](pictures/lengths.png)
# <!-- = round(pictures.LENGTHS["меньше 100 000"][4], 2) == 0.69 and min(pictures.LENGTHS["меньше 100 000"][length] for
# length in (5, 6, 7)) >= 0.97 and abs(by_length["меньше 100 000"][4] - pictures.LENGTHS["меньше 100 000"][4]) < 0.25
# and min(by_length["меньше 100 000"][length] for length in (5, 6, 7)) > 0.9 and {*by_length["больше"].values()} == {0}
# -->
#
# **Вопросы.** Ответьте в ячейке ниже, по две-три фразы на каждый, с числами из своих запусков.
#
# 1. Сделайте копию `RecurrentModel`, в которой контекст $c_t$ заменён нулями, и обучите её на датах. Сколько вышло? Что
#    она пишет верно — год, месяц, день? Почему именно это?
# 2. Посмотрите на карту внимания. Куда модель смотрит, когда пишет первую цифру месяца в «сентябрь 2023, 14-е»?
#    Почему не обязательно на первую букву слова?
# 3. Почему Transformer, обученный до ста тысяч, ошибается на сотнях тысяч, хотя все слова ему знакомы? Какая часть
#    модели в этом виновата? Проверьте догадку опытом.

# %% [markdown] tags=["solution"]
# 1. Ни одной даты. Первые две цифры года («19», «20») верны всегда, а весь год, месяц и день — немногим чаще, чем
#    наугад. За восемь эпох сеть не успевает научиться складывать дату в одно состояние.
# 2. На одну из букв месяца или на соседний пробел. Энкодер двусторонний: состояние любой буквы слова помнит и её
#    соседей, так что месяц можно узнать по любой из них; важно лишь попасть внутрь слова.
# 3. Целиком не верна ни одна. Шестого токена ответа модель не писала никогда: вектор этого места остался случайным, а
#    после пятой цифры она видела только EOS. Проверить можно так: добавить в обучение немного длинных сумм.

# %% [markdown]
# ## Готово?
#
# Сохраните ноутбук, запустите в терминале `kafedra check`, потом `git push`. Результат придёт туда же. Опыты идут около
# минуты.

# %% [markdown]
# ## Сложнее
#
# Без баллов, для удовольствия.
#
# **А. Поиск лучом.** Жадный перевод берёт лучший токен, а нужен лучший ответ. Держите `beam` лучших начал сразу: на
# каждом шаге продолжите каждое всеми токенами и оставьте `beam` с наибольшей суммой логарифмов. Напишите для одной
# строки.


# %% tags=["solution"]
def beam_search(model: nn.Module, source: torch.Tensor, max_length: int, beam: int = 4) -> tuple[list[int], float]:
    """Источник (1, S) → лучший найденный ответ без BOS и EOS и логарифм его вероятности."""
    # BEGIN SOLUTION
    model.eval()
    alive, finished = [([BOS], 0.0)], []
    for _ in range(max_length):
        with torch.no_grad():
            inputs = torch.tensor([tokens for tokens, _ in alive])
            scores = model(source.expand(len(alive), -1), inputs)[0][:, -1].log_softmax(-1)  # (лучей, V)
        grown = [
            ([*tokens, token], total + score)
            for (tokens, total), row in zip(alive, scores.tolist(), strict=True)
            for token, score in enumerate(row)
        ]
        grown.sort(key=lambda one: -one[1])
        finished += [one for one in grown[:beam] if one[0][-1] == EOS]
        alive = [one for one in grown[:beam] if one[0][-1] != EOS]
        if not alive or (finished and max(score for _, score in finished) > alive[0][1]):
            break
    tokens, score = max(finished or alive, key=lambda one: one[1])
    return [token for token in tokens[1:] if token != EOS], score
    # END SOLUTION


# %%
def beams():
    if counter is None:
        raise NotImplementedError
    for source, _ in amounts.unseen[:20]:
        table = torch.tensor([source])
        one, few = (beam_search(counter, table, 8, beam) for beam in (1, 4))
        if one[0] != translate(counter, amounts, [(source, [])])[0]:
            return "с одним лучом должен получиться жадный перевод"
        if few[1] < one[1] - 1e-4:
            return "с четырьмя лучами ответ не может быть менее вероятным, чем с одним (на этих данных)"
    return None


ask("поиск лучом", beams)

# %% [markdown]
# **Б. Последнее слово без маски.** Уберите `padding_mask` из энкодера и обучите Transformer снова. Упадёт ли
# точность? Измените размер батча при переводе — изменятся ли ответы? Это самая коварная из ошибок этой домашки:
# обучение её почти не замечает.
#
# **В. Без позиций.** Уберите позиции только из декодера. Точность почти не упадёт: маска будущего сама выдаёт порядок
# — первое место видит один токен, второе — два ([Haviv и др., Transformer Language Models without Positional
# Encodings Still Learn Positional Information, 2022](https://arxiv.org/abs/2203.16634)). А из энкодера?
#
# **Г. Память ключей.** `decode` на каждом шаге заново считает все прошлые места. Сохраняйте ключи и значения прошлых
# шагов (*KV cache*) и считайте только последнее. Ответы должны совпасть до последнего токена, а время — упасть.
#
# **Д. Две цифры года.** Добавьте запись «14.9.23», где век надо угадать: годы у нас с 1950 до 2049. Сколько эпох нужно
# теперь?
