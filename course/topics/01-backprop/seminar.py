# %% [markdown]
# # Семинар 1. Свой autograd за час
#
# *Autograd* — код, который сам считает производные. Сегодня вы напишете то, что в PyTorch (библиотеке глубинного
# обучения; в коде — `torch`) спрятано за словом `backward`: класс `Value`, число, которое помнит, из чего получилось,
# и умеет сказать, как от него зависит ответ. Потом сверите его с torch и обучите на нём сеть.
#
# Нужны: производная, правило цепочки, классы Python. Времени — 80 минут; где сколько, сказано у каждого шага.
#
# **Как работать.** Идите сверху вниз. После каждой задачи есть ячейка-проверка: пока место пустое, она останавливает
# ноутбук и говорит, чего не хватает; если ответ неверный — что именно не сошлось и где искать.

# %% [markdown]
# ## Работа над ошибками (5 минут)
#
# Это первое занятие, и ошибок у нас пока нет. Со второго здесь будет то, что вы написали в форме после прошлого раза,
# и что мы с этим сделали.
#
# **Пять вопросов для разминки.** Ответьте устно, не дольше минуты на каждый.
#
# 1. Чему равна производная $x^2$ в точке $3$? А что это число говорит о том, как изменится $x^2$, если $x$ вырастет
#    на $0{,}01$?
# 2. Чему равна производная $(2x + 1)^2$ по $x$? Каким правилом вы пользовались?
# 3. Функция зависит от двух чисел: $f(u, v) = uv$. Как она меняется, если чуть изменить только $u$?
# 4. Что такое градиент и сколько в нём чисел?
# 5. Куда идти, чтобы функция уменьшалась: по градиенту или против?

# %% tags=["seed"]
SEED = 0

# %%
import itertools
import math
import random

import matplotlib.pyplot as plt
import torch
from matplotlib.ticker import ScalarFormatter
from sklearn.datasets import make_moons

ScalarFormatter.fix_minus = staticmethod(lambda text: text.replace("-", "−").replace(".", ","))  # на осях: −0,5

# %% [markdown]
# ## 1. Производная, когда формулы нет (5 минут)
#
# Пусть функция дана как чёрный ящик: можно только вычислить её значение. Чтобы узнать производную, пошевелим аргумент
# в обе стороны и посмотрим, на сколько изменился ответ:
#
# $$f'(x) \approx \frac{f(x + h) - f(x - h)}{2h}.$$
#
# Это *центральная разность*. Она нам ещё пригодится: ею мы будем проверять всё, что напишем дальше.
#
# **Задача.** `slope(f, x, h)` — центральная разность. Для $f(x) = x^3$ в точке $2$ должно выйти $12$ с ошибкой меньше
# $10^{-6}$.


# %% tags=["solution"]
def slope(f, x, h=1e-5):
    """Приближённая производная f в точке x."""
    # BEGIN SOLUTION
    return (f(x + h) - f(x - h)) / (2 * h)
    # END SOLUTION


# %% tags=["folded", "check"]
def attempt(code):
    """Результат code() или None, если там ещё пусто."""
    try:
        return code()
    except NotImplementedError:
        return None


EMPTY = "здесь пока пусто: допишите код в ячейке выше (raise NotImplementedError уберите) и выполните её"


def russian(number, digits=4):
    """Число с десятичной запятой, как в тексте."""
    mantissa, _, power = f"{number:.{digits}g}".partition("e")
    words = f"{mantissa} · 10^{int(power)}" if power else mantissa
    return words.replace(".", ",").replace("-", "−")


def check_slope():
    found = attempt(lambda: slope(lambda x: x**3, 2.0, 0.25))
    assert found is not None, f"slope: {EMPTY}"
    wrong = {
        13.5625: "это разность в одну сторону, (f(x + h) − f(x)) / h, а сдвигать нужно в обе",
        10.5625: "это разность в одну сторону, (f(x) − f(x − h)) / h, а сдвигать нужно в обе",
        24.125: "делить нужно на 2h: от x − h до x + h два шага",
        0.75390625: "запись / 2 * h делит на 2, а на h умножает: поставьте скобки, / (2 * h)",
        0.671875: "на 2h делят всю разность: возьмите её в скобки",
        12.0: "похоже, шаг h в вычислении не участвует: берите его из аргумента",
        -12.0625: "знак другой: из значения впереди вычитают значение позади",
    }
    for value, words in wrong.items():
        assert abs(found - value) > 1e-6, f"slope(x³, 2) с шагом h = 0,25 равно {russian(found, 6)}: {words}"
    assert abs(found - 12.0625) < 1e-9, (
        f"slope(x³, 2) с шагом h = 0,25 должно быть (2,25³ − 1,75³) / 0,5 = 12,0625, а получилось {russian(found, 6)}"
    )
    assert abs(slope(lambda x: x**3, 2.0) - 12) < 1e-6, "с шагом по умолчанию, 1e-5, должно выйти 12"


