"""Проверки, одинаковые для всех оптимизаторов: что вокруг формулы."""

import probes
import torch
from expected import NEAR, ORDER, oracle
from mistakes import flawed
from paths import cause, check_float32, check_path, check_steps, closest, describe, gradients, number, start

from kafedra.testing import check

# Номер параметра → шаги, на которых у него нет градиента: ни разу, в середине, в начале.
SKIPPED = {1: range(6), 2: (2, 3), 3: (0, 1)}


def check_clean(submission, name, options, rng):
    """Градиенты не тронуты, параметры остались листьями, состояние не держит граф."""
    params = start(rng)
    steps = gradients(params, 4, rng)
    call = describe(name, options)
    answer = check.parts(submission.call(probes.side_effects, name, params, steps, options), 5, call=call)
    history, grads, writes, whole, tracked = answer
    expected, find = oracle(name, params, steps, options), cause(name, params, steps, options)
    check_path(history, expected, near=NEAR[name], call=call, find=find)
    check.that(isinstance(grads, list) and len(grads) == len(params), f"{call}: p.grad после шага потерян")
    why = "градиент изменён на месте (g += ..., g.mul_(...)); он ещё нужен: для печати, для обрезки, для накопления"
    for index, (grad, before) in enumerate(zip(grads, steps[-1], strict=True), start=1):
        lost = f"{call}: p.grad параметра {index} после шага — None"
        check.that(grad is not None, f"{lost}; step градиенты не обнуляет, для этого есть zero_grad()")
        check.equal(grad, before, call=f"{call}: p.grad параметра {index} после шага", why=why)
    check.equal(writes, 0, call=f"{call}: число изменений p.grad на месте", why=why)
    check.equal(whole, True, call=f"{call}: параметры — по-прежнему листья с requires_grad", why="шаг попал в граф")
    why = "обновление считалось вместе с графом, и он растёт с каждым шагом; нужно @torch.no_grad() над step"
    check.equal(tracked, False, call=f"{call}: состояние хранит граф вычислений (requires_grad)", why=why)


def check_absent(answer, name, params, steps, options, *, call, why):
    """Путь, на котором у некоторых параметров на некоторых шагах градиента нет (None)."""
    expected = oracle(name, params, steps, options)
    # Считать ли в t пропущенные шаги, условие не говорит: torch их не считает, общий счётчик — считает.
    shared = flawed(name, params, steps, options, "счётчик общий")
    check_path(answer, closest(answer, expected, shared, NEAR[name]), near=NEAR[name], call=call, why=why)


def check_skips(submission, name, options, rng):
    """Параметр с p.grad = None не двигается, затухание его не касается, скорость и моменты ждут градиента."""
    params = start(rng)
    steps = [
        [None if number in SKIPPED.get(index, ()) else grad for index, grad in enumerate(row)]
        for number, row in enumerate(gradients(params, 6, rng))
    ]
    why = (
        "параметр, у которого p.grad — None, нужно пропустить целиком: ни шага, ни затухания, а скорость и моменты "
        "остаются какими были"
    )
    call = f"{describe(name, options)}, у параметров 2, 3 и 4 на некоторых шагах p.grad = None"
    answer = submission.call(probes.trajectory, name, params, steps, options)
    check_absent(answer, name, params, steps, options, call=call, why=why)


def check_added(submission, name, options, rng):
    """Группа, добавленная позже, идёт так же, как прежние."""
    params = start(rng)
    steps = gradients(params, 5, rng)
    answer = submission.call(probes.added, name, params, steps, options, 2)
    absent = [[*row[:-2], None, None] if number < 2 else row for number, row in enumerate(steps)]
    why = "состояние создаётся при первом шаге параметра, а не в __init__: тогда о новых параметрах ещё никто не знал"
    call = f"{describe(name, options)}, параметры 4 и 5 добавлены через add_param_group после шага 2"
    check_absent(answer, name, params, absent, options, call=call, why=why)


def check_zeros(submission, name, options, rng):
    """Нулевой градиент — не то же, что None: скорость, моменты и затухание действуют."""
    params = start(rng)
    steps = gradients(params, 5, rng)
    for row in steps[2:4]:
        row[0], row[2] = torch.zeros_like(params[0]), torch.zeros_like(params[2])
    why = "параметр с нулевым градиентом пропущен, а пропускают только p.grad = None: скорость и затухание действуют"
    answer = submission.call(probes.trajectory, name, params, steps, options)
    call = f"{describe(name, options)}, у параметров 1 и 3 на шагах 3 и 4 градиент нулевой"
    check_path(answer, oracle(name, params, steps, options), near=NEAR[name], call=call, why=why)


