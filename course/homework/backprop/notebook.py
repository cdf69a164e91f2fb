# %% [markdown]
# # Обратный проход
#
# Задание `backprop`. Тесты дают до 1 балла, а в зачёт идёт столько, сколько решил прогон: бывает, что и нисколько,
# для тренировки. Нужны: правило цепочки, умножение матриц, numpy. Правило и выкладки для слоя есть в лекции темы 1;
# здесь вы сделаете с матрицами то, что на семинаре делали с числами.
#
# **Зачем это.** Возьмём верный обратный проход и потеряем в одном его слое два слагаемых из трёх. Что станет с сетью?
# Обучится: у нас, в среднем трёх запусков, 95,9 % верных ответов вместо 97,1 %. Ничего не упало, потери убывают. По
# точности такую ошибку не заметить, а градиент неверен. Поэтому начнём не со слоёв, а с прибора, который её находит.
# <!-- = abs(mean(results["один путь из трёх"]) - 0.959) < 0.005 and abs(mean(results["верный"]) - 0.971) < 0.005 -->
#
# Потом напишете четыре слоя, прямой и обратный проход каждого, соберёте из них сеть любой глубины и обучите её. Ни
# одной производной за вас никто не посчитает: autograd в numpy нет. За этим он и взят.
#
# | что проверяется | баллы |
# |---|---|
# | проверка градиента: разность, ошибка, множитель, вердикт | 0,25 |
# | линейный слой и ReLU | 0,2 |
# | кросс-энтропия | 0,15 |
# | нормализация по батчу | 0,2 |
# | сеть целиком и её обучение | 0,2 |

# %% [markdown]
# ## Правила
#
# * Считать производные за вас никто не должен: `torch`, `jax`, `scipy.optimize` и готовый softmax брать нельзя. Весь
#   список — в `assignment.toml`. Numpy — весь ваш. <!-- forbidden -->
# * `…_forward` возвращает пару: ответ слоя и `cache`, то, что понадобится на обратном пути. Что в нём лежит, решаете
#   вы. <!-- test_linear_forward, test_relu_forward, test_cross_entropy_forward, test_batchnorm_forward -->
# * `…_backward(g, cache)` получает $g = \frac{\partial L}{\partial y}$, пришедшее сверху, и возвращает производные
#   потерь по входам слоя. Форма каждой — как у того, по чему берут производную. <!-- test_linear_backward_weights,
#   test_linear_backward_bias, test_batchnorm_backward_parameters -->
# * Слой может стоять в сети дважды: между прямым и обратным проходом его применят и к другим данным. Поэтому всё нужное
#   храните в `cache`, а не в глобальной переменной. <!-- test_linear_backward_input, test_relu_backward,
#   test_cross_entropy_backward, test_batchnorm_backward_input -->
# * Входы и `g` менять нельзя: они нужны и другим. И `cache` портить нельзя: второй обратный проход с тем же `cache`
#   даёт тот же ответ. <!-- test_relu_backward, test_layers_any_array, test_cross_entropy_any_array,
#   test_batchnorm_any_array -->
# * `float32` остаётся `float32`. Исключение — численная производная, она всегда `float64`. <!-- test_layers_any_array,
#   test_cross_entropy_any_array, test_batchnorm_any_array, test_numerical_gradient_any_array -->
# * Массив может лежать в памяти как угодно: по строкам, по столбцам, через одно. <!-- test_layers_any_array,
#   test_cross_entropy_any_array, test_batchnorm_any_array, test_numerical_gradient_any_array -->
#
# Если берёте идею или код из открытого источника, оставьте ссылку в комментарии. <!-- review -->

# %%
import math
from itertools import pairwise

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.ticker import ScalarFormatter

ScalarFormatter.fix_minus = staticmethod(lambda text: text.replace("-", "−").replace(".", ","))  # на осях: −0,5

# %% [markdown]
# Две функции, чтобы проверять себя. Выполните ячейку; читать её необязательно. `attempt` выполняет проверку и говорит,
# что не сошлось; `examine` сверяет ваш градиент с разностями, **вашими же**, и называет причину. Сама она ничего не
# дифференцирует: каков прибор, таков и диагноз.


# %% tags=["folded"]
def attempt(name, check):
    """Выполнить проверку; пока решения нет, сказать об этом спокойно."""
    try:
        problem = check()
    except NotImplementedError:
        print(f"… {name}: ждёт вашего кода")
        return
    except Exception as error:
        problem = f"{type(error).__name__}: {error}"
    print(f"✗ {name}: {problem}" if problem else f"✓ {name}")


def apart(got, expected, what):
    """Чем ответ отличается от того, что известно заранее; None, если ничем."""
    expected = np.asarray(expected, dtype=float)
    if got is None:
        return f"{what}: ничего не вернулось. Есть ли return?"
    if np.shape(got) != expected.shape:
        return f"{what}: форма {np.shape(got)} вместо {expected.shape}"
    if not np.allclose(got, expected, rtol=1e-6, atol=1e-6):
        return f"{what}: получилось {np.round(got, 4).tolist()}, а должно {np.round(expected, 4).tolist()}"
    return None


def diagnosis(error, k, batch):
    """Строка таблицы диагнозов, на которую это похоже."""
    known = {
        2: "в 2 раза больше: вклад прибавлен дважды или потеряна ½",
        0.5: "в 2 раза меньше: лишняя ½ или потерян один из двух вкладов",
        -1: "обратный знак",
        batch: "больше в размер батча: среднее заменено суммой",
        1 / batch: "меньше в размер батча: на него поделено дважды",
        0: "нули: градиент сюда не дошёл",
    }
    if math.isnan(error):
        return "NaN: что-то переполнилось или поделено на ноль"
    if math.isinf(error):
        return "форма не та: транспонировано? keepdims?"
    for factor, words in known.items():
        if abs(k - factor) < 1e-4 and abs(error - abs(factor - 1) / max(abs(factor), 1)) < 1e-3:
            return words
    if error < 1e-3:
        return "почти верно: излом рядом, float32 или неверный шаг h"
    return "направление не то: потерян путь или множитель, свой у каждого элемента"


