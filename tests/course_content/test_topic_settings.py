"""How an experiment was set up: a chapter says it in words, and its seminar does it.

What came out is read from the executed notebook; here are the numbers that somebody chose, so that a chapter and a
seminar can't part. Where no notebook can be read, in summaries and questions, words say what came out; they are held
against the ranges that are proven on every seed.
"""

import re

import pytest
from tests.course_content.reports import HOMEWORK

from kafedra.course.topics import load_topic

TOPICS = HOMEWORK.parent / "topics"
SETTINGS = {
    "01-backprop": {
        "с двенадцатью нейронами в скрытом слое": "MLP(2, 12, 1)",
        "и *меткой* (верным ответом, $-1$ или 1) — уменьшаются с": "loss_first = mean_loss(model, examples)",
        "обход десяти этажей «по путям»": "count_calls(ladder(10)), numbers(ladder(10))",
        "А при $h = 10^{-13}$": "error_at_tiny_h = relative_error(1e-13)",
    },
    "02-training-loop": {
        "Возьмём сеть из двенадцати слоёв": "depth=12, width=64",
        "Через пятнадцать эпох": "EPOCHS = 15",
        "каждая на любую картинку твердит одну": "answers[name] = len(net(test_x).argmax(dim=-1).unique())",
        "из тридцати слоёв по 256 нейронов": "WIDTH, DEPTH, BATCH = 256, 30, 64",
        "первым из двадцати слоёв": "normal_weights(glorot, 20)",
        "На тридцати двух примерах": "train_x[:32], train_y[:32]",
        "`torch.optim.SGD(model.parameters(), lr=0.02)`": "torch.optim.SGD(net.parameters(), lr=0.02)",
    },
    "03-optimization": {
        "Сеть из шести слоёв": "DEEP = (64, 100, 100, 100, 100, 100, 10)",
        "из сорока одного": "torch.logspace(-4, 1, 41",
        "чтобы уменьшить функцию в миллион раз": "there = values < 1e-6 * values[0]",
        "овраг покруче, с $\\kappa = 1000$": "steep = torch.tensor([1.0, 1000.0]",
        "умножили градиенты на $10^{-3}$": "1e-3 * gradients",
        "двести весов, вначале равных 1, пять тысяч шагов": "lr, decay, count = 2e-3, 0.1, 5000",
        "За восемь эпох с таким шагом": "train_x, train_y, 8), test_x, test_y)",
        "взяли втрое меньше": "chosen_lr = edge_lr / 3",
        "$64 \\to 256 \\to 256 \\to 10$": "WIDE = (64, 256, 256, 10)",
        "примеров — 1300": "images[:1300], labels[:1300]",
        "сто подсетей, если усреднить их вероятности": "vote(thinned, test_x, 100)",
    },
    "04-cnn": {
        "на тысяче таких картинок": "scattered(images[:1000])",
        "Для двадцати слоёв поле 41": "DEPTH, SIDE, CHANNELS = 20, 61, 16",
        "из среднего квадрата $15 \\times 15$": "half = 7  # квадрат 15 × 15",
        "лучший шаг из 0,1; 0,3; 1; 3": "steps = (0.1, 0.3, 1.0, 3.0)",
        "пять свёрток на цифрах, SGD, шесть эпох": "lr, epochs=6)",
        "сеть из 42 слоёв": "depths = (2, 10, 20)  # блоков; слоёв 6, 22, 42",
        "Шум в 1 % на картинке": "noise *= 0.01 *",
    },
}
#: What the words promise of a figure: at least, at most.
OUTCOMES = {
    "02-training-loop": {
        "одна сеть выучивает всё, другая угадывает": {"accuracy_he": (0.9, 1), "accuracy_small": (0, 0.2)},
    },
    "03-optimization": {
        "Почему SGD с ним стоит, Adam идёт": {"sgd_torch": (0, 0.2), "adam_torch": (0.8, 1)},
        "спасает сеть?": {"gain_40": (0.1, 1)},
        "только Adam": {"adam_slower": (2, 100)},
    },
    "04-cnn": {
        "читает девять цифр из десяти, другая — меньше трети": {
            "accuracy_cnn": (0.85, 0.97),
            "accuracy_mlp": (0, 1 / 3),
        },
        "из каждых девяти её верных ответов осталось не больше трёх": {
            "accuracy_cnn": (0.85, 1),
            "accuracy_cnn_mixed": (0, 0.3),
        },
        "градиент вырос в десятки, а то и в сотни раз": {"plain_growth": (20, 2000)},
        "ошибалась чаще, чем отвечала верно": {"forgotten": (0, 0.45)},
        "отвечают хуже шести — и на обучающих картинках тоже": {"plain_6": (0.7, 1), "plain_42_train": (0, 0.6)},
    },
}


@pytest.mark.parametrize("topic", OUTCOMES)
def test_what_words_say_of_an_experiment_is_proven(topic: str) -> None:
    told = "".join((TOPICS / topic / name).read_text("utf-8") for name in ("topic.toml", "blitz.toml"))
    ranges = {figure.name: (float(figure.low), float(figure.high)) for figure in load_topic(TOPICS / topic).figures}
    for words, promised in OUTCOMES[topic].items():
        assert words in told, f"it reads otherwise now: {words}"
        for name, (low, high) in promised.items():
            assert low <= ranges[name][0] <= ranges[name][1] <= high, f"{words}: {name} lies in {ranges[name]}"


@pytest.mark.parametrize("topic", SETTINGS)
def test_a_chapter_says_what_its_seminar_does(topic: str) -> None:
    chapter = (TOPICS / topic / "lecture.md").read_text("utf-8").replace("\N{NO-BREAK SPACE}", " ")
    seminar = (TOPICS / topic / "seminar.py").read_text("utf-8")
    for words, code in SETTINGS[topic].items():
        assert words in chapter, f"the chapter reads otherwise now: {words}"
        assert code in seminar, f"the seminar does otherwise now: {words}"


def test_what_a_chapter_says_of_another_seminar() -> None:
    assert "последние три эпохи шли с шагом вдесятеро меньше" in (TOPICS / "03-optimization/lecture.md").read_text(
        "utf-8"
    )
    seminar = (TOPICS / "02-training-loop/seminar.py").read_text("utf-8")
    assert 'optimizer.param_groups[0]["lr"] /= 10' in seminar
    assert "for _ in range(EPOCHS - 3)]" in seminar


def test_sixty_lines_are_enough_for_autograd() -> None:
    """What topic 1 promises: a number that remembers, tanh, the order and the way back."""
    assert "хватит шестидесяти строк" in (TOPICS / "01-backprop/lecture.md").read_text("utf-8")
    source = (TOPICS / "01-backprop/seminar.py").read_text("utf-8")
    blanks = [cell for cell in source.split("# %%") if cell.startswith(' tags=["solution"]')]
    names = ("class Value", "def tanh", "def topological", "def backward")
    lines = [line.strip() for name in names for cell in blanks if f"\n{name}" in cell for line in cell.splitlines()[1:]]
    assert 50 < len([line for line in lines if line and not re.match(r'#|"""', line)]) <= 60