check_slope()
print("✓ slope:", slope(lambda x: x**3, 2.0))

# %% [markdown]
# Кажется, что этого хватит и для сети: пошевелим каждый вес. Но у сети с миллионом весов придётся два миллиона раз
# вычислить ответ, чтобы один раз их сдвинуть. Научимся получать все производные за один проход.

# %% [markdown]
# ## 2. Число, которое помнит (15 минут)
#
# Каждое вычисление разложим на простые шаги: сложить, умножить, взять $\tanh$. Про простой шаг легко сказать, как его
# результат зависит от каждого из входов. Сложение передаёт производную без изменений:
#
# $$c = a + b: \qquad \frac{\partial c}{\partial a} = 1, \quad \frac{\partial c}{\partial b} = 1.$$
#
# Умножение умножает её на *другой* множитель:
#
# $$c = a \cdot b: \qquad \frac{\partial c}{\partial a} = b, \quad \frac{\partial c}{\partial b} = a.$$
#
# Пусть `out.grad` — это уже известная производная ответа по `out` (в лекции её обозначала черта над буквой). Тогда
# вклад в производную по входу равен `out.grad`, умноженному на производную шага (правило цепочки). А если число
# использовали дважды, вклады *складываются*.
#
# Вместо `a + b` Python вызывает `a.__add__(b)`, вместо `a * b` — `a.__mul__(b)`. В методе `self` — это `a`, а `other` —
# `b`; если `b` — обычное число, первая строка метода делает из него `Value`. Когда обычное число стоит слева, как в
# `2 * x`, Python вызывает `x.__rmul__(2)`, а это у нас тот же метод.
#
# **Задача.** Допишите сложение и умножение. В каждом методе нужно создать `out` и функцию `push`, которая прибавит к
# `grad` каждого входа его вклад. Образец — `__neg__`.


# %% tags=["solution"]
class Value:
    """Число, которое помнит, из чего получилось. `grad` — производная ответа по этому числу."""

    def __init__(self, data, parents=(), name=""):
        self.data = float(data)
        self.grad = 0.0
        self.parents = parents
        self.name = name
        self.push = lambda: None  # передать свой grad родителям

    def __neg__(self):
        out = Value(-self.data, (self,), "−")

        def push():
            self.grad += -out.grad

        out.push = push
        return out

    def __add__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        # BEGIN SOLUTION
        # STUB: out = Value(0.0, (self, other), "+")
        # STUB:
        # STUB: def push():
        # STUB:     ...  # ваш код: чему равна сумма и какой вклад получает каждый вход
        # STUB:
        out = Value(self.data + other.data, (self, other), "+")

        def push():
            self.grad += out.grad
            other.grad += out.grad

        # END SOLUTION
        out.push = push
        return out

    def __mul__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        # BEGIN SOLUTION
        # STUB: out = Value(0.0, (self, other), "×")
        # STUB:
        # STUB: def push():
        # STUB:     ...  # ваш код
        # STUB:
        out = Value(self.data * other.data, (self, other), "×")

        def push():
            self.grad += other.data * out.grad
            other.grad += self.data * out.grad

        # END SOLUTION
        out.push = push
        return out

    def __sub__(self, other):
        return self + (-other)

    __radd__ = __add__
    __rmul__ = __mul__

    def __rsub__(self, other):
        return -self + other


# %% tags=["folded", "check"]
def pushed(operation, a, b, upstream=3.0):
    """Значение шага и производные по обоим входам, если сверху пришло upstream."""
    left, right = Value(a), Value(b)
    try:
        out = operation(left, right)
    except AttributeError as error:
        if "'push'" not in str(error):
            raise
        raise AssertionError("out — просто число, а должно быть Value: оно и запомнит, из чего получилось") from None
    assert out.parents in ((left, right), (right, left)), (
        "out не помнит, из чего получилось: его родители — (self, other)"
    )
    out.grad = upstream
    out.push()
    for share in (left.grad, right.grad):
        assert not isinstance(share, Value), "grad — просто число: в push умножайте на .data входа, а не на сам вход"
    return out.data, left.grad, right.grad


def check_operations():
    for name, operation, expected in (
        ("2 + 5", lambda a, b: a + b, (7.0, 3.0, 3.0)),
        ("2 × 5", lambda a, b: a * b, (10.0, 15.0, 6.0)),
    ):
        data, left, right = pushed(operation, 2.0, 5.0)
        assert (data, left, right) != (0.0, 0.0, 0.0), f"{name}: {EMPTY}"
        assert data == expected[0], f"{name}: значение {russian(data)}, а должно быть {russian(expected[0])}"
        shares = f"{russian(left)} и {russian(right)}"
        assert (left, right) != (expected[1] / 3, expected[2] / 3), (
            f"{name}: производные {shares} — это производные одного шага. Умножьте их на out.grad: правило цепочки"
        )
        assert (left, right) == expected[1:], (
            f"{name}: сверху пришло 3, входам досталось {shares}, "
            f"а должно {russian(expected[1])} и {russian(expected[2])}"
        )
    x = Value(4.0)
    out = x * x
    out.grad = 1.0
    out.push()
    assert x.grad == 8.0, (
        f"x·x при x = 4: производная {russian(x.grad)}, а должна быть 8. "
        "Число вошло дважды, и вклады складываются: += вместо ="
    )
    x = Value(4.0)
    out = x + x
    out.grad = 1.0
    out.push()
    assert x.grad == 2.0, (
        f"x + x: производная {russian(x.grad)}, а должна быть 2. Число вошло дважды, и вклады складываются: += вместо ="
    )


