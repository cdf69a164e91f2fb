"""Свойства, общие для обеих моделей: проверяются на маленькой необученной модели во float64, точно."""

import probes
import torch
from answers import moved
from data import padded
from probes import BOS, PAD

from kafedra.testing import check

SOURCE_SIZE, TARGET_SIZE = 13, 9
FELT = 1e-7  # «ответ изменился»: ошибки округления на восемь порядков меньше, а влияние токена — на пять больше


def tokens(shape, size, rng):
    return torch.randint(3, size, shape, generator=rng)


def other(given, size):
    """Другой токен на каждом месте."""
    return 3 + (given - 3 + 1) % (size - 3)


def beginnings(shape, rng):
    """Вход декодера: BOS, а дальше случайные токены."""
    inputs = tokens(shape, TARGET_SIZE, rng)
    inputs[:, 0] = BOS
    return inputs


def run(submission, name, options, batches, call):
    """Ответы одной модели на нескольких батчах: пары (logits, weights) проверенных форм."""
    options = {"source_size": SOURCE_SIZE, "target_size": TARGET_SIZE} | options
    *answers, again = check.parts(
        submission.call(probes.outputs, name, options, [*batches, batches[0]]), len(batches) + 1, call=call
    )
    for answer, (source, target_in) in zip(answers, batches, strict=True):
        logits, weights = check.parts(answer, 2, call=f"{call}: forward", what="logits, weights")
        rows, steps = target_in.shape
        what = f"{call}(source, target_in)"
        inputs = {"source": source, "target_in": target_in}
        check.tensor(
            logits, shape=(rows, steps, TARGET_SIZE), dtype=torch.float64, call=f"{what}, logits", inputs=inputs
        )
        shape = (rows, steps, source.shape[1])
        check.tensor(weights, shape=shape, dtype=torch.float64, call=f"{what}, weights", inputs=inputs)
        check.that(bool(logits.isfinite().all()), f"{what}, logits: NaN или бесконечность")
        shares = bool((logits >= 0).all()) and bool((logits.sum(-1) - 1).abs().amax() < 1e-9)
        check.that(not shares, f"{what}, logits: это уже вероятности, а нужны логиты\nпохоже: лишний softmax в конце")
    call = f"{call}: в режиме eval ответ случаен: на один и тот же батч модель дважды ответила по-разному"
    check.close(
        check.parts(again, 2, call=call)[0],
        answers[0][0],
        call=call,
        why="F.dropout без training=self.training; есть nn.Dropout",
    )
    return answers


def check_prefix(submission, name, options, rng):
    """Логиты места t зависят от токенов 0 … t входа декодера, и только от них."""
    source, target_in = tokens((3, 5), SOURCE_SIZE, rng), beginnings((3, 7), rng)
    for start in (1, 4):
        changed = target_in.clone()
        changed[:, start] = other(target_in[:, start], TARGET_SIZE)
        (first, _), (second, _) = run(submission, name, options, [(source, target_in), (source, changed)], name)
        story = f"во входе декодера изменён токен на месте {start}"
        why = (
            "в декодере нет маски будущего, она сдвинута, рекуррентная сеть идёт в обе стороны, "
            "или нормировка считается сразу по всем местам"
        )
        call = f"{name}: модель видит будущее: {story}, и логиты до него стали другими"
        check.close(second[:, :start], first[:, :start], call=call, why=why)
        deaf = moved(first[:, start:], second[:, start:], (0, 2)) < FELT
        why = "похоже: target_in не используется или сдвинут ещё раз внутри модели"
        call = f"{name}: модель не видит прошлый токен: {story}, а логиты там те же\n{why}"
        check.that(not bool(deaf[0]), call)
        call = f"{name}: модель не помнит начала ответа: {story}, а логиты следующих мест не изменились"
        check.that(not bool(deaf.any()), call)


def check_padding(submission, name, options, rng, blame):
    """Ответ не зависит ни от падов, ни от соседей по батчу. blame — (ошибка, совет), если веса на падах — нули."""
    lengths = (3, 6, 1, 5)
    rows = [tokens((length,), SOURCE_SIZE, rng).tolist() for length in lengths]
    target_in = beginnings((4, 5), rng)
    alone = [(torch.tensor([row]), target_in[place : place + 1]) for place, row in enumerate(rows)]
    batches = [(padded(rows), target_in), (padded(rows, 10), target_in), *alone]
    answers = run(submission, name, options, batches, name)
    whole, attended = answers[0]
    pads = (padded(rows) == PAD).unsqueeze(1)
    looked = bool(((attended * pads).abs() > 1e-12).any())
    cause, why = ("внимание смотрит на пады", "ему нужна padding_mask(source)") if looked else blame
    call = f"{name}: {cause}: к источникам приписаны лишние пады, и логиты изменились"
    check.close(answers[1][0], whole, call=call, why=why)
    call = f"{name}: на ответ влияют соседи по батчу: строка в одиночку и в батче дала разные логиты"
    for place, (logits, _) in enumerate(answers[2:]):
        check.close(logits, whole[place : place + 1], call=call, why="что-то считается сразу по всему батчу")