def examine(forward, backward, inputs, names, extra=(), seed=0):
    """Сверить обратный проход с разностями: для каждого входа — ошибка, множитель и диагноз."""
    generator = np.random.default_rng(seed)
    y, cache = forward(*inputs, *extra)
    g = generator.normal(size=np.shape(y)) if np.ndim(y) else 1.0
    answer = backward(g, cache)
    answer = answer if isinstance(answer, tuple) else (answer,)
    try:
        numerical_gradient(lambda _: 0.0, np.zeros(1))
    except NotImplementedError:
        return "сверять пока нечем: сначала численная производная из пункта 1"
    if len(answer) != len(inputs):
        return f"обратный проход вернул {len(answer)}, а входов {len(inputs)}: {', '.join(names)}"
    problems = []
    for number, (name, x, found) in enumerate(zip(names, inputs, answer, strict=True)):

        def loss(moved, number=number):
            changed = [*inputs[:number], moved, *inputs[number + 1 :]]
            return (forward(*changed, *extra)[0] * g).sum()

        n = numerical_gradient(loss, x)
        error = gradient_error(np.asarray(found), n)
        if error <= 1e-6:
            print(f"  по {name}: ошибка {error:.0e}")
            continue
        k = gradient_scale(np.asarray(found), n) if np.shape(found) == np.shape(n) else math.nan
        print(f"  по {name}: ошибка {error:.2g}, k = {k:.3g}: {diagnosis(error, k, len(inputs[0]))}")
        problems.append(name)
    return f"неверна производная по {', '.join(problems)}" if problems else None


# %% [markdown]
# ## 1. Прибор: проверка градиента
#
# ### Численная производная
#
# Производная отвечает на вопрос «что будет, если чуть-чуть сдвинуть». Так и спросим, про каждый элемент массива $x$
# отдельно: сдвинем его на $h$ вперёд, потом назад, а остальные оставим на месте. Пусть $e_i$ — массив, где на месте $i$
# единица, а прочее — нули. *Центральная разность*:
#
# $$\frac{\partial f}{\partial x_i} \approx \frac{f(x + h e_i) - f(x - h e_i)}{2h}.$$
#
# В лекции выведено, почему она точнее разности в одну сторону и почему $h$ берут около $10^{-5}$: правее ошибается
# формула, левее — компьютер.
#
# **Задача.** `numerical_gradient(f, x, h=1e-5)`: `f` принимает массив той же формы, что $x$, и возвращает число. Ответ
# — массив `float64` той же формы, что $x$. Форма любая, и у числа без осей тоже. <!-- test_numerical_gradient,
# test_numerical_gradient_any_array -->
#
# * После вызова `x` — тот же до последнего знака. Прибавить $h$, а потом вычесть, мало: $x + h - h \ne x$. <!--
#   test_numerical_gradient_any_array, test_numerical_gradient -->
# * Если `x` пришёл во `float32`, считайте во `float64`: семи цифр на разность почти равных чисел не хватит. <!--
#   test_numerical_gradient_any_array -->
# * `x.reshape(-1)` — то вид на тот же массив, то копия, смотря как он лежит в памяти. Сдвинете копию — `f` этого не
#   увидит. `np.ndindex(x.shape)` перебирает места массива любой формы. <!-- test_numerical_gradient_any_array -->
#
# Например, для $f(x) = \sum x_i^3$ в точке $(1, -2)$ должно выйти $(3, 12)$, а при $h = 0{,}1$ — $(3{,}01,\ 12{,}01)$:
# у куба центральная разность ошибается ровно на $h^2$. <!-- test_numerical_gradient -->
# <!-- = np.allclose(numerical_gradient(lambda v: (v**3).sum(), np.array([1.0, -2.0]), h=0.1), [3.01, 12.01]) -->


# %% tags=["solution"]
def numerical_gradient(f, x, h=1e-5):
    """Центральная разность по каждому элементу x; float64, форма x."""
    # BEGIN SOLUTION
    x = np.array(x, dtype=np.float64)
    gradient = np.zeros(x.shape)
    for index in np.ndindex(x.shape):
        kept = x[index]
        x[index] = kept + h
        right = f(x)
        x[index] = kept - h
        left = f(x)
        x[index] = kept
        gradient[index] = (right - left) / (2 * h)
    return gradient
    # END SOLUTION


# %%
def wrong_difference():
    x = np.array([1.0, -2.0])
    cubes = lambda v: (v**3).sum()  # noqa: E731 - коротко и на своём месте
    slopes = numerical_gradient(lambda v: (v * [[1, 2], [3, 4]]).sum(), np.ones((2, 2), order="F"))
    return (
        apart(numerical_gradient(cubes, x), [3, 12], "Σx³ в (1, −2)")
        or apart(numerical_gradient(cubes, x, h=0.1), [3.01, 12.01], "то же при h = 0,1")
        or apart(slopes, [[1, 2], [3, 4]], "массив, который лежит по столбцам")
        or (None if (x == [1.0, -2.0]).all() else "x после вызова не тот, что был")
    )


attempt("численная производная", wrong_difference)