check_operations()
print("✓ сложение и умножение")

# %% [markdown]
# Осталась активация: без неё вся сеть, сколько слоёв ни поставь, была бы одной линейной функцией. Возьмём
# гиперболический тангенс; его производная выражается через него самого: $\tanh'(x) = 1 - \tanh^2(x)$ (вывод — в
# лекции).
#
# **Задача.** `tanh(x)` для `Value`. Значение считает `math.tanh`, но он берёт обычное число, `x.data`.


# %% tags=["solution"]
def tanh(x):
    """Гиперболический тангенс числа Value."""
    # BEGIN SOLUTION
    out = Value(math.tanh(x.data), (x,), "tanh")

    def push():
        x.grad += (1 - out.data**2) * out.grad

    out.push = push
    return out
    # END SOLUTION


# %% tags=["folded", "check"]
def check_tanh():
    x = Value(0.7)
    out = attempt(lambda: tanh(x))
    assert out is not None, f"tanh: {EMPTY}"
    assert isinstance(out, Value), f"tanh должен вернуть Value, а вернул {type(out).__name__}: граф оборвался"
    assert abs(out.data - math.tanh(0.7)) < 1e-12, (
        f"tanh(0,7) = {russian(out.data)}, а должно быть {russian(math.tanh(0.7))}"
    )
    assert out.parents == (x,), (
        "tanh: out не помнит, из чего получилось. Второй аргумент Value — кортеж родителей, здесь (x,), с запятой"
    )
    assert callable(out.push), "в out.push должна лежать сама функция: out.push = push, без скобок"
    out.grad = 2.0
    out.push()
    expected = 2 * slope(math.tanh, 0.7)
    assert x.grad != 0, "производная tanh равна нулю: присвоили ли вы функцию push числу out?"
    assert abs(x.grad - expected) < 1e-6, (
        f"сверху пришло 2, входу досталось {russian(x.grad)}, "
        f"а по центральной разности должно {russian(expected)}. "
        "Производная — (1 − tanh²), и её нужно умножить на out.grad"
    )
    x = Value(0.7)
    out = tanh(x)
    x.grad, out.grad = 1.0, 2.0  # в x уже пришёл вклад по другому пути
    out.push()
    assert abs(x.grad - (1 + expected)) < 1e-6, (
        f"в x уже лежала 1 с другого пути, tanh прибавляет {russian(expected)}, а вышло {russian(x.grad)}. "
        "Вклады складываются: += вместо ="
    )


check_tanh()
print("✓ tanh")

# %% [markdown]
# ## 3. В каком порядке идти назад (13 минут)
#
# Каждое число умеет передать свой `grad` родителям. Осталось позвать `push` у всех — и порядок оказывается важнее,
# чем кажется. Вот пример, в котором всё можно посчитать в уме:
#
# $$a = 2x, \qquad b = a^2, \qquad L = a + b, \qquad x = 3.$$
#
# Тогда $L = 2x + 4x^2$ и $\dfrac{dL}{dx} = 2 + 8x = 26$. Попробуем идти назад «как получится»: от ответа к родителям,
# от них к их родителям.


# %%
def diamond(start=3.0):
    x = Value(start, name="x")
    a = 2 * x
    a.name = "a"
    b = a * a
    b.name = "b"
    loss = a + b
    loss.name = "L"
    return x, a, b, loss


def clumsy(value):
    """Передать производную родителям и сразу идти дальше от каждого из них."""
    value.push()
    for parent in value.parents:
        clumsy(parent)


def clumsy_once(value, seen):
    """То же, но в каждое число заходим один раз."""
    if value in seen:
        return
    seen.add(value)
    value.push()
    for parent in value.parents:
        clumsy_once(parent, seen)


x, a, b, loss = diamond()
loss.grad = 1.0
clumsy(loss)
wrong_twice = x.grad

x, a, b, loss = diamond()
loss.grad = 1.0
clumsy_once(loss, set())
wrong_once = x.grad

print("как получится:                ", wrong_twice)
print("в каждое число по разу:       ", wrong_once)
print("должно быть:                   26.0")

