"""What the captions of the chapters' pictures say in numbers is what the pictures show.

The pictures are drawn as on the pages, and read: a caption that promises something else fails here.
"""

from __future__ import annotations

import ast
import functools
import importlib.util
import inspect
import re
from collections.abc import Iterator
from types import ModuleType

import matplotlib as mpl
import matplotlib.pyplot as plt
import numpy as np
import pytest
from matplotlib.figure import Figure
from matplotlib.ticker import ScalarFormatter
from tests.course_content.reports import HOMEWORK

TOPICS = HOMEWORK.parent / "topics"


@functools.cache
def drawing(topic: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(f"pictures_{topic[:2]}", TOPICS / topic / "pictures.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@functools.cache
def figures(topic: str, name: str) -> list[Figure]:
    """Drawn once for all tests, which only look."""
    mpl.use("agg")
    drawn = getattr(drawing(topic), name)()
    plt.close("all")
    return drawn if isinstance(drawn, list) else [drawn]


class Drawn:
    """The pictures of a topic and the words that its chapter has for each."""

    def __init__(self, topic: str) -> None:
        self.topic = topic
        self.text = (TOPICS / topic / "lecture.md").read_text("utf-8").replace("\N{NO-BREAK SPACE}", " ")

    def words(self, picture: str) -> str:
        """What stands for a reader who doesn't see the picture, and its caption."""
        found = re.search(rf'!\[([^\]]*)\]\(pictures/{picture}\.svg "([^"]*)"\)', self.text)
        assert found, picture
        return " ".join(found.groups())

    def says(self, picture: str, *words: str) -> None:
        for one in words:
            assert one in self.words(picture), f"{picture}: the caption reads otherwise now"

    def figures(self, name: str) -> list[Figure]:
        return figures(self.topic, name)

    def everything(self) -> Iterator[tuple[str, Figure]]:
        module = drawing(self.topic)
        for name, function in inspect.getmembers(module, inspect.isfunction):
            if function.__module__ == module.__name__ and not name.startswith("_"):
                yield from ((name, figure) for figure in self.figures(name))


@pytest.fixture
def drawn(request: pytest.FixtureRequest) -> Drawn:
    return Drawn(request.param)


NAMES = ("01-backprop", "02-training-loop", "03-optimization", "04-cnn")
backprop, loop, optimization, cnn = (pytest.mark.parametrize("drawn", [topic], indirect=True) for topic in NAMES)


def texts(figure: Figure) -> str:
    return "\n".join(one.get_text() for axes in figure.axes for one in [*axes.texts, axes.title])


@pytest.mark.parametrize("drawn", NAMES, indirect=True)
def test_axes_with_numbers_have_a_name_and_decimal_commas(drawn: Drawn) -> None:
    for name, figure in drawn.everything():
        figure.draw_without_rendering()
        for axes in (axes for axes in figure.axes if axes.axison):
            for axis, title in ((axes.xaxis, ""), (axes.yaxis, axes.get_title())):
                labels = [label for label in axis.get_ticklabels() if re.fullmatch(r"[\W\d]+", label.get_text())]
                assert not [label for label in labels if set(label.get_text()) & set(".-")], name
                if any(label.get_visible() for label in labels) and len(labels) > 1:
                    assert axis.get_label_text() or title, f"{name}: the numbers along an axis are of what?"


@pytest.mark.parametrize("topic", NAMES)
def test_a_seminar_draws_decimal_commas(topic: str, monkeypatch: pytest.MonkeyPatch) -> None:
    usual = ScalarFormatter.fix_minus
    monkeypatch.setattr(ScalarFormatter, "fix_minus", staticmethod(usual))
    lines = map(ast.unparse, ast.parse((TOPICS / topic / "seminar.py").read_text("utf-8")).body)
    exec("\n".join(line for line in lines if re.match(r"(import|from) matplotlib|ScalarFormatter\.", line)), {})
    figure = Figure()
    axis = figure.add_subplot(ylim=(-0.5, 0.5), yticks=[-0.5, 0, 0.5]).yaxis
    figure.draw_without_rendering()
    assert [label.get_text() for label in axis.get_ticklabels()] == ["−0,5", "0,0", "0,5"]


@backprop
def test_the_graphs_of_topic_1(drawn: Drawn) -> None:
    x, w, b, y = 3, 0.5, 1, 4
    error = w * x + b - y
    shown = texts(*drawn.figures("neuron")).replace("−", "-").replace(",", ".")
    for value in (w * x, w * x + b, error, error**2, 2 * error, 2 * error * x, 2 * error * w):
        assert re.search(rf"(?<![\d.]){re.escape(f'{value:g}')}(?![\d.])", shown), value
    a = 2 * 3
    drawn.says("diamond", f"2·1 + 2·{2 * a}·1 = {2 * 1 + 2 * 2 * a * 1}")
    drawn.says("right_order_0", f"a = {a}, b = {a**2}, L = {a + a**2}")
    drawn.says("right_order_3", f"2a = {2 * a}", f"1 + {2 * a} = {1 + 2 * a}")
    drawn.says("right_order_4", f"{1 + 2 * a} · 2 = {2 * (1 + 2 * a)}")
    drawn.says("wrong_order_2", "1 · 2 = 2")
    drawn.says("wrong_order_3", f"у a {1 + 2 * a}", f"верный ответ {2 * (1 + 2 * a)}")
    assert f"a = {a}\n{1 + 2 * a}" in texts(drawn.figures("right_order")[3])


@backprop
def test_the_letter_u(drawn: Drawn) -> None:
    drawn.says("u_curve", "у центральной дно ниже и правее", "наклон правой ветви — степень h")
    (figure,) = drawn.figures("u_curve")
    bottoms = {}
    for line, power in zip(figure.axes[0].lines, (1, 2), strict=True):
        h, error = (np.asarray(one) for one in line.get_data())
        right = (h > 1e-3) & (h < 1e-1)
        assert np.polyfit(np.log(h[right]), np.log(error[right]), 1)[0] == pytest.approx(power, abs=0.02)
        bottoms[power] = (h[error.argmin()], error.min())
    assert bottoms[2][0] > bottoms[1][0]
    assert bottoms[2][1] < bottoms[1][1]


@loop
def test_thirty_layers_by_their_spread(drawn: Drawn) -> None:
    drawn.says("activations", "у сигмоиды не выше 1/4, у tanh не выше 1, у ReLU ноль или единица")
    slopes = [np.nanmax(line.get_ydata()) for line in drawn.figures("activations")[0].axes[1].lines[:3]]
    assert slopes == pytest.approx([0.25, 1, 1])
    ends = []
    for figure in drawn.figures("scales"):
        (main,) = [line for line in figure.axes[0].lines if line.get_linewidth() == 3]
        ends.append(float(main.get_ydata()[-1]))
    drawn.says("scales_0", "до 10 в минус 23-й", "меньше пятой части")
    drawn.says("scales_1", "до 10 в минус 14-й")
    drawn.says("scales_5", "до 10 в десятой", "десять порядков", "Втрое больше Ксавье")
    assert [round(np.log10(ends[place])) for place in (0, 1, 5)] == [-23, -14, 10]
    assert 0.25 / np.sqrt(2) < 1 / 5
    drawn.says("scales_2", "до трёх стотысячных")
    assert round(ends[2] * 1e5) == 3
    drawn.says("scales_3", "около единицы")
    assert 1 / 3 < ends[3] < 3
    drawn.says("scales_4", "почти до тридцати тысяч")
    assert 25_000 < ends[4] < 30_000


@optimization
def test_the_ravine_with_its_steps_and_momenta(drawn: Drawn) -> None:
    def gone(figure: Figure) -> tuple[float, float, np.ndarray]:
        """What share of the way along the bottom is done, how far beyond the minimum it went, and the way across."""
        x, y = (np.asarray(one) for one in figure.axes[0].lines[0].get_data())
        return 1 - x[-1] / x[0], x.max(), y

    steps = [gone(figure) for figure in drawn.figures("steps")]
    drawn.says("steps_0", "десятую часть пути")
    drawn.says("steps_1", "треть", "шаг вчетверо больше")
    assert [one[0] for one in steps[:2]] == pytest.approx([1 / 10, 1 / 3], abs=0.01)
    drawn.says("steps_2", "перескакивает дно, но всё ближе к нему")
    assert (np.sign(steps[2][2][:5]) == [1, -1, 1, -1, 1]).all()
    drawn.says("steps_3", "на 2 % за шаг")
    assert np.abs(steps[3][2][1] / steps[3][2][0]) == pytest.approx(0.98)
    drawn.says("steps_4", "чуть больше 2/100", "расходится")
    assert (np.diff(np.abs(steps[4][2])) > 0).all()

    momenta = [gone(figure) for figure in drawn.figures("momenta")]
    speeds = np.log([1 - one[0] for one in momenta[:3]]) / np.log(1 - momenta[0][0])
    drawn.says("momenta_0", "пройдена треть")
    drawn.says("momenta_1", "прошёл больше половины", "вдвое быстрее")
    drawn.says("momenta_2", "почти дошёл", "впятеро быстрее")
    assert momenta[1][0] > 1 / 2
    assert momenta[2][0] > 0.85
    assert speeds == pytest.approx([1, 2, 5], rel=0.15)
    drawn.says("momenta_3", "пронесла немного дальше")
    drawn.says("momenta_4", "пролетают насквозь")
    assert 0 < momenta[3][1] < 9 / 5
    assert momenta[4][1] > 9 / 2


@optimization
def test_lines_turns_and_noise(drawn: Drawn) -> None:
    (speed,) = drawn.figures("speed")
    for line, power in zip(speed.axes[0].lines, (1, 0.5), strict=True):
        kappa, steps = (np.log(one)[30:] for one in line.get_data())
        assert np.polyfit(kappa, steps, 1)[0] == pytest.approx(power, abs=0.01)

    drawn.says("turned", "к минимуму, справа топчется у начала", "шестьдесят шагов")
    ways = [np.hypot(*axes.lines[0].get_data()) for axes in drawn.figures("turned")[0].axes]
    assert [len(way) for way in ways] == [61, 61]
    assert ways[0][-1] < 0.1
    assert ways[1][-1] > 0.8 * ways[1][0]

    drawn.says("noise_ball", "При η = 0,2 разброс 0,33, при η = 0,02 — 0,10", "втрое слабее")
    predicted = [np.sqrt(lr / (2 - lr)) for lr in (0.2, 0.02)]
    assert predicted == pytest.approx([0.33, 0.10], abs=0.005)
    assert predicted[0] / predicted[1] == pytest.approx(3, abs=0.4)
    shaken = [np.std(line.get_ydata()[350:]) for line in drawn.figures("noise_ball")[0].axes[0].lines[:2]]
    assert shaken == pytest.approx(predicted, rel=0.3)

    drawn.says("smoothing", "при отрыве около 4,5", "наименьшие потери — 0,50")
    plain, smooth, lowest = drawn.figures("smoothing")[0].axes[0].lines
    assert lowest.get_data()[0][0] == pytest.approx(4.51, abs=0.005)
    assert min(smooth.get_ydata()) == pytest.approx(0.50, abs=0.005)
    assert min(plain.get_ydata()) < 1e-4


@optimization
def test_the_neurons_that_are_left(drawn: Drawn) -> None:
    drawn.says("subnetworks_0", "три нейрона первого скрытого слоя и три второго")
    assert "живы 3 и 3 из 5" in texts(drawn.figures("subnetworks")[0])


@cnn
def test_a_kernel_walks_and_its_sizes(drawn: Drawn) -> None:
    image, kernel = np.array([[0, 0, 0, 1, 1]] * 5), np.array([[-1, 0, 1]] * 3)
    answer = [int((image[i : i + 3, j : j + 3] * kernel).sum()) for i in range(3) for j in range(3)]
    assert answer == [0, 3, 3] * 3
    drawn.says("walk_0", "одно число, 0")
    drawn.says("walk_1", "второе число ответа — 3")
    drawn.says("walk_2", "третье число — 3")
    drawn.says("walk_3", "четвёртое число — 0")
    drawn.says("walk_4", "в каждой строке 0, 3, 3")
    drawn.says("sizes", "из семи выходит пять, с полями из семи семь, с шагом два — четыре")
    assert re.findall(r"положений (\d)", texts(*drawn.figures("sizes"))) == ["5", "7", "4"]


@cnn
def test_the_field_and_the_spot_in_it(drawn: Drawn) -> None:
    fields, spreads = [], []
    for figure in drawn.figures("influence"):
        fields.append(re.findall(r"поле (\d+ × \d+)", texts(figure)))
        spreads.append(float(re.findall(r"отклонение ([\d,]+)", texts(figure))[0].replace(",", ".")))
    for place, depth in enumerate((1, 2, 4, 8, 16, 32)):
        field = f"{2 * depth + 1} × {2 * depth + 1}"
        drawn.says(f"influence_{place}", f"поле {field}")
        assert fields[place] == [field]
        assert spreads[place] == pytest.approx(np.sqrt(2 * depth / 3), abs=0.05)
    drawn.says("influence_1", "в середину ведёт девять путей, в угол — один")
    drawn.says("influence_4", "поле выросло вдвое, пятно — в 1,4 раза")
    assert np.sqrt(16 / 8) == pytest.approx(1.4, abs=0.02)


@cnn
def test_the_step_is_perpendicular_and_the_columns_are_the_papers(drawn: Drawn) -> None:
    arrows = [one for one in drawn.figures("perpendicular")[0].axes[0].texts if hasattr(one, "arrow_patch")]
    w, step = (np.subtract(one.xy, one.xyann) for one in arrows[:2])
    assert w @ step == pytest.approx(0, abs=1e-9)
    assert np.hypot(*(w + step)) > np.hypot(*w)
    drawn.says("imagenet", "AlexNet 15,3 и 8 слоёв, VGG 7,3 и 19, GoogLeNet 6,7 и 22, ResNet 3,6 и 152")
    shown = texts(*drawn.figures("imagenet"))
    for error, layers in (("15,3", 8), ("7,3", 19), ("6,7", 22), ("3,6", 152)):
        assert f"{error} %\nслоёв: {layers}" in shown
    for sourced in ("в 15,3 % случаев", "при ошибке 6,7 % против 7,3 %"):
        assert sourced in drawn.text