# %% [markdown]
# ### Насколько ошибается градиент
#
# Пусть $a$ — градиент, который посчитал ваш обратный проход, $n$ — разности. Расхождение $10^{-4}$ — много это или
# мало, зависит от самого градиента, поэтому ошибку берут в долях:
#
# $$\text{ошибка} = \frac{\lVert a - n \rVert}{\max(\lVert a \rVert,\ \lVert n \rVert,\ 10^{-3})},
# \qquad \lVert v \rVert = \sqrt{\textstyle\sum_i v_i^2}.$$
#
# Зачем $10^{-3}$? Когда производная равна нулю, и $a$, и $n$ — шум порядка $10^{-11}$, и отношение шума к шуму не
# говорит ничего. Ниже мы встретим именно такой градиент, и он будет верен.
#
# Одного числа хватает, чтобы *заметить* ошибку. Чтобы понять, *какая* она, нужно второе: во сколько раз $a$ длиннее
# $n$. Такой множитель, что $kn$ ближе всего к $a$, —
#
# $$k = \frac{\sum_i a_i n_i}{\sum_i n_i^2}$$
#
# (приравняйте нулю производную $\lVert a - kn \rVert^2$ по $k$).
#
# Источник: [CS231n, Gradient checks](https://cs231n.github.io/neural-networks-3/#gradcheck): там и ошибка в долях, и
# то, чем прибор можно обмануть.
#
# ![Градиент против разностей: верный — на прямой y = x, остальные — нет](pictures/diagnosis.png)
#
# Каждая точка — один элемент градиента. Верный лежит на прямой $a = n$; наклон прямой — это $k$. Если точки не на
# прямой, одним множителем не отделаться: потерян один из путей.
#
# **Задача.** Ошибка, множитель и вердикт, три функции. <!-- test_gradient_error, test_gradient_scale,
# test_check_gradient -->
#
# * `gradient_error(analytic, numeric)` — ошибка по формуле выше, число. Если формы разные, градиент точно неверен:
#   верните `math.inf`. Иначе numpy молча растянет $(3,)$ и $(3, 1)$ до $(3, 3)$. <!-- test_gradient_error -->
# * `gradient_scale(analytic, numeric)` — множитель $k$. Разности здесь не все нули. <!-- test_gradient_scale -->
# * `check_gradient(f, x, gradient, tolerance=1e-6)` — `True`, если ошибка градиента в точке $x$ не больше `tolerance`,
#   иначе `False`. Градиент с NaN неверен. <!-- test_check_gradient, test_check_gradient_subtle -->
#
# Например, если $a = 2n$, то ошибка $0{,}5$ и $k = 2$; если $a = -n$, то $2$ и $-1$; если $a = 0$, то $1$ и $0$. <!--
# test_gradient_error, test_gradient_scale -->
# <!-- = gradient_error(2 * np.ones(3), np.ones(3)) == 0.5 -->


# %% tags=["solution"]
def gradient_error(analytic, numeric):
    """Длина разности в долях большей из длин; бесконечность, если формы разные."""
    # BEGIN SOLUTION
    if analytic.shape != numeric.shape:
        return math.inf
    largest = max(np.linalg.norm(analytic), np.linalg.norm(numeric), 1e-3)
    return np.linalg.norm(analytic - numeric) / largest
    # END SOLUTION


# %% tags=["solution"]
def gradient_scale(analytic, numeric):
    """Число k, при котором k * numeric ближе всего к analytic."""
    # BEGIN SOLUTION
    return (analytic * numeric).sum() / (numeric * numeric).sum()
    # END SOLUTION


# %% tags=["solution"]
def check_gradient(f, x, gradient, tolerance=1e-6):
    """True, если gradient — градиент f в точке x."""
    # BEGIN SOLUTION
    return bool(gradient_error(gradient, numerical_gradient(f, x)) <= tolerance)
    # END SOLUTION


# %%
def wrong_error():
    n = np.array([3.0, -4.0])
    for a, error, words in ((2 * n, 0.5, "a = 2n"), (-n, 2, "a = −n"), (0 * n, 1, "a = 0"), (n / 4, 0.75, "a = n/4")):
        if problem := apart(gradient_error(a, n), error, f"ошибка, {words}"):
            return problem
    if problem := apart(gradient_error(1e-12 * n, -1e-12 * n), 0, "ошибка ничтожных градиентов"):
        return problem
    return None if gradient_error(n, n[:, None]) == math.inf else "формы (2,) и (2, 1) разные: нужна math.inf"


def wrong_scale():
    n = np.array([3.0, -4.0])
    for a, k, words in ((2 * n, 2, "a = 2n"), (-n, -1, "a = −n"), (n + [4, 3], 1, "a = n + поперечное")):
        if problem := apart(gradient_scale(a, n), k, f"множитель, {words}"):
            return problem
    return None


def wrong_checker():
    x = np.array([[0.5, -1.0], [2.0, 1.5]])
    squares = lambda v: (v**2).sum()  # noqa: E731 - коротко и на своём месте
    off = 2 * x
    off[1, 0] *= 1.01
    wrong = {
        "вдвое больший": 4 * x,
        "с обратным знаком": -2 * x,
        "с неверным элементом": off,
        "с NaN": x * math.nan,
    }
    verdict = check_gradient(squares, x, 2 * x)
    if not isinstance(verdict, bool | np.bool_):
        return f"нужен ответ True или False, а пришло {verdict!r}"
    if not verdict:
        return "верный градиент отвергнут"
    missed = [words for words, gradient in wrong.items() if check_gradient(squares, x, gradient)]
    return f"не замечен неверный градиент: {', '.join(missed)}" if missed else None


attempt("ошибка", wrong_error)
attempt("множитель", wrong_scale)
attempt("вердикт", wrong_checker)

# %% [markdown]
# ### Таблица диагнозов
#
# Вот что показывает прибор, когда ломают известное место. Выполните ячейку: ломаем градиент $f(W)$ — среднего квадратов
# $XW$ по батчу из восьми примеров.