# %% [markdown]
# Оба ответа неверны, и по одной причине. Число `a` передало свою производную в `x` раньше, чем собрало её целиком:
# вклад через `b` ещё не пришёл. В первом обходе `b = a * a` дважды возвращало нас в `a`, и оно передавало всё заново
# вместе с уже переданным: $2 + 26 + 26$. Во втором мы не вернулись вовсе.
#
# Есть у обхода «как получится» и вторая беда: он идёт по *путям*, а их много. Вот лестница, где каждый этаж — сумма
# прежнего с самим собой. Посчитаем, сколько раз зайдёт в числа неуклюжий обход и сколько — тот, что заходит в каждое
# однажды.


# %%
def ladder(floors):
    """x + x, потом сумма с собой, и так floors раз; путей от входа до ответа — 2 в степени floors."""
    value = Value(1.0, name="x")
    for _ in range(floors):
        value = value + value
    return value


def count_calls(value):
    """Сколько раз вызвал бы push обход, который от каждого числа сразу идёт к родителям."""
    return 1 + sum(count_calls(parent) for parent in value.parents)


def numbers(value, seen=None):
    """Сколько в графе чисел: столько раз достаточно вызвать push."""
    seen = set() if seen is None else seen
    if value not in seen:
        seen.add(value)
        for parent in value.parents:
            numbers(parent, seen)
    return len(seen)


clumsy_calls, orderly_calls = count_calls(ladder(10)), numbers(ladder(10))
print("по путям:            ", clumsy_calls)
print("по разу на число:    ", orderly_calls)

# %% [markdown]
# Ещё десять этажей — и первое число вырастет в тысячу раз, а второе — на десять.
#
# Правило: **число передаёт производную дальше только после того, как её получило от всех, кто его использовал**.
# Порядок, в котором родители всегда стоят раньше детей, называется *топологическим*; назад идём по нему с конца.
#
# **Задача.** `topological(value)` строит топологический порядок (родители — раньше). Зайдя в число, сначала заходят в
# его родителей и только потом записывают его в `order`; `seen` — числа, в которых уже были. Удобно завести внутри
# функцию `visit`, которая зовёт саму себя: тогда `order` и `seen` у всех её вызовов общие. `backward(loss)` берёт этот
# порядок, кладёт `loss.grad = 1` и зовёт `push` у всех с конца.


# %% tags=["solution"]
def topological(value):
    """Все числа, из которых получилось value, и оно само: родители раньше детей."""
    order, seen = [], set()
    # BEGIN SOLUTION
    # STUB: # ваш код: обойдите родителей, и только потом добавьте в order само число

    def visit(one):
        if one in seen:
            return
        seen.add(one)
        for parent in one.parents:
            visit(parent)
        order.append(one)

    visit(value)
    # END SOLUTION
    return order


# %% tags=["solution"]
def backward(loss):
    """Производная loss по всем числам, из которых оно получилось."""
    # BEGIN SOLUTION
    # STUB: ...  # ваш код: три строки
    loss.grad = 1.0
    for value in reversed(topological(loss)):
        value.push()
    # END SOLUTION


# %% tags=["folded", "check"]
def check_backward():
    x, *_, loss = diamond()
    order = topological(loss)
    assert order, f"topological: {EMPTY}. Если код там есть, начат ли обход с самого value? Список вышел пустым"
    assert len(set(order)) == 5, (
        f"в порядке не весь граф: {len(set(order))} из 5 чисел (x, двойка, a, b, L). "
        "Заходят в родителей каждого числа. "
        "Если topological зовёт саму себя, не пропал ли список, который вернул вложенный вызов?"
    )
    assert len(order) == 5, (
        f"чисел в графе 5 (x, двойка, a, b, L), а записей в order — {len(order)}. Помните ли вы, где уже были? "
        "Если topological зовёт саму себя, у каждого вызова свой seen: заведите внутри функцию visit, у неё он общий"
    )
    place = {value: number for number, value in enumerate(order)}
    for value in order:
        for parent in value.parents:
            assert place[parent] < place[value], (
                f"родитель «{parent.name or russian(parent.data)}» стоит в порядке после "
                f"«{value.name or russian(value.data)}». Число добавляют в order после его родителей"
            )
    backward(loss)
    assert loss.grad == 1.0, (
        f"backward: {EMPTY}. Первая строка — loss.grad = 1" if loss.grad == 0 else "loss.grad должно быть 1"
    )
    assert x.grad == 26.0, (
        f"dL/dx = {russian(x.grad)}, а должно быть 26. Идёте ли вы по порядку с конца? "
        "Стоят ли у вызова скобки, value.push()?"
    )
    x, *_, loss = diamond()
    x.grad, loss.grad = 4.0, 5.0  # осталось от прежних вызовов
    backward(loss)
    assert loss.grad == 1.0, (
        f"до вызова в loss.grad лежало 5, после — {russian(loss.grad)}. Его кладут равным 1, а не прибавляют единицу"
    )
    assert x.grad == 30.0, (
        f"в x.grad лежало 4, пришло 26, а стало {russian(x.grad)}. "
        "backward только прибавляет; обнулять будет другая функция, zero_grad"
    )


check_backward()
x, a, b, loss = diamond()
backward(loss)
right = x.grad
print("✓ dL/dx =", right)

