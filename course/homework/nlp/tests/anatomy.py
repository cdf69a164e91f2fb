"""Transformer изнутри: три внимания, перцептрон, нормировки, обходные пути, слои один за другим.

Как это написано, не важно: проверка слушает слои MultiHeadAttention и смотрит, что меняется от вмешательства.
"""

import math

import probes
from models import SOURCE_SIZE, TARGET_SIZE, beginnings, other, tokens

from kafedra.testing import check

LAYERS = 3
FACTOR = 1000.0
# Сдвиг ответа внимания на числа порядка единицы меняет вход следующего слоя на 0,1 … 2; у несвязанных слоёв — на 0.
HEARD = 1e-3
# Разброс запросов при эмбеддингах, выросших в 1000 раз: после LayerNorm — 0,5 … 3, без неё — около 1000.
LOUD = 30.0
S, T = 6, 4


def numbers(values):
    return isinstance(values, list | tuple) and all(type(one) is float and not math.isnan(one) for one in values)


class Anatomy:
    """Одна модель и вопросы к ней."""

    def __init__(self, submission, name, rng):
        self.submission, self.rng = submission, rng
        options = {"dim": 8, "heads": 2, "layers": LAYERS, "source_size": SOURCE_SIZE, "target_size": TARGET_SIZE}
        self.call = f"{name}(dim=8, heads=2, layers={LAYERS})"
        self.source, self.target_in = tokens((2, S), SOURCE_SIZE, rng), beginnings((2, T), rng)
        self.given = name, options, self.source, self.target_in

    def ask(self, probe, count, *more):
        return check.parts(self.submission.call(probe, *self.given, *more), count, call=self.call)

    def check_parts(self):
        """Внимания — какие и сколько; у каждого слоя перцептрон из двух матриц с ReLU между ними."""
        sizes, matrices, bare = self.ask(probes.layout, 3)
        wanted = [(S, S)] * LAYERS + [(T, T), (T, S)] * LAYERS
        check.that(isinstance(sizes, list), f"{self.call}: проба вернула не то")
        names = {(S, S): "энкодера на себя", (T, T): "декодера на себя", (T, S): "декодера на энкодер"}
        for size, what in names.items():
            found, right = sizes.count(size), wanted.count(size)
            why = "в слое энкодера одно внимание, в слое декодера два, и каждое — вызов вашей MultiHeadAttention"
            check.equal(found, right, call=f"{self.call}: вызовов MultiHeadAttention «{what}»", why=why)
        check.that(sizes == wanted, f"{self.call}: слои идут не по порядку: сначала весь энкодер, потом слои декодера")
        need = 4 * LAYERS
        check.that(type(matrices) is int and type(bare) is int, f"{self.call}: проба вернула не то")
        check.that(
            matrices >= need,
            f"{self.call}: в слоях нет перцептрона: матриц, кроме тех, что во внимании, {matrices}, а нужно {need}\n"
            "похоже: забыто W₂ relu(W₁ x): по две матрицы в каждом слое энкодера и декодера",
        )
        why = "между матрицами перцептрона нет ReLU: без неё две матрицы — это одна"
        check.equal(bare, 0, call=f"{self.call}: соседних линейных слоёв, между которыми ничего нет", why=why)

    def check_chain(self):
        """Каждое внимание слышит то, что перед ним."""
        table = self.ask(probes.echoes, 3 * LAYERS)
        rows = [check.parts(row, 2, call=self.call) for row in table]
        whole = all(isinstance(row, list) and len(row) == 3 * LAYERS and all(map(numbers, row)) for row, _ in rows)
        check.that(whole and numbers([last for _, last in rows]), f"{self.call}: проба вернула не то")
        for number in range(LAYERS - 1):
            self._hears(rows[number][0][number + 1][0], f"слой энкодера {number + 2}", f"слоя энкодера {number + 1}")
        for number in range(LAYERS):
            own, look = LAYERS + 2 * number, LAYERS + 2 * number + 1
            self._hears(rows[LAYERS - 1][0][look][1], f"слой декодера {number + 1}", "последнего слоя энкодера")
            self._hears(rows[own][0][look][0], f"второе внимание слоя декодера {number + 1}", "первого внимания")
            after = rows[look][1] if number == LAYERS - 1 else rows[look][0][look + 1][0]
            who = "выходной слой" if number == LAYERS - 1 else f"слой декодера {number + 2}"
            self._hears(after, who, f"слоя декодера {number + 1}")

    def _hears(self, change, who, whom):
        check.that(
            change > HEARD,
            f"{self.call}: слои не соединены: {who} не получает ответ {whom}\n"
            "похоже: каждый слой получает одно и то же, а нужно ответ предыдущего",
        )

    def check_bypass(self):
        """Слой с нулевыми матрицами отдаёт то, что получил."""
        other_source, other_target = self.source.clone(), self.target_in.clone()
        other_source[:, 2] = other(self.source[:, 2], SOURCE_SIZE)
        other_target[:, 2] = other(self.target_in[:, 2], TARGET_SIZE)
        key, query = self.ask(probes.silenced, 2, other_source, other_target)
        check.that(numbers([key, query]), f"{self.call}: проба вернула не то")
        for change, what in ((key, "энкодера"), (query, "декодера")):
            check.that(
                change > HEARD,
                f"{self.call}: в слоях {what} нет обходного пути: если все матрицы слоя — нули, слово теряется\n"
                "похоже: забыто слагаемое x: x + MHA(…) и x + W₂ relu(W₁ …)",
            )

    def check_norms(self):
        """LayerNorm держит в узде то, что приходит во внимание и в перцептрон."""
        queries, inputs = self.ask(probes.magnified, 2, FACTOR)
        check.that(numbers(queries) and numbers(inputs), f"{self.call}: проба вернула не то")
        first = {0, LAYERS}  # до первого внимания нормировки может и не быть: она бывает и после сложения
        loud = [ratio for number, ratio in enumerate(queries) if number not in first and ratio > LOUD]
        story = f"эмбеддинги выросли в {FACTOR:.0f} раз, а вход"
        for values, what in ((loud, "внимания"), ([one for one in inputs if one > LOUD], "перцептрона")):
            check.that(
                not values,
                f"{self.call}: нет LayerNorm: {story} {what} — в {max(values, default=0):.0f} раз\n"
                "похоже: нормировки нет ни перед вниманием и перцептроном, ни после сложения",
            )