# %%
def show_diagnoses():
    generator = np.random.default_rng(0)
    x, w = generator.normal(size=(8, 4)), generator.normal(size=(4, 3))
    n = numerical_gradient(lambda v: ((x @ v) ** 2).sum() / 8, w)
    noise = n + 0.2 * generator.normal(size=n.shape)
    table = {"верный": n, "2n": 2 * n, "8n": 8 * n, "n/8": n / 8, "−n": -n, "нули": 0 * n, "n и ещё что-то": noise}
    print(f"{'градиент':16}{'ошибка':>8}{'k':>8}")
    for name, a in table.items():
        print(f"{name:16}{gradient_error(a, n):8.3f}{gradient_scale(a, n):8.3f}")


try:
    show_diagnoses()
except NotImplementedError:
    print("… сначала напишите прибор")

# %% [markdown]
# | что видно | с чего начать |
# |---|---|
# | $k = 2$, ошибка 0,5 <!-- = given(0.5) --> | вклад прибавлен дважды; у квадрата потеряна $\frac12$ |
# | $k = B$, размеру батча | потери — среднее по батчу, а градиент не поделён на $B$ |
# | $k = 1/B$ | поделено дважды: делит функция потерь, слои — нет |
# | $k = -1$, ошибка 2 | знак: вычли не то из того или вернули шаг вниз вместо градиента |
# | $k = 0$, ошибка 1 | градиент не дошёл: маска всё обнулила, результат не передан дальше |
# | $k$ любой, ошибка большая | точки не на прямой: потерян путь, не тот множитель у каждого элемента |
# | ошибка $\infty$ | форма: `keepdims`, транспонированная матрица |
# | ошибка $10^{-5}$–$10^{-3}$ | верно, но прибор груб: `float32`, излом рядом, неверный шаг |
# | NaN | переполнение или деление на ноль |
#
# Дальше `examine` будет печатать эти два числа и строку таблицы для каждого вашего слоя.

# %% [markdown]
# ## 2. Линейный слой
#
# $X$ — батч, $B$ строк по $n$ чисел; $W$ — $n \times m$, $b$ — $m$ чисел. Слой считает $Y = XW + b$. Обозначения — те
# же, что в лекции; там же выведено, что делать с пришедшей сверху $G = \frac{\partial L}{\partial Y}$. Напомним ход:
# кто использовал $W_{kj}$? Числа $Y_{ij}$ для каждого примера $i$, с производной $X_{ik}$. Развилка складывает:
#
# $$\frac{\partial L}{\partial W_{kj}} = \sum_i X_{ik}\, G_{ij}.$$
#
# Что это за произведение матриц и каковы два других, подскажут размерности. Смещение $b_j$ прибавлено к каждой строке:
# его использовали все примеры. Вклады примеров складываются, и на размер батча слой **не** делит: это дело функции
# потерь.
#
# Источник: [Rumelhart, Hinton, Williams, Learning representations by back-propagating errors,
# 1986](https://www.nature.com/articles/323533a0).
#
# ![Сверху вправо — прямой проход, под каждым слоем его cache, снизу влево — обратный](pictures/chain.png)
#
# **Задача.** `linear_forward(x, w, b)` → `(y, cache)`; `linear_backward(g, cache)` → `(dx, dw, db)`, в этом порядке.
# Форма `db` — $(m,)$, а не $(1, m)$. <!-- test_linear_forward, test_linear_backward_input,
# test_linear_backward_weights, test_linear_backward_bias -->
#
# Пример из лекции: $X = (1\ \ 2)$, $W = \begin{pmatrix} 1 & 0 \\ -1 & 2 \end{pmatrix}$, $b = (0\ \ 1)$ дают
# $Y = (-1\ \ 5)$. Если $G = (2\ \ {-1})$, то производная по $X$ — $(2\ \ {-4})$, по $W$ —
# $\begin{pmatrix} 2 & -1 \\ 4 & -2 \end{pmatrix}$, по $b$ — $(2\ \ {-1})$. <!-- note -->


# %% tags=["solution"]
def linear_forward(x, w, b):
    """x (B, n), w (n, m), b (m,) → y (B, m) и cache."""
    # BEGIN SOLUTION
    return x @ w + b, (x, w)
    # END SOLUTION


# %% tags=["solution"]
def linear_backward(g, cache):
    """g (B, m) → производные по x (B, n), w (n, m), b (m,)."""
    # BEGIN SOLUTION
    x, w = cache
    return g @ w.T, x.T @ g, g.sum(axis=0)
    # END SOLUTION


# %%
def wrong_linear():
    x, w, b = np.array([[1.0, 2.0]]), np.array([[1.0, 0.0], [-1.0, 2.0]]), np.array([0.0, 1.0])
    return apart(linear_forward(x, w, b)[0], [[-1, 5]], "пример из лекции")


def wrong_linear_gradients():
    generator = np.random.default_rng(1)
    inputs = [generator.normal(size=shape) for shape in ((5, 4), (4, 3), (3,))]
    return examine(linear_forward, linear_backward, inputs, ("x", "w", "b"))


attempt("линейный слой", wrong_linear)
attempt("его обратный проход", wrong_linear_gradients)

# %% [markdown]
# ## 3. ReLU
#
# $y = \max(0, x)$ поэлементно: каждый ответ зависит от одного входа, и матриц не нужно. Где $x > 0$, производная 1,
# слева — 0; $g$ проходит или не проходит. В нуле производной нет: подойдёт любая доля $g$ от 0 до 1.
#
# Маску берут от входа, который был в прямом проходе, а не от $g$: градиент бывает и отрицательным.
#
# **Задача.** `relu_forward(x)` → `(y, cache)`, `relu_backward(g, cache)` → `dx`. Форма любая. <!-- test_relu_forward,
# test_relu_backward -->


# %% tags=["solution"]
def relu_forward(x):
    """max(0, x) и cache."""
    # BEGIN SOLUTION
    return np.maximum(x, 0), x > 0
    # END SOLUTION