# %% [markdown]
# ## 4. Посмотрим на граф (4 минуты)
#
# `draw(loss)` рисует, из чего получилось число: сверху в каждой вершине — значение, снизу — `grad`. Читать код
# необязательно.


# %% tags=["folded"]
def levels(value):
    """Расстояние каждого числа от входов."""
    level = {}
    for one in topological(value):
        level[one] = 1 + max((level[parent] for parent in one.parents), default=-1)
    return level


def draw(value, axes=None, title=""):
    level = levels(value)
    columns = {}
    for one, number in level.items():
        columns.setdefault(number, []).append(one)
    place = {
        one: (number * 1.7, (len(column) - 1) / 2 - row)
        for number, column in columns.items()
        for row, one in enumerate(column)
    }
    if axes is None:
        _, axes = plt.subplots(figsize=(5.8, 2.4))
    for one in level:
        for parent in one.parents:
            bend = -0.35 if level[one] - level[parent] > 1 else 0  # мимо чисел, которые стоят между ними
            style = {"arrowstyle": "->", "color": "C4", "shrinkA": 26, "shrinkB": 26}
            axes.annotate("", place[one], place[parent], arrowprops=style | {"connectionstyle": f"arc3,rad={bend}"})
    for one, (column, row) in place.items():
        words = f"{one.name + ' = ' if one.name else ''}{russian(one.data, 3)}\ngrad {russian(one.grad, 3)}"
        axes.text(column, row, words, ha="center", va="center", fontsize=11)
    width, height = max(level.values()) * 1.7, max(len(column) for column in columns.values())
    axes.set(xlim=(-0.8, width + 0.8), ylim=(-height / 2 - 0.1, height / 2 + 0.1), title=title)
    axes.axis("off")


x, a, b, loss = diamond()
_, panels = plt.subplots(2, 1, figsize=(5.8, 4.6))
draw(loss, panels[0], "до backward")
zeros_before = sum(one.grad == 0 for one in topological(loss))
backward(loss)
draw(loss, panels[1], "после backward")
plt.show()

# %% [markdown]
# Слева направо — прямой проход, справа налево — обратный. На верхнем рисунке все `grad` нулевые, и это не ошибка:
# производные появляются только после `backward`, а рисунок сделан раньше. Если ваш граф «показывает нули», проверьте
# три вещи: был ли вызван `backward`; не обнулили ли вы `grad` после него; тот ли это граф — после нового прямого
# прохода числа новые, и старые производные остались у старых.
#
# ## 5. Что будет, если позвать `backward` дважды (5 минут)
#
# Возьмём цепочку без развилок: $a = 2x$, $L = 3a$, то есть $\dfrac{dL}{dx} = 6$. Угадайте, что окажется в `x.grad`
# после второго вызова, и только потом выполните ячейку.

# %%
x = Value(1.0, name="x")
a = 2 * x
loss = 3 * a
backward(loss)
first_call = x.grad
backward(loss)
second_call = x.grad
times_more = second_call / first_call
print("после первого вызова: ", first_call)
print("после второго:        ", second_call)

# %% [markdown]
# Не вдвое больше, а втрое. После первого вызова `a.grad` равно 3; второй прибавил ещё 3 и передал в `x` уже 6,
# умноженное на 2, — а там лежало 6. Чем глубже число, тем сильнее оно исказится. PyTorch хранит производные только у
# *листьев* — чисел, с которых граф начинается: параметров и входов. Поэтому там второй вызов удваивает их;
# промежуточные он забывает, а чтобы граф дожил до второго вызова, нужно попросить `retain_graph=True`.
#
# Вывод один: перед каждым новым `backward` производные нужно обнулить.
#
# **Задача.** `zero_grad(values)` обнуляет `grad` у всех чисел из списка.


# %% tags=["solution"]
def zero_grad(values):
    """Забыть накопленные производные."""
    # BEGIN SOLUTION
    # STUB: ...  # ваш код
    for value in values:
        value.grad = 0.0
    # END SOLUTION


# %% tags=["folded", "check"]
def check_zero_grad():
    x = Value(1.0)
    a = 2 * x
    loss = 3 * a
    backward(loss)
    values = topological(loss)
    zero_grad(values)
    left = sum(one.grad != 0 for one in values)
    assert left < len(values), (
        f"zero_grad: {EMPTY}. Если код там есть, обнулено не то. Обнуляют value.grad, а не value и не value.data"
    )
    assert left == 0, f"zero_grad: не обнулён grad у {left} из {len(values)} чисел списка"
    backward(loss)
    assert x.grad == 6.0, f"после обнуления и второго backward x.grad = {russian(x.grad)}, а должно быть 6"


check_zero_grad()
print("✓ zero_grad")

# %% [markdown]
# ## 6. Верно ли всё это: сверка с torch и с разностями (10 минут)
#
# Соберём выражение подлиннее и сравним с torch. Вместо `Value` у него *тензоры* — таблицы чисел, здесь из одного числа;
# с `requires_grad=True` тензор тоже помнит, из чего что получилось.


