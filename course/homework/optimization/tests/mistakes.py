"""Формулы с одной ошибкой: по ним проверка узнаёт, что именно не так. Верный ответ всегда даёт torch (expected.py)."""

import torch


def flawed(name, params, steps, options, flaw, lrs=None):
    """Тот же путь с ошибкой `flaw`; с пустой строкой — без ошибки."""
    move = _sgd if name == "MySGD" else _adam
    options = {"decoupled": name == "MyAdamW"} | options
    points = [param.clone() for param in params]
    memories = [{} for _ in params]
    known = options | {"width": len(params)}
    history = []
    for number, grads in enumerate(steps):
        lr = lrs[number] if lrs and flaw != "lr запомнен" else options["lr"]
        for index, grad in enumerate(grads):
            if grad is not None:
                place = {"lr": lr, "index": index, "number": number}
                points[index] = move(points[index], grad, memories[index], known | place, flaw)
        history.append(points[:])
    return history


def _sgd(x, g, memory, options, flaw):
    lr, momentum = options["lr"], options.get("momentum", 0)
    decay = 0 if flaw == "без затухания" else options.get("weight_decay", 0)
    lr = {"lr умножен на 0,9": 0.9 * lr, "lr вписан": 0.1, "lr вписан 0,01": 0.01}.get(flaw, lr)
    sign = -1 if flaw == "знак затухания" else 1
    momentum = 0.9 if flaw == "момент вписан" else 0 if flaw == "без момента" else momentum
    if flaw != "затухание отдельно":
        g = g + sign * decay * x
    if flaw == "знак градиента":
        g = torch.sign(g)
    velocity = g
    if momentum:
        fresh = (1 - momentum) * g if flaw == "демпфирован" else g
        before = torch.zeros_like(x) if flaw == "скорость забыта" else memory.get("v", torch.zeros_like(x))
        velocity = momentum * before + fresh
        memory["v"] = velocity
        if (options.get("nesterov") and flaw != "без Нестерова") or flaw == "всегда Нестеров":
            velocity = velocity + momentum * velocity if flaw == "Нестеров дважды" else g + momentum * velocity
    if flaw == "вверх":
        lr = -lr
    if flaw == "затухание отдельно":
        x = x * (1 - lr * decay)
    return x - lr * velocity


def _adam(x, g, memory, options, flaw):
    lr, (b1, b2) = options.get("lr", 1e-3), options.get("betas", (0.9, 0.999))
    eps, decay = options.get("eps", 1e-8), options.get("weight_decay", 1e-2 if options["decoupled"] else 0)
    lr = 1e-3 if flaw == "lr вписан" else lr
    b1, b2 = {"betas вписаны": (0.9, 0.999), "другие betas по умолчанию": (0.9, 0.99)}.get(flaw, (b1, b2))
    if flaw == "betas переставлены":
        b1, b2 = b2, b1
    eps = 1e-8 if flaw == "eps вписан" else 0.0 if flaw == "без eps" else eps
    decay = 0 if flaw == "без затухания" else decay
    decoupled = options["decoupled"] != (flaw == "другое затухание")
    if not decoupled:
        g = g + decay * x
    memory["t"] = memory.get("t", 0) + 1
    t = memory["t"] - (flaw == "счётчик с нуля")
    if flaw == "счётчик на параметр":
        t = options["width"] * (t - 1) + options["index"] + 1
    if flaw == "счётчик общий":
        t = options["number"] + 1
    zero = torch.zeros_like(x)
    m = memory["m"] = b1 * memory.get("m", zero) + (1 - b1) * g
    v = memory["v"] = b2 * memory.get("v", zero) + (1 - b2) * (g.abs() if flaw == "модуль вместо квадрата" else g * g)
    if flaw == "float32":
        m, v = memory["m"], memory["v"] = m.float().to(x.dtype), v.float().to(x.dtype)
    raw = v
    if flaw not in ("без обеих поправок", "без первой поправки"):
        m = m / (1 - b1**t)
    if flaw not in ("без обеих поправок", "без второй поправки"):
        v = v / (1 - b2**t)
    if flaw == "AMSGrad":
        v = memory["top"] = torch.maximum(memory.get("top", v), v)
    root = {"без корня": v, "eps под корнем": (v + eps).sqrt()}.get(flaw, v.sqrt())
    shift = m / (root if flaw == "eps под корнем" else root + eps)
    if flaw == "eps до поправки":
        shift = m * (1 - b2**t) ** 0.5 / (raw.sqrt() + eps)
    decay = decay * (1 if flaw == "затухание без lr" else lr) if decoupled else 0
    step = -lr * shift if flaw == "вверх" else lr * shift
    return (x - step) * (1 - decay) if flaw == "затухание после шага" else x * (1 - decay) - step