# %% tags=["solution"]
def relu_backward(g, cache):
    """Производная по x, форма g."""
    # BEGIN SOLUTION
    return g * cache
    # END SOLUTION


# %%
def wrong_relu():
    return apart(relu_forward(np.array([-2.0, -0.5, 0.0, 3.0]))[0], [0, 0, 0, 3], "ReLU от (−2, −0,5, 0, 3)")


def wrong_relu_gradient():
    x = np.random.default_rng(2).normal(size=(4, 5))
    x[np.abs(x) < 0.01] = 0.5  # у самого излома разность ошибается, а не вы
    return examine(relu_forward, relu_backward, [x], ("x",))


attempt("ReLU", wrong_relu)
attempt("её обратный проход", wrong_relu_gradient)

# %% [markdown]
# ## 4. Кросс-энтропия
#
# Последний слой выдаёт *логиты*: строку чисел $z_1, \ldots, z_C$, по одному на класс, любых. Softmax делает из них
# вероятности, а потери — это $-\ln$ вероятности верного класса $t$, в среднем по батчу:
#
# $$p_k = \frac{e^{z_k}}{\sum_j e^{z_j}}, \qquad L = \frac1B \sum_{i=1}^{B} -\ln p_{i, t_i}.$$
#
# **Ловушка.** $e^{1000} = \infty$, а $e^{-1000} = 0$, и $\ln 0 = -\infty$. Вычтем из строки её максимум $M$:
# вероятности не изменятся (числитель и знаменатель делятся на $e^M$), а показатели станут не больше нуля. И логарифм не
# будем брать от готовой вероятности, а раскроем:
#
# $$-\ln p_t = -(z_t - M) + \ln \sum_j e^{z_j - M}.$$
#
# **Производная.** Для одного примера слагаемое $-z_t$ даёт $-1$ верному классу. Второе по $z_k$ даёт
# $\frac{e^{z_k}}{\sum_j e^{z_j}} = p_k$. Вместе: $p_k - 1$ у верного класса и $p_k$ у остальных. Осталось не забыть
# среднее по батчу и $g$, пришедшее сверху; здесь это просто число, обычно 1.
#
# **Задача.** `cross_entropy_forward(logits, labels)` → `(loss, cache)`: логиты $(B, C)$, метки — $B$ целых чисел от 0
# до
# $C - 1$, `loss` — число. `cross_entropy_backward(g, cache)` → производная по логитам, $(B, C)$. Логиты бывают порядка
# тысяч. <!-- test_cross_entropy_forward, test_cross_entropy_backward, test_cross_entropy_large -->
#
# Например, логиты $(\ln 1, \ln 2, \ln 5)$ — это вероятности $\frac18, \frac28, \frac58$. Если верный класс — последний,
# потери равны $\ln\frac85 \approx 0{,}47$, а производная — $(0{,}125,\ 0{,}25,\ {-0{,}375})$. <!-- note -->
# <!-- = round(np.log(8 / 5), 2) == 0.47 and [1 / 8, 2 / 8, 5 / 8 - 1] == [0.125, 0.25, -0.375] -->


# %% tags=["solution"]
def cross_entropy_forward(logits, labels):
    """Среднее −ln p верного класса (число) и cache."""
    # BEGIN SOLUTION
    shifted = logits - logits.max(axis=1, keepdims=True)
    log_p = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    return -log_p[np.arange(len(labels)), labels].mean(), (log_p, labels)
    # END SOLUTION


# %% tags=["solution"]
def cross_entropy_backward(g, cache):
    """g — число; производная по логитам, (B, C)."""
    # BEGIN SOLUTION
    log_p, labels = cache
    gradient = np.exp(log_p)
    gradient[np.arange(len(labels)), labels] -= 1
    return g * gradient / len(labels)
    # END SOLUTION


# %%
def wrong_loss():
    logits = np.log([[1.0, 2.0, 5.0]])
    for shift in (0, 1000, -1000):
        if problem := apart(cross_entropy_forward(logits + shift, np.array([2]))[0], math.log(8 / 5), f"сдвиг {shift}"):
            return problem
    return apart(cross_entropy_forward(np.array([[0.0, 1000.0]]), np.array([0]))[0], 1000, "логиты (0, 1000), класс 0")


def wrong_loss_gradient():
    logits, labels = np.random.default_rng(3).normal(size=(6, 4)), np.array([0, 3, 2, 1, 0, 2])
    _, cache = cross_entropy_forward(np.log([[1.0, 2.0, 5.0]]), np.array([2]))
    first, second = (np.array(cross_entropy_backward(1.0, cache)) for _ in range(2))
    if not np.array_equal(first, second):
        return "второй вызов с тем же cache дал другое: единица вычтена прямо в запомненном массиве?"
    return apart(cross_entropy_backward(1.0, cache), [[0.125, 0.25, -0.375]], "пример из условия") or examine(
        cross_entropy_forward, cross_entropy_backward, [logits], ("logits",), extra=(labels,)
    )


attempt("кросс-энтропия", wrong_loss)
attempt("её обратный проход", wrong_loss_gradient)