def check_in_turn(submission, name, options, others, rng):
    """Два оптимизатора рядом: у каждого свои настройки и своё состояние."""
    params = start(rng)
    steps = gradients(params, 4, rng)
    call = f"{describe(name, options)} и {describe(name, others)} шагают по очереди"
    answer = check.parts(submission.call(probes.in_turn, name, params, steps, options, others), 2, call=call)
    why = "у двух оптимизаторов что-то общее: настройки, счётчик или состояние лежат в классе, а не в объекте"
    for path, own in zip(answer, (options, others), strict=True):
        check_path(path, oracle(name, params, steps, own), near=NEAR[name], call=call, why=why)


def check_zero_grad(submission, name, options, rng):
    """После zero_grad() градиентов нет."""
    params = start(rng)
    (grads,) = gradients(params, 1, rng)
    call = f"{describe(name, options)}: step(), потом zero_grad()"
    answer = check.parts(submission.call(probes.zeroed, name, params, grads, options), len(params), call=call)
    why = "zero_grad() переписан: её даёт torch.optim.Optimizer, и после неё p.grad — снова None"
    for index, grad in enumerate(answer, start=1):
        check.equal(grad, None, call=f"{call}: p.grad параметра {index}", why=why)


def check_reused(submission, name, options, rng):
    """Новый градиент записан в тот же тензор p.grad: состояние не должно на него ссылаться."""
    options = options | {"weight_decay": 0}  # иначе градиент складывают с весами, и это уже другой тензор
    params = start(rng)
    steps = gradients(params, 4, rng)
    why = "состояние ссылается на сам p.grad: на первом шаге скорость нужно скопировать (clone) или начать с нулей"
    answer = submission.call(probes.trajectory, name, params, steps, options, reuse=True)
    call = f"{describe(name, options)}, новый градиент записан в тот же p.grad"
    check_path(answer, oracle(name, params, steps, options), near=NEAR[name], call=call, why=why)


def check_groups(submission, name, options, settings, rng):
    """У каждой группы параметров свои настройки, все до одной."""
    params = start(rng)
    steps = gradients(params, 4, rng)
    answer = submission.call(probes.groups, name, params, steps, options, settings)
    expected = oracle(name, params, steps, options, settings=settings)
    otherwise = (
        'настройки берите из группы: for group in self.param_groups, group["lr"]; у каждого параметра своё состояние'
    )

    def find(answer):
        known = {
            f'{key} взят не из группы: читайте group["{key}"] на каждом шаге': oracle(
                name, params, steps, options, settings=[{k: v for k, v in own.items() if k != key} for own in settings]
            )
            for key in settings[0]
        }
        return check.likely(answer, expected, known, otherwise, **NEAR[name])

    call = f"{describe(name, options)}, каждый параметр в своей группе"
    check_path(answer, expected, near=NEAR[name], call=call, find=find)


def check_resume(submission, name, options, others, rng):
    """Сохранённый и загруженный оптимизатор идёт тем же путём, что и без остановки."""
    params = start(rng)
    steps = gradients(params, 7, rng)
    answer = submission.call(probes.resume, name, params, steps, options, 4, others)
    why = (
        "state_dict() сохраняет не всё: скорость, моменты и счётчик шагов должны лежать в self.state[p], "
        "а настройки — в param_groups, не в собственных полях"
    )
    call = f"{describe(name, options)}: сохранён после шага 4 и загружен"
    check_path(answer, oracle(name, params, steps, options), near=NEAR[name], call=call, why=why)


def check_changing_lr(submission, name, options, rng):
    """lr меняют на ходу через param_groups."""
    params = start(rng)
    steps = gradients(params, 5, rng)
    lrs = [number(0.01, 0.3, rng) for _ in steps]
    check_steps(submission, probes.trajectory, name, params, steps, options, lrs=lrs)


def check_positional(submission, name, options, rng):
    """Настройки переданы по порядку, без имён."""
    params = start(rng)
    steps = gradients(params, 3, rng)
    known = {"momentum": 0, "nesterov": bool(options.get("momentum")), "weight_decay": 0} | options
    values = [known[key] for key in ORDER[name]]
    answer = submission.call(probes.positional, name, params, steps, values)
    why = f"порядок аргументов — как в условии: {name}(params, {', '.join(ORDER[name])})"
    call = f"{name}(params, {', '.join(f'{v:.3g}' if isinstance(v, float) else str(v) for v in values)})"
    expected = oracle(name, params, steps, {key: known[key] for key in ORDER[name]})
    check_path(answer, expected, near=NEAR[name], call=call, why=why)


def check_details(submission, name, options, others, rng):
    check_clean(submission, name, options, rng)
    check_skips(submission, name, options, rng)
    check_zeros(submission, name, options, rng)
    check_added(submission, name, options, rng)
    check_in_turn(submission, name, options, others, rng)
    check_zero_grad(submission, name, options, rng)
    check_reused(submission, name, options, rng)
    check_positional(submission, name, options, rng)
    check_float32(submission, probes.trajectory, name, options, rng)