# %%
def expression(x, y, squash):
    """Одно и то же выражение для Value и для тензоров torch."""
    u = squash(x * y + y)
    v = squash(u * u - x * 0.5)
    return u * v + v * v * y + x


ours = Value(0.8), Value(-1.3)
backward(expression(*ours, tanh))
theirs = [torch.tensor(value.data, dtype=torch.float64, requires_grad=True) for value in ours]
expression(*theirs, torch.tanh).backward()
torch_difference = max(abs(one.grad - other.grad.item()) for one, other in zip(ours, theirs, strict=True))
print(f"наибольшее расхождение с torch: {torch_difference:.1e}")

# %% [markdown]
# Расхождение — не больше нескольких единиц последнего знака. А если torch под рукой нет, выручит центральная
# разность. Насколько она точна и какой брать шаг? Кажется: чем меньше $h$, тем лучше. Проверим.
#
# **Задача.** `relative_error(h)` — насколько центральная разность с шагом `h` ошибается в производной выражения по
# $x$, в долях самой производной. Выражение как функция одного $x$ — `as_function`, точка прежняя, $x = 0{,}8$; точную
# производную `exact` мы только что получили.

# %%
exact = ours[0].grad


def as_function(x):
    """То же выражение как функция одного числа."""
    return expression(x, -1.3, math.tanh)


# %% tags=["solution"]
def relative_error(h):
    """|разность − точная| / |точная|."""
    # BEGIN SOLUTION
    return abs(slope(as_function, 0.8, h) - exact) / abs(exact)
    # END SOLUTION


# %% tags=["folded", "check"]
def check_relative_error():
    found = attempt(lambda: relative_error(1e-2))
    assert found is not None, f"relative_error: {EMPTY}"
    expected = abs(slope(as_function, 0.8, 1e-2) - exact) / abs(exact)
    assert found >= 0, f"относительная ошибка {russian(found, 2)} отрицательна: нужен модуль"
    assert abs(found - expected) < 1e-12, (
        f"при h = 0,01 получилось {russian(found)}, а должно {russian(expected)}. "
        "Делите ли вы на |точную производную|, в той же ли точке, 0,8, берёте разность и передаёте ли ей h?"
    )


check_relative_error()
print(f"✓ при h = 0,01 ошибка {relative_error(1e-2):.1e}, при h = 1e-5 — {relative_error(1e-5):.1e}")

# %%
steps = [10 ** (-power / 4) for power in range(2, 57)]
central = [relative_error(h) for h in steps]
forward = [abs((as_function(0.8 + h) - as_function(0.8)) / h - exact) / abs(exact) for h in steps]


def smooth_minimum(errors):
    """Шаг, вокруг которого ошибка наименьшая: среднее логарифмов по пяти соседним, чтобы не поймать случайный ноль."""
    logs = [math.log10(max(error, 1e-17)) for error in errors]
    means = [sum(logs[place - 2 : place + 3]) / 5 for place in range(2, len(logs) - 2)]
    best = min(range(len(means)), key=means.__getitem__)
    return steps[best + 2], 10 ** means[best]


best_h, best_error = smooth_minimum(central)
best_h_forward, best_error_forward = smooth_minimum(forward)
slope_central = math.log10(central[2] / central[6])  # на сколько порядков падает ошибка, когда h падает в 10 раз
slope_forward = math.log10(forward[2] / forward[6])
error_at_tiny_h = relative_error(1e-13)

_, axes = plt.subplots(figsize=(6.4, 3.4))
axes.loglog(steps, forward, "--", color="C1", label="в одну сторону")
axes.loglog(steps, central, color="C0", label="центральная")
axes.axvline(best_h, color="C4", linewidth=1, linestyle=":")
axes.set(xlabel="шаг h", ylabel="относительная ошибка", title="Ошибка проверки градиента")
axes.legend()
plt.show()
print(f"центральная: лучший шаг {best_h:.0e}, ошибка около него {best_error:.0e}")
print(f"в одну сторону: лучший шаг {best_h_forward:.0e}, ошибка около него {best_error_forward:.0e}")

# %% [markdown]
# Получилась буква U. Справа ошибку делает сама формула: она падает вместе с $h^2$ (у разности в одну сторону — с
# $h$). Слева ошибку делает компьютер: мы вычитаем почти равные числа, и верных знаков в разности почти не остаётся.
# Лучший шаг — там, где ветви встречаются. У дна кривая зубчатая: округление то попадает, то нет, и в отдельной точке
# ошибка бывает меньше случайно. Поэтому, выбирая лучший шаг, мы усреднили ошибку по пяти соседним точкам. Выводы
# формул — в лекции.
#
# ## 7. Сеть на двух лунах (15 минут)
#
# Нейрон умножает входы на веса, складывает произведения и смещение и пропускает сумму через $\tanh$. Слой — несколько
# нейронов, сеть — несколько слоёв; такую сеть называют многослойным перцептроном, MLP (multilayer perceptron).
#
# **Задача.** Допишите `Neuron.__call__`; его вызывает запись `neuron(x)`. Ответ нейрона —
# $\tanh\left(\sum_i w_i x_i + b\right)$; в последнем слое (`self.linear`) — сама сумма, без $\tanh$: её знак — ответ
# сети, а $\tanh$ возьмёт `mean_loss`, когда будет сравнивать с меткой $\pm 1$.