# %% [markdown]
# ## 5. Нормализация по батчу
#
# Слой, в котором ошибаются чаще всего. У каждого из $m$ признаков он вычитает среднее по батчу и делит на разброс:
#
# $$\mu = \frac1B \sum_i x_i, \qquad \sigma^2 = \frac1B \sum_i (x_i - \mu)^2, \qquad
# \hat x_i = \frac{x_i - \mu}{\sqrt{\sigma^2 + \varepsilon}}, \qquad y_i = \gamma \hat x_i + \beta.$$
#
# Формулы — для одного признака; у каждого свои $\mu$, $\sigma$, $\gamma$, $\beta$. Дисперсия смещённая: делят на $B$. ε
# стоит внутри корня, поэтому постоянный признак и батч из одного примера — не деление на ноль. Считать дисперсию как
# $\overline{x^2} - \mu^2$ нельзя: при большом среднем это разность двух огромных близких чисел. <!--
# test_batchnorm_forward, test_batchnorm_any_array --> Зачем нормализация нужна, расскажет тема 4; там же — второй
# режим, без батча. Здесь режим один.
#
# **Обратный проход.** Одно число $x_i$ действует на потери тремя путями: прямо, через $\mu$ и через $\sigma^2$. По
# путям складывают. Обозначим $s = \sqrt{\sigma^2 + \varepsilon}$ и $\tilde g_i = \gamma g_i$: это $g$, дошедшее до
# $\hat x_i$.
#
# ![От x к x̂ ведут три пути: прямой, через μ и через σ²; на стрелках — производные шагов](pictures/paths.png)
#
# * Прямо: $\hat x_i$ растёт с $x_i$ со скоростью $\frac1s$. Вклад $\frac1s\,\tilde g_i$.
# * Через $\sigma^2$. Сначала — сколько пришло в саму $\sigma^2$: её использовали все примеры, и
#   $\frac{\partial \hat x_j}{\partial \sigma^2} = (x_j - \mu) \cdot
#   \left(-\frac{1}{2s^3}\right) = -\frac{\hat x_j}{2s^2}$. Значит,
#   $\frac{\partial L}{\partial \sigma^2} = -\frac{1}{2s^2} \sum_j \tilde g_j \hat x_j$. Дальше:
#   $\frac{\partial \sigma^2}{\partial x_i} = \frac2B (x_i - \mu)$. Перемножьте и выразите $x_i - \mu$ через $\hat x_i$.
# * Через $\mu$: её тоже использовали все, $\frac{\partial \hat x_j}{\partial \mu} = -\frac1s$, а $\frac{\partial
#   \mu}{\partial x_i} = \frac1B$. (Есть ещё путь из $\mu$ в $\sigma^2$, но он даёт ноль: $\sum_j (x_j - \mu) = 0$.)
#
# Сложите три вклада. Проверить себя можно без прибора: сумма $\frac{\partial L}{\partial x_i}$ по батчу равна нулю.
# Сдвинуть все $x_i$ на одно и то же число — значит не изменить ничего.
#
# У $\gamma$ и $\beta$ всё как у веса и смещения: $\gamma$ умножают на $\hat x_i$, $\beta$ прибавляют, и оба раза для
# каждого примера.
#
# Источник: [Ioffe, Szegedy, Batch Normalization, 2015](https://arxiv.org/abs/1502.03167); формулы трёх путей — в её
# разделе 3.
#
# **Задача.** `batchnorm_forward(x, gamma, beta, eps=1e-5)` → `(y, cache)`: $x$ — $(B, m)$, $\gamma$ и $\beta$ — по $m$
# чисел. `batchnorm_backward(g, cache)` → `(dx, dgamma, dbeta)`, в этом порядке; формы двух последних — $(m,)$. <!--
# test_batchnorm_forward, test_batchnorm_backward_input, test_batchnorm_backward_parameters, test_batchnorm_any_array
# -->
#
# Например, признак $(1, 3)$ при $\gamma = 2$, $\beta = 1$, $\varepsilon = 0$: среднее 2, дисперсия 1, ответ $(-1, 3)$.
# <!-- note -->


# %% tags=["solution"]
def batchnorm_forward(x, gamma, beta, eps=1e-5):
    """x (B, m), gamma и beta (m,) → y (B, m) и cache."""
    # BEGIN SOLUTION
    mean = x.mean(axis=0)
    var = ((x - mean) ** 2).mean(axis=0)
    scale = 1 / np.sqrt(var + eps)
    normal = (x - mean) * scale
    return gamma * normal + beta, (normal, scale, gamma)
    # END SOLUTION


# %% tags=["solution"]
def batchnorm_backward(g, cache):
    """g (B, m) → производные по x (B, m), gamma (m,), beta (m,)."""
    # BEGIN SOLUTION
    normal, scale, gamma = cache
    above = g * gamma
    through_var = normal * (above * normal).mean(axis=0)
    dx = scale * (above - above.mean(axis=0) - through_var)
    return dx, (g * normal).sum(axis=0), g.sum(axis=0)
    # END SOLUTION


# %%
def wrong_batchnorm():
    x = np.array([[1.0, 10.0], [3.0, 30.0]])
    found = batchnorm_forward(x, np.array([2.0, 1.0]), np.array([1.0, 0.0]), eps=0.0)[0]
    return apart(found, [[-1, -1], [3, 1]], "признаки (1, 3) и (10, 30)") or apart(
        batchnorm_forward(x, np.ones(2), np.zeros(2), eps=3.0)[0][:, 0], [-0.5, 0.5], "признак (1, 3) при eps=3"
    )


def wrong_batchnorm_gradients():
    generator = np.random.default_rng(4)
    inputs = [3 * generator.normal(size=(7, 4)) + 2, generator.uniform(0.5, 2, size=4), generator.normal(size=4)]
    return examine(batchnorm_forward, batchnorm_backward, inputs, ("x", "gamma", "beta"))


attempt("нормализация", wrong_batchnorm)
attempt("её обратный проход", wrong_batchnorm_gradients)

# %% [markdown]
# ## 6. Сеть
#
# Сеть — список блоков `blocks`. Скрытый блок — словарь из четырёх массивов, `w`, `b`, `gamma`, `beta`, и слои в нём
# идут так: линейный, нормализация, ReLU. В последнем блоке только `w` и `b`: один линейный слой, за ним кросс-энтропия.
# Скрытых блоков бывает сколько угодно, и ни одного тоже.
#
# В прямом проходе складывайте `cache` в список. В обратном идите по нему с конца: `g`, которое вернул слой как
# производную по своему входу, — это `g` для слоя перед ним. Начните с единицы: $\frac{\partial L}{\partial L} = 1$.
#
# **Задача.** `loss_and_gradients(blocks, x, labels)` → `(loss, gradients)`, где `gradients` — список словарей с теми же
# именами, что в блоках, и в том же порядке. Сами параметры не меняйте: сдвигает их тот, кто учит. <!--
# test_network_gradients, test_network_any_depth -->


