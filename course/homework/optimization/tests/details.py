"""Проверки, одинаковые для всех оптимизаторов: что вокруг формулы."""

import probes
from paths import cause, check_float32, check_path, check_steps, closest, describe, gradients, number, start
from references import flawed, oracle

from kafedra.testing import check

ORDER = {
    "MySGD": ("lr", "momentum", "nesterov", "weight_decay"),
    "MyAdam": ("lr", "betas", "eps", "weight_decay"),
    "MyAdamW": ("lr", "betas", "eps", "weight_decay"),
}
# Номер параметра → шаги, на которых у него нет градиента: ни разу, в середине, в начале.
SKIPPED = {1: range(6), 2: (2, 3), 3: (0, 1)}


def check_clean(submission, name, options, rng):
    """Градиенты не тронуты, параметры остались листьями, состояние не держит граф."""
    params = start(rng)
    steps = gradients(params, 4, rng)
    call = describe(name, options)
    answer = submission.call(probes.side_effects, name, params, steps, options)
    check.that(isinstance(answer, tuple) and len(answer) == 5, f"{call}: проба вернула не 5 значений, а что-то другое")
    history, grads, writes, whole, tracked = answer
    check_path(history, oracle(name, params, steps, options), call=call, why=cause(name, params, steps, options))
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


def check_skips(submission, name, options, rng):
    """Параметр с p.grad = None не двигается, затухание его не касается, скорость и моменты ждут градиента."""
    params = start(rng)
    steps = gradients(params, 6, rng)
    steps = [
        [None if number in SKIPPED.get(index, ()) else grad for index, grad in enumerate(row)]
        for number, row in enumerate(steps)
    ]
    why = (
        "параметр, у которого p.grad — None, нужно пропустить целиком: ни шага, ни затухания, а скорость и моменты "
        "остаются какими были"
    )
    answer = submission.call(probes.trajectory, name, params, steps, options)
    call = f"{describe(name, options)}, у параметров 2, 3 и 4 на некоторых шагах p.grad = None"
    expected = oracle(name, params, steps, options)
    # Считать ли в t пропущенные шаги, условие не говорит: torch их не считает, общий счётчик — считает.
    shared = flawed(name, params, steps, options, "счётчик общий")
    check_path(answer, closest(answer, expected, shared), call=call, why=why)


def check_reused(submission, name, options, rng):
    """Новый градиент записан в тот же тензор p.grad: состояние не должно на него ссылаться."""
    options = options | {"weight_decay": 0}  # иначе градиент складывают с весами, и это уже другой тензор
    params = start(rng)
    steps = gradients(params, 4, rng)
    why = "состояние ссылается на сам p.grad: на первом шаге скорость нужно скопировать (clone) или начать с нулей"
    answer = submission.call(probes.trajectory, name, params, steps, options, reuse=True)
    call = f"{describe(name, options)}, новый градиент записан в тот же p.grad"
    check_path(answer, oracle(name, params, steps, options), call=call, why=why)


def check_groups(submission, name, options, settings, rng):
    """У каждой группы параметров свои настройки."""
    params = start(rng)
    steps = gradients(params, 4, rng)
    why = 'настройки берите из группы: for group in self.param_groups, group["lr"]; у каждого параметра своё состояние'
    answer = submission.call(probes.groups, name, params, steps, options, settings)
    call = f"{describe(name, options)}, каждый параметр в своей группе"
    check_path(answer, oracle(name, params, steps, options, settings=settings), call=call, why=why)


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
    check_path(answer, oracle(name, params, steps, options), call=call, why=why)


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
    check_path(answer, oracle(name, params, steps, {key: known[key] for key in ORDER[name]}), call=call, why=why)


def check_details(submission, name, options, rng):
    check_clean(submission, name, options, rng)
    check_skips(submission, name, options, rng)
    check_reused(submission, name, options, rng)
    check_positional(submission, name, options, rng)
    check_float32(submission, probes.trajectory, name, options, rng)