# %% tags=["solution"]
class Neuron:
    def __init__(self, inputs, linear=False):
        # случайные, чтобы нейроны различались; зачем делить на корень из числа входов, объяснит тема 2
        self.weights = [Value(random.uniform(-2, 2) / math.sqrt(inputs)) for _ in range(inputs)]
        self.bias = Value(0.0)
        self.linear = linear

    def __call__(self, x):
        # BEGIN SOLUTION
        total = sum((w * one for w, one in zip(self.weights, x, strict=True)), self.bias)
        return total if self.linear else tanh(total)
        # END SOLUTION

    def parameters(self):
        return [*self.weights, self.bias]


# %% tags=["folded", "check"]
def check_neuron():
    neuron = Neuron(2)
    for weight, value in zip([*neuron.weights, neuron.bias], (0.5, -2.0, 0.25), strict=True):
        weight.data = value
    out = attempt(lambda: neuron([1.0, 0.5]))
    assert out is not None, f"Neuron: {EMPTY}"
    assert isinstance(out, Value), f"нейрон должен вернуть Value, а вернул {type(out).__name__}: граф оборвался"
    assert abs(out.data - math.tanh(-0.25)) < 1e-12, (
        f"для w = (0,5; −2), b = 0,25, x = (1; 0,5) вышло {russian(out.data)}, а должно {russian(math.tanh(-0.25))}. "
        "Прибавлено ли смещение? Есть ли tanh?"
    )
    neuron.linear = True
    assert abs(neuron([1.0, 0.5]).data + 0.25) < 1e-12, "в последнем слое (linear) tanh не нужен: там сама сумма"
    backward(neuron([1.0, 0.5]))
    found = [value.grad for value in neuron.parameters()]
    assert found == [1.0, 0.5, 1.0], (
        f"производные линейного нейрона по весам и смещению — {'; '.join(map(russian, found))}, "
        "а должны быть 1; 0,5; 1: входы и единица. "
        "Если там нули, граф оборвался: складывать и умножать нужно сами числа Value, а не их .data"
    )


check_neuron()
print("✓ нейрон")


# %%
class MLP:
    """Сеть: sizes = (2, 12, 1) — два входа, двенадцать нейронов в скрытом слое, один выход."""

    def __init__(self, *sizes):
        last = len(sizes) - 2
        self.layers = [
            [Neuron(before, linear=place == last) for _ in range(after)]
            for place, (before, after) in enumerate(itertools.pairwise(sizes))
        ]

    def __call__(self, x):
        for layer in self.layers:
            x = [neuron(x) for neuron in layer]
        return x[0]

    def parameters(self):
        return [value for layer in self.layers for neuron in layer for value in neuron.parameters()]


random.seed(SEED)
points, labels = make_moons(n_samples=60, noise=0.1, random_state=SEED)  # (60, 2), (60,)
targets = [2 * label - 1 for label in labels.tolist()]  # −1 и 1
examples = list(zip(points.tolist(), targets, strict=True))
model = MLP(2, 12, 1)
n_parameters = len(model.parameters())
print("параметров:", n_parameters)


def mean_loss(model, batch):
    """Средний квадрат отклонения tanh(выход) от метки по примерам батча."""
    errors = [tanh(model(point)) - target for point, target in batch]
    return sum((error * error for error in errors), Value(0.0)) * (1 / len(errors))


def accuracy(model):
    hits = [(model(point).data > 0) == (target > 0) for point, target in examples]
    return sum(hits) / len(hits)


# %% [markdown]
# Считать по всем шестидесяти точкам каждый раз долго, поэтому шаг делают по нескольким случайным — по *батчу*.
#
# **Задача.** Один шаг спуска: вычислить потери батча, обнулить производные, пройти назад, сдвинуть каждый параметр
# *против* производной: на неё, умноженную на `lr` (это шаг обучения, $\eta$ из лекции). Вернуть потери числом. Обнулять
# нужно только параметры: промежуточные числа каждый прямой проход создаёт заново, и `grad` у них нулевой.


# %% tags=["solution"]
def training_step(model, batch, lr):
    """Один шаг градиентного спуска; возвращает потери до него."""
    # BEGIN SOLUTION
    loss = mean_loss(model, batch)
    zero_grad(model.parameters())
    backward(loss)
    for parameter in model.parameters():
        parameter.data -= lr * parameter.grad
    return loss.data
    # END SOLUTION