SGD_FLAWS = {
    "вверх": "шаг сделан вдоль градиента, а нужно против: θ ← θ − lr·g",
    "lr умножен на 0,9": "шаг короче нужного: lr умножен на 0,9",
    "lr вписан": "lr из __init__ не используется: шаг всегда 0,1·g",
    "lr вписан 0,01": "lr из __init__ не используется: шаг всегда 0,01·g",
    "lr запомнен": 'lr взят тот, что был в __init__; читайте group["lr"] на каждом шаге: его меняет расписание',
    "знак градиента": "взят знак градиента вместо градиента",
    "без момента": "момент не действует: скорость забыта между шагами или не используется",
    "скорость забыта": "скорость забыта между шагами: новую v положите в self.state[p]",
    "момент вписан": "momentum из __init__ не используется: всегда 0,9",
    "демпфирован": "момент с множителем 1 − μ при градиенте; у нас v ← μ·v + g, без множителя",
    "без Нестерова": "nesterov=True не действует: шаг сделан вдоль v, а нужен вдоль g + μ·v",
    "всегда Нестеров": "шаг Нестерова сделан и при nesterov=False",
    "Нестеров дважды": "шаг Нестерова — вдоль g + μ·v с новой скоростью v, а не вдоль v + μ·v",
    "без затухания": "weight_decay не действует",
    "знак затухания": "знак затухания: к градиенту прибавляют weight_decay·θ, а не вычитают",
    "затухание отдельно": "weight_decay применён к весам отдельно; в SGD его прибавляют к градиенту до момента",
}

ADAM_FLAWS = {
    "float32": "моменты хранятся во float32: создавайте их через torch.zeros_like(p)",
    "вверх": "шаг сделан вдоль градиента, а нужно против",
    "lr запомнен": 'lr взят тот, что был в __init__; читайте group["lr"] на каждом шаге: его меняет расписание',
    "lr вписан": "lr из __init__ не используется: всегда 0,001",
    "без обеих поправок": "нет поправок на смещение: m̂ = m/(1 − β₁ᵗ), v̂ = v/(1 − β₂ᵗ)",
    "без первой поправки": "нет поправки на смещение у m: m̂ = m/(1 − β₁ᵗ)",
    "без второй поправки": "нет поправки на смещение у v: v̂ = v/(1 − β₂ᵗ)",
    "счётчик на параметр": "счётчик шагов растёт с каждым параметром, а должен — с каждым шагом",
    "счётчик с нуля": "счётчик шагов отстаёт на единицу: на первом шаге t = 1, иначе поправка делит на ноль",
    "eps под корнем": "ε попал под корень: √(v̂ + ε) вместо √v̂ + ε",
    "eps до поправки": "поправка перенесена в lr, а ε — нет: у нас √v̂ + ε, где v̂ уже поправлено",
    "без eps": "ε не прибавлен к знаменателю",
    "eps вписан": "eps из __init__ не используется: всегда 1e-8",
    "betas вписаны": "betas из __init__ не используются: всегда 0,9 и 0,999",
    "другие betas по умолчанию": "по умолчанию betas — 0,9 и 0,999; здесь похоже на 0,9 и 0,99",
    "betas переставлены": "β₁ и β₂ переставлены",
    "AMSGrad": "знаменатель никогда не убывает: это AMSGrad, а в Adam v̂ может и уменьшиться",
    "без корня": "в знаменателе v̂ без корня",
    "модуль вместо квадрата": "в v копится |g|, а нужен квадрат g²",
    "без затухания": "weight_decay не действует",
    "затухание после шага": "затухают уже сдвинутые веса; в формуле θ справа — то, что было до шага",
    "затухание без lr": "затухание не умножено на lr: нужно θ ← θ − lr·λ·θ",
}
OTHER_DECAY = {
    "MyAdam": "затухание применено прямо к весам: это AdamW; в Adam λ·θ прибавляют к градиенту, до m и v",
    "MyAdamW": "λ·θ прибавлено к градиенту: это Adam с L2; в AdamW затухание идёт мимо m и v, прямо в веса",
}


def suspects(name, params, steps, options, lrs=None):
    """Объяснение → путь с этой ошибкой."""
    flaws = SGD_FLAWS if name == "MySGD" else ADAM_FLAWS | {"другое затухание": OTHER_DECAY[name]}
    still = "параметры не сдвинулись: шаг не сделан или записан не в сами параметры (нужно p -= ... или p.add_)"
    wrong = {why: flawed(name, params, steps, options, flaw, lrs) for flaw, why in flaws.items()}
    return {still: [params] * len(steps)} | wrong