# %% tags=["solution"]
def loss_and_gradients(blocks, x, labels):
    """Потери сети (число) и градиенты по её параметрам: по словарю на блок."""
    # BEGIN SOLUTION
    caches = []
    for block in blocks[:-1]:
        x, linear = linear_forward(x, block["w"], block["b"])
        x, norm = batchnorm_forward(x, block["gamma"], block["beta"])
        x, relu = relu_forward(x)
        caches.append((linear, norm, relu))
    x, last = linear_forward(x, blocks[-1]["w"], blocks[-1]["b"])
    loss, cache = cross_entropy_forward(x, labels)
    g, dw, db = linear_backward(cross_entropy_backward(1.0, cache), last)
    gradients = [{"w": dw, "b": db}]
    for linear, norm, relu in reversed(caches):
        g, dgamma, dbeta = batchnorm_backward(relu_backward(g, relu), norm)
        g, dw, db = linear_backward(g, linear)
        gradients.append({"w": dw, "b": db, "gamma": dgamma, "beta": dbeta})
    return loss, gradients[::-1]
    # END SOLUTION


# %% tags=["folded"]
def new_network(sizes, generator):
    """Блоки сети перед обучением: веса Хе, смещения и beta — нули, gamma — единицы."""
    blocks = []
    for number, (n, m) in enumerate(pairwise(sizes), start=1):
        block = {"w": generator.normal(size=(n, m)) * math.sqrt(2 / n), "b": np.zeros(m)}
        if number < len(sizes) - 1:
            block |= {"gamma": np.ones(m), "beta": np.zeros(m)}
        blocks.append(block)
    return blocks


def wrong_network(sizes):
    generator = np.random.default_rng(5)
    blocks = new_network(sizes, generator)
    x, labels = generator.normal(size=(9, sizes[0])), np.arange(9) % sizes[-1]
    _, gradients = loss_and_gradients(blocks, x, labels)
    got, wanted = ([sorted(one) for one in some] for some in (gradients, blocks))
    if got != wanted:
        return f"нужен словарь на блок, с его именами и в том же порядке: {wanted}, а вышло {got}"
    for number, block in reversed(list(enumerate(blocks))):
        for name, value in block.items():

            def loss(moved, number=number, name=name):
                changed = [*blocks]
                changed[number] = blocks[number] | {name: moved}
                return loss_and_gradients(changed, x, labels)[0]

            n = numerical_gradient(loss, value)
            found = np.asarray(gradients[number][name])
            if found.shape != n.shape:
                return f"блок {number}, {name}: форма градиента {found.shape} вместо {n.shape}"
            error = gradient_error(found, n)
            if not error <= 1e-6:
                k = gradient_scale(found, n)
                return f"блок {number}, {name}: ошибка {error:.2g}, k = {k:.3g}: {diagnosis(error, k, 9)}"
    return None


# %%
attempt("сеть без скрытых блоков", lambda: wrong_network((4, 3)))
attempt("один скрытый блок", lambda: wrong_network((4, 5, 3)))
attempt("три скрытых блока", lambda: wrong_network((4, 6, 5, 4, 3)))

# %% [markdown]
# Если сети без скрытых блоков хватает, а с одним — нет, смотрите, кто за кем идёт назад. Если одного хватает, а трёх
# нет, посмотрите, свой ли `cache` у каждого блока.
#
# **Странный градиент.** Напечатаем градиент по смещению скрытого блока и разности.

# %%
try:
    generator = np.random.default_rng(6)
    blocks = new_network((4, 3, 3), generator)
    x, labels = generator.normal(size=(9, 4)), np.arange(9) % 3
    a = loss_and_gradients(blocks, x, labels)[1][0]["b"]
    n = numerical_gradient(
        lambda b: loss_and_gradients([blocks[0] | {"b": b}, blocks[1]], x, labels)[0], blocks[0]["b"]
    )
    print("обратный проход:", a)
    print("разности:       ", n)
    print("ошибка:         ", gradient_error(a, n))
except NotImplementedError:
    print("… ждёт вашего кода")

# %% [markdown]
# Оба — шум вокруг нуля, и это верно: нормализация вычитает среднее, а с ним и любое смещение. Оно ни на что не влияет,
# и учить его бесполезно; в настоящих сетях слой перед нормализацией создают без смещения. А без $10^{-3}$ в знаменателе
# прибор назвал бы этот верный градиент неверным.

# %% [markdown]
# ## 7. Обучение
#
# Рукописные цифры 8×8 из scikit-learn, тысяча на обучение, остальные 797 — на проверку. Сеть $64 \to 32 \to 32 \to 10$,
# шесть эпох SGD: шаг обучения 0,5, батч 50. Цикл уже написан: вся работа в нём — ваша `loss_and_gradients`.
# <!-- = test_whole.RATE == 0.5 -->
#
# Отвечая, сеть нормализует по тому батчу, который ей дали; здесь это сразу все проверочные цифры.
#
# **Порог.** Доля верных ответов, среднее трёх запусков, не меньше 93 %. У верного решения выходит около 97 %. На три
# обучения сервер даёт десять секунд; без циклов Python по примерам их хватает с избытком. <!-- test_network_learns -->
# <!-- = test_whole.LEAST == 0.93 and abs(mean(shares) - 0.97) < 0.01 and limits.test_seconds == 10 -->