# %% tags=["folded", "check"]
def check_step():
    state = random.getstate()
    random.seed(1)
    tiny = MLP(2, 3, 1)
    random.setstate(state)
    batch = examples[:20]
    of_batch, of_all = mean_loss(tiny, batch).data, mean_loss(tiny, examples).data
    losses = attempt(lambda: [training_step(tiny, batch, 0.1) for _ in range(5)])
    assert losses is not None, f"training_step: {EMPTY}"
    assert isinstance(losses[0], float), f"вернуть нужно число loss.data, а вернулось {type(losses[0]).__name__}"
    assert abs(losses[0] - of_all) > 1e-9, "потери взяты по всем точкам, а нужны по батчу: mean_loss(model, batch)"
    assert abs(losses[0] - of_batch) < 1e-9, "первый шаг должен вернуть потери до сдвига параметров"
    assert losses[1] != losses[0], (
        "потери не меняются. Сдвигаете ли вы parameter.data? Не обнулены ли производные после backward, перед сдвигом?"
    )
    assert losses[1] < losses[0], "потери растут: сдвигать нужно против производной, со знаком минус"
    loss = mean_loss(tiny, batch)
    zero_grad(tiny.parameters())
    backward(loss)
    slopes = [parameter.grad for parameter in tiny.parameters()]
    starts = [parameter.data for parameter in tiny.parameters()]
    training_step(tiny, batch, 0.03)
    moves = [start - parameter.data for start, parameter in zip(starts, tiny.parameters(), strict=True)]
    still = sum(move == 0 for move in moves)
    assert still == 0, f"не сдвинулись параметры, {still} из {len(moves)}. Обойдены ли все model.parameters()?"
    for rate in (1.0, 0.1):
        if max(abs(move - rate * one) for move, one in zip(moves, slopes, strict=True)) < 1e-9:
            raise AssertionError(
                f"при lr = 0,03 параметр сдвинулся на {russian(rate)} · grad, а должен на 0,03 · grad: умножайте на lr"
            )
    off = max(abs(move - 0.03 * one) for move, one in zip(moves, slopes, strict=True))
    assert off < 1e-9, (
        f"параметры сдвинулись не туда, расхождение до {russian(off, 2)}. Обнулены ли производные перед backward? "
        "Иначе складываются старые и новые"
    )


check_step()
print("✓ шаг обучения")

# %%
history = []
loss_first = mean_loss(model, examples).data
for _ in range(200):
    batch = random.sample(examples, 10)
    history += [training_step(model, batch, 0.5)]
moons_accuracy = accuracy(model)
loss_last = mean_loss(model, examples).data
nodes_in_loss = len(topological(mean_loss(model, examples)))
print(f"потери по всем точкам: {loss_first:.3f} → {loss_last:.4f}; точность {moons_accuracy:.0%}")
print("чисел в графе:", nodes_in_loss)

# %%
_, (left, right_panel) = plt.subplots(1, 2, figsize=(6.2, 3.0), width_ratios=[1, 1.3])
left.plot(history, color="C0")
left.set(xlabel="шаг", ylabel="потери", title="Обучение", yscale="log")
side = 25
xs = [-1.6 + 4.2 * place / (side - 1) for place in range(side)]
ys = [-1.1 + 2.7 * place / (side - 1) for place in range(side)]
scores = [[math.tanh(model([one, other]).data) for one in xs] for other in ys]
right_panel.contourf(xs, ys, scores, levels=[-1, 0, 1], colors=["C0", "C1"], alpha=0.18)
right_panel.contour(xs, ys, scores, levels=[0], colors=["C4"], linewidths=1.2)
for sign, colour, marker in ((-1, "C0", "o"), (1, "C1", "^")):
    chosen = [point for point, target in zip(points.tolist(), targets, strict=True) if target == sign]
    right_panel.scatter(*zip(*chosen, strict=True), s=18, color=colour, marker=marker)
right_panel.set(xlabel="x₁", ylabel="x₂", title="Где сеть меняет мнение", yticks=[-1, 0, 1])
plt.show()

# %% [markdown]
# Граница изогнулась между лунами. Прямая так не может — это заслуга слоя $\tanh$ и ваших шестидесяти строк autograd.
#
# ## 8. Блиц и домашка (8 минут)
#
# Блиц — на экране; позже его можно пройти ещё раз на странице темы.
#
# **Домашка к следующему разу.** [`activations`](../../homework/activations/notebook.py): четыре функции активации
# своими руками. Сегодняшний `tanh` — хороший образец: значение считается одной строкой, а ошибаются в производной. И в
# домашке, и на следующем семинаре на смену числам придут тензоры с любым количеством осей; если вы с ними ещё не
# работали, пройдите
# [урок о тензорах](https://pytorch.org/tutorials/beginner/basics/tensorqs_tutorial.html) от авторов PyTorch.
#
# Хочется дойти до матриц? В [`backprop`](../../homework/backprop/notebook.py) вы напишете обратный проход настоящих
# слоёв и прибор, который находит в нём ошибки.
#
# Слишком легко? На странице темы есть раздел «Сложнее»: вторая производная, прямой режим и обмен памяти на время.
