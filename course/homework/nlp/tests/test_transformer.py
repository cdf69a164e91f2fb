"""Transformer: 1 балл.

Пороги. По пять запусков каждого решения из solutions/, семь эпох; доля переведённых целиком у одного запуска (баллы
ставятся по среднему трёх, его σ в √3 раз меньше):

                                     среднее     σ       наименьшее   порог    запас (в σ среднего трёх)
    суммы, solutions/textbook.py       0,963     0,009      0,950       0,60       70
    суммы, solutions/by_hand.py        0,967     0,018      0,950       0,60       36

Ответ, выученный наизусть (mutants/memoriser.py, ближайший сосед), и готовый разбор числительных — около нуля.
"""

import experiments
import pytest
from anatomy import Anatomy
from answers import moved
from models import (
    FELT,
    SOURCE_SIZE,
    beginnings,
    check_crossings,
    check_gradients,
    check_padding,
    check_prefix,
    check_source,
    check_weights,
    run,
    tokens,
)

from kafedra.testing import check

NAME, SMALL = "TransformerModel", {"dim": 8, "heads": 2, "layers": 2}
ONE_LAYER = {"dim": 8, "heads": 2, "layers": 1}


@pytest.mark.points("0.15")
def test_transformer_parts(submission, rng):
    """Transformer: в каждом слое внимание, перцептрон, LayerNorm и обходные пути; слои — один за другим

    Слой энкодера: x + MHA(LN(x)), потом x + W₂ relu(W₁ LN(x)); в слое декодера между ними второе внимание, на энкодер.
    LayerNorm может стоять и после сложения. Каждое внимание — ваша MultiHeadAttention. Слой получает ответ предыдущего.
    """
    inside = Anatomy(submission, NAME, rng)
    inside.check_parts()
    inside.check_chain()
    inside.check_bypass()
    inside.check_norms()


@pytest.mark.points("0.1")
def test_transformer_prefix(submission, rng):
    """Transformer: логиты места t зависят от токенов 0 … t, и только от них

    Модель (source, target_in) → (logits, weights), как у RNN. Меняем конец target_in: логиты до этого места прежние,
    после — другие.
    """
    check_prefix(submission, NAME, SMALL, rng)


@pytest.mark.points("0.1")
def test_transformer_padding(submission, rng):
    """Transformer: пады и соседи по батчу ничего не меняют

    Одна и та же строка, сама по себе и в батче с длинными, даёт одни и те же логиты. Маска падов нужна и внутри
    энкодера, и там, где декодер смотрит на источник.
    """
    blame = "слова энкодера смотрят на пады", "padding_mask(source) нужна и внутри энкодера"
    check_padding(submission, NAME, SMALL, rng, blame)


@pytest.mark.points("0.1")
def test_transformer_weights(submission, rng):
    """Transformer: веса внимания на источник

    Второе значение — веса последнего слоя декодера на слова источника, (B, T, S): среднее по головам. Сумма —
    единица, на падах — нули.
    """
    check_weights(submission, NAME, SMALL, rng)
    check_crossings(submission, NAME, {"dim": 8, "heads": 2, "layers": 3}, rng)


@pytest.mark.points("0.1")
def test_transformer_positions(submission, rng):
    """Transformer: порядок слов важен, в источнике и в ответе

    Само внимание порядка не знает. Без позиций в энкодере перестановка слов источника ничего не меняет; без позиций в
    однослойном декодере — перестановка написанных токенов.
    """
    check_source(submission, NAME, SMALL, rng)
    source, target_in = tokens((1, 5), SOURCE_SIZE, rng), beginnings((1, 5), rng)
    target_in[0, 1], target_in[0, 2] = 3, 4
    swapped = target_in[:, [0, 2, 1, 3, 4]]
    (first, _), (second, _) = run(submission, NAME, ONE_LAYER, [(source, target_in), (source, swapped)], NAME)
    felt = moved(first[:, 3:], second[:, 3:], (0, 2)) > FELT
    check.that(
        bool(felt.all()),
        f"{NAME}: написанные токены переставлены, а логиты следующего места те же: декодер не "
        "знает порядка\nпохоже: к токенам ответа не прибавлены места (позиции); слой здесь один",
    )


@pytest.mark.hidden
@pytest.mark.points("0.1")
def test_transformer_layers(submission, rng):
    """Transformer: слоёв столько, сколько просили, и все учатся

    У трёх слоёв обучаемых чисел больше, чем у двух, и на столько же, на сколько у двух больше, чем у одного. Градиент
    доходит до каждого. Строки длиной до 64 — не предел.
    """
    counts = []
    for layers in (1, 2, 3):
        options = {"dim": 8, "heads": 2, "layers": layers}
        counts.append(check_gradients(submission, NAME, options, rng, f"{NAME}(layers={layers})"))
    one, two, three = counts
    call = f"{NAME}: второй слой не добавил обучаемых чисел, их {one} и при одном слое, и при двух"
    why = "похоже: слои лежат в обычном списке вместо nn.ModuleList, или это один и тот же слой дважды"
    check.that(two > one, f"{call}\n{why}")
    check.that(three - two == two - one, f"{NAME}: обучаемых чисел {one}, {two} и {three} при одном, двух и трёх слоях")
    source, target_in = tokens((2, 64), SOURCE_SIZE, rng), beginnings((2, 64), rng)
    run(submission, NAME, SMALL, [(source, target_in)], f"строки из 64 токенов, {NAME}")


@pytest.mark.points("0.35")
@pytest.mark.long
def test_amounts(submission, rng):
    """Суммы прописью: обученная модель переводит незнакомые числа

    Три запуска: новые суммы, новые номера слов и цифр. Модель, обученная вашей train, читает сумму по словам и пишет её
    цифрами; считается доля сумм, переведённых целиком. Третьего запуска нет, если среднее решили два. На все обучения
    вместе с переводом есть 120 секунд: сколько занимает одно, печатает ноутбук.
    """
    experiments.check_share(
        experiments.amounts(submission, rng),
        experiments.AMOUNTS,
        "суммы: TransformerModel",
        "проверьте маски, позиции и шаг обучения (разогрев нужен)",
    )