# %% tags=["folded"]
def predict(blocks, x):
    """Класс с наибольшим логитом."""
    for block in blocks[:-1]:
        x, _ = linear_forward(x, block["w"], block["b"])
        x, _ = batchnorm_forward(x, block["gamma"], block["beta"])
        x, _ = relu_forward(x)
    return linear_forward(x, blocks[-1]["w"], blocks[-1]["b"])[0].argmax(axis=1)


def train(seed, lr=0.5, epochs=6, batch=50, sizes=(64, 32, 32, 10)):
    """Доля верных ответов после обучения и потери на каждом шаге."""
    from sklearn.datasets import load_digits

    digits = load_digits()
    generator = np.random.default_rng(seed)
    order = generator.permutation(len(digits.data))
    x, labels = digits.data[order] / 8 - 1, digits.target[order]
    blocks, losses = new_network(sizes, generator), []
    for _ in range(epochs):
        for rows in np.split(generator.permutation(1000), range(batch, 1000, batch)):
            loss, gradients = loss_and_gradients(blocks, x[:1000][rows], labels[:1000][rows])
            losses.append(loss)
            blocks = [
                {name: value - lr * gradient[name] for name, value in block.items()}
                for block, gradient in zip(blocks, gradients, strict=True)
            ]
    return (predict(blocks, x[1000:]) == labels[1000:]).mean(), losses


# %%
try:
    runs = [train(seed) for seed in range(3)]
    shares = [share for share, _ in runs]
    print("верных ответов:", ", ".join(f"{share:.1%}" for share in shares), f"— в среднем {np.mean(shares):.1%}")
    plt.figure(figsize=(6.4, 2.6), layout="constrained")
    for _, losses in runs:
        plt.plot(losses, linewidth=1)
    plt.xlabel("шаг")
    plt.ylabel("потери")
    plt.grid(alpha=0.25)
    plt.show()
except NotImplementedError:
    print("… ждёт вашего кода")

# %% [markdown]
# ## 8. Опыт: неверный градиент тоже учит
#
# Вернёмся к тому, с чего начали. Подменим обратный проход нормализации неверными и обучим ту же сеть. Прежде чем
# запускать, запишите прогноз: какая поломка страшнее? Пятнадцать обучений занимают меньше минуты.


# %% tags=["folded"]
def shares_with(kind, seeds=3):
    """Доли верных ответов сети, у которой обратный проход нормализации на время обучения подменён."""
    names = "batchnorm_forward", "batchnorm_backward"
    forward_right, backward_right = (globals()[name] for name in names)

    def forward(x, gamma, beta, eps=1e-5):
        y, cache = forward_right(x, gamma, beta, eps)
        return y, (cache, gamma / np.sqrt(x.var(axis=0) + eps))

    def backward(g, pair):
        cache, straight = pair
        dx, *rest = backward_right(g, cache)
        broken = {"вдвое больше": 2 * dx, "нули": 0 * dx, "обратный знак": -dx, "один путь из трёх": g * straight}
        return broken.get(kind, dx), *rest

    globals().update(zip(names, (forward, backward), strict=True))
    try:
        return [train(seed)[0] for seed in range(seeds)]
    finally:
        globals().update(zip(names, (forward_right, backward_right), strict=True))


# %%
results = {}
try:
    for kind in ("верный", "один путь из трёх", "вдвое больше", "нули", "обратный знак"):
        results[kind] = shares_with(kind)
        print(f"{kind:18} верных ответов: " + ", ".join(f"{share:.1%}" for share in results[kind]))
except NotImplementedError:
    print("… ждёт вашего кода")

# %% [markdown]
# У нас вышло в среднем 97,1 %, 95,9 %, 97,1 %, 80,1 % и 37,8 %. Вдвое больший градиент ничем не хуже верного: в первых
# слоях это просто другой шаг. И с нулями сеть кое-чему учится: последний слой, $\gamma$ и $\beta$ свои градиенты
# получают. Ни одна не упала и не выдала NaN. Поломку находят не по точности, а прибором, с которого вы начали.
# <!-- = all(abs(mean(shares) - wanted) < 0.01 for shares, wanted in zip(results.values(), (0.971, 0.959, 0.971, 0.801,
# 0.378))) and mean(abs(float(drawn) - mean(mean(losses[5 * k : 5 * k + 5]) for _, losses in runs)) for k, drawn in
# enumerate(pictures.LOSSES["верный"].split())) < 0.05 -->
#
# ![Потери падают и с верным градиентом, и с одним путём из трёх; с обратным знаком — нет](pictures/learning.png)

# %% [markdown]
# ## Готово?
#
# Сохраните ноутбук, запустите в терминале `kafedra check`, потом `git push`. Результат придёт туда же.

# %% [markdown]
# ## Сложнее
#
# Без баллов, для удовольствия.
#
# **А. Обходной путь.** Пусть скрытый блок считает $y = x + F(x)$, где $F$ — то, что он считал раньше, и ширина не
# меняется. Развилка складывает: что изменится в обратном проходе? Допишите и сверьте прибором. Какая часть $g$ доходит
# до первого блока, если все $F$ обнулить?
#
# **Б. Один вес в двух местах.** Поставьте один и тот же блок в список дважды. `loss_and_gradients` вернёт два
# градиента. Каков градиент по общим весам? Сверьте с разностями.
#
# **В. Цена прибора.** Сколько раз `numerical_gradient` вызовет `f` для сети $64 \to 32 \to 32 \to 10$? Во сколько раз
# обратный проход быстрее? Измерьте `time.perf_counter()` и сравните с ответом на бумаге.
#
# **Г. Проверка в случайном направлении.** Вместо всех элементов сдвиньте $x$ вдоль случайного вектора $v$ и сравните
# $\frac{f(x + hv) - f(x - hv)}{2h}$ с $\sum_i a_i v_i$. Это два вызова на весь градиент. Какие ошибки такая проверка
# пропустит и с какой вероятностью?