def check_weights(submission, name, options, rng):
    """Веса внимания: распределение по настоящим словам источника, на каждом шаге своё."""
    source = padded([tokens((length,), SOURCE_SIZE, rng).tolist() for length in (6, 4, 2)])
    target_in = beginnings((3, 5), rng)
    ((_, weights),) = run(submission, name, options, [(source, target_in)], name)
    call = f"веса внимания {name}"
    check.that(bool((weights >= 0).all()), f"{call}: есть отрицательные\nпохоже: softmax не взят")
    ones = torch.ones(3, 5, dtype=torch.float64)
    suspects = {"веса голов сложены, а надо усреднить": 2 * ones}
    why = "softmax взят не по настоящим словам источника, или маска понята наоборот: True — смотреть можно"
    check.close(
        weights.sum(-1),
        ones,
        call=f"{call}: их сумма по словам источника — не единица",
        suspects=suspects,
        otherwise=why,
    )
    pads = (source == PAD).unsqueeze(1)
    check.that(
        not bool((weights * pads > 1e-12).any()), f"{call}: на падах они не нули\nпохоже: нет padding_mask(source)"
    )
    steady = bool((moved(weights[:, 1:], weights[:, :-1], (0, 2)) < 1e-12).any())
    check.that(
        not steady,
        f"{call}: на соседних шагах они одинаковы\n"
        "похоже: запрос не зависит от состояния декодера, и модель всё время смотрит в одно место",
    )


def check_source(submission, name, options, rng):
    """На ответ влияет каждое слово источника и их порядок."""
    source, target_in = tokens((1, 6), SOURCE_SIZE, rng), beginnings((1, 4), rng)
    source[0, 2] = other(source[0, 1], SOURCE_SIZE)
    batches = [(source, target_in)]
    for place in range(6):
        changed = source.clone()
        changed[0, place] = other(source[0, place], SOURCE_SIZE)
        batches.append((changed, target_in))
    swapped = source[:, [0, 2, 1, 3, 4, 5]]
    (whole, _), *others, (reordered, _) = run(submission, name, options, [*batches, (swapped, target_in)], name)
    for place, (logits, _) in enumerate(others):
        felt = bool((logits - whole).abs().amax() > FELT)
        check.that(
            felt,
            f"{name}: слово источника на месте {place} ни на что не влияет\n"
            "похоже: декодер не смотрит на источник, или края отрезаны",
        )
    why = "к словам источника не прибавлены места (позиции)"
    if name == "RecurrentModel":
        why = "энкодер не рекуррентный: каждое слово он читает само по себе, без соседей"
    check.that(
        bool((reordered - whole).abs().amax() > FELT),
        f"{name}: слова источника переставлены, а логиты те же: модель не знает порядка слов\nпохоже: {why}",
    )


def check_gradients(submission, name, options, rng, call):
    """Градиент доходит до каждого параметра; возвращает число обучаемых чисел."""
    source, target_in = tokens((3, 5), SOURCE_SIZE, rng), beginnings((3, 4), rng)
    upstream = torch.randn(3, 4, TARGET_SIZE, generator=rng, dtype=torch.float64)
    options = {"source_size": SOURCE_SIZE, "target_size": TARGET_SIZE} | options
    answer = submission.call(probes.gradients, name, options, source, target_in, upstream)
    missed, unseen, count = check.parts(answer, 3, call=call)
    whole = isinstance(missed, list) and all(isinstance(one, str) for one in missed) and type(count) is int
    check.that(whole and isinstance(unseen, list), f"{call}: проба вернула не то")
    check.that(
        not missed,
        f"{call}: градиент не доходит до {', '.join(missed[:4])}\n"
        "похоже: слой создан, но не участвует в forward, или ответ оторван от графа",
    )
    check.that(
        not unseen,
        f"{call}: часть слоёв не видна в parameters(), и оптимизатор их не учит: таких тензоров {len(unseen)}, "
        f"например {str(unseen[:3])[:80]}\nпохоже: слои лежат в обычном списке или словаре вместо nn.ModuleList",
    )
    return count


def check_crossings(submission, name, options, rng):
    """Веса — последнего слоя декодера, среднее по головам; слоёв и голов столько, сколько просили.

    Видно это, только если внутри — слои MultiHeadAttention; собрано иначе — не проверяется.
    """
    source, target_in = tokens((2, 6), SOURCE_SIZE, rng), beginnings((2, 4), rng)
    sizes = {"source_size": SOURCE_SIZE, "target_size": TARGET_SIZE} | options
    given, heard = check.parts(submission.call(probes.crossings, name, sizes, source, target_in), 2, call=name)
    check.tensor(given, shape=(2, 4, 6), dtype=torch.float64, call=f"{name}, weights")
    check.that(isinstance(heard, list), f"{name}: проба вернула не то")
    heard = [one for one in heard if type(one) is torch.Tensor and one.ndim == 4 and one.dtype == torch.float64]
    own, crossed = ([one for one in heard if one.shape[2:] == size] for size in ((6, 6), (4, 6)))
    layers, heads = options["layers"], options["heads"]
    call = f"{name}(heads={heads}, layers={layers})"
    few = {one.shape[1] for one in heard if one.shape[1] != heads}
    if len(crossed) == layers:
        check.that(
            not few, f"{call}: голов не столько, сколько просили: {sorted(few)}\nпохоже: heads не дошло до слоёв"
        )
        check_last(given, [one.mean(1) for one in crossed], crossed[-1], f"веса внимания {name}")
    check.that(not 0 < len(own) < layers, f"{call}: слоёв энкодера {len(own)}, а просили {layers}")
    blind = any(not bool(one.triu(1).any()) for one in own)
    check.that(
        not blind,
        f"{call}: слова энкодера не видят тех, что дальше\n"
        "похоже: маска будущего стоит и в энкодере; ей место только в декодере, источник известен весь",
    )


def check_last(given, by_layer, last, call):
    suspects = {f"взята одна голова, {head}-я, а нужно среднее": one for head, one in enumerate(last.unbind(1))}
    suspects |= {f"взят не последний слой декодера, а {place}-й": one for place, one in enumerate(by_layer[:-1])}
    suspects["усреднено и по слоям, а нужен последний"] = torch.stack(by_layer).mean(0)
    check.close(
        given, by_layer[-1], call=call, suspects=suspects, otherwise="нужен последний слой декодера, среднее по головам"
    )
