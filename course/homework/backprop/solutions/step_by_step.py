"""Нормализация — по шагам графа, линейный слой — einsum и замыкание, сеть — лента; кое-что посчитано на месте."""

import numpy as np


def numerical_gradient(f, x, h=1e-5):
    point = np.asarray(x, dtype=float)
    flat = point.ravel()

    def at(number, step):
        moved = flat.copy()
        moved[number] += step
        return float(f(moved.reshape(point.shape)))

    slopes = [(at(n, h) - at(n, -h)) / (2 * h) for n in range(flat.size)]
    return np.array(slopes, dtype=float).reshape(point.shape)


def gradient_error(analytic, numeric):
    if np.shape(analytic) != np.shape(numeric):
        return float("inf")
    a, n = np.ravel(analytic), np.ravel(numeric)
    return float(np.sqrt(((a - n) ** 2).sum()) / max(np.sqrt((a**2).sum()), np.sqrt((n**2).sum()), 1e-3))


def gradient_scale(analytic, numeric):
    return float(np.vdot(analytic, numeric) / np.vdot(numeric, numeric))


def check_gradient(f, x, gradient, tolerance=1e-6):
    error = gradient_error(gradient, numerical_gradient(f, x))
    return bool(np.isfinite(error) and error < tolerance)


def linear_forward(x, w, b):
    y = np.einsum("bn,nm->bm", x, w)
    y += b

    def back(g):
        return np.einsum("bm,nm->bn", g, w), np.einsum("bn,bm->nm", x, g), np.einsum("bm->m", g)

    return y, back


def linear_backward(g, cache):
    return cache(g)


def relu_forward(x):
    y = x.copy()
    y[y < 0] = 0
    return y, y


def relu_backward(g, cache):
    return np.where(cache > 0, g, np.zeros_like(g))


def cross_entropy_forward(logits, labels):
    rows = np.arange(len(labels))
    p = np.exp(logits - logits.max(axis=1)[:, None])
    total = p.sum(axis=1)
    right = (logits - logits.max(axis=1)[:, None])[rows, labels]
    p /= total[:, None]
    return np.mean(np.log(total) - right), {"p": p, "rows": rows, "labels": labels}


def cross_entropy_backward(g, cache):
    p, labels = cache["p"], cache["labels"]
    target = np.zeros_like(p)
    target[cache["rows"], labels] = 1
    return (p - target) * (g / len(labels))


def batchnorm_forward(x, gamma, beta, eps=1e-5):
    count = len(x)
    centred = x - x.sum(axis=0, keepdims=True) / count
    var = (centred**2).sum(axis=0, keepdims=True) / count
    root = np.sqrt(var + eps)
    inverse = 1 / root
    normal = centred * inverse
    return normal * gamma + beta, (centred, root, inverse, normal, gamma)


def batchnorm_backward(g, cache):
    centred, root, inverse, normal, gamma = cache
    count = len(g)
    d_normal = g * gamma
    d_inverse = (d_normal * centred).sum(axis=0, keepdims=True)
    d_var = -d_inverse * inverse**2 / (2 * root)
    d_centred = d_normal * inverse
    d_centred += 2 / count * centred * d_var
    d_mean = -d_centred.sum(axis=0, keepdims=True)
    return d_centred + d_mean / count, (g * normal).sum(axis=0), g.sum(axis=0)


def loss_and_gradients(blocks, x, labels):
    tape = []
    for number, block in enumerate(blocks):
        x, cache = linear_forward(x, block["w"], block["b"])
        tape.append((linear_backward, cache, number, ("w", "b")))
        if "gamma" in block:
            x, cache = batchnorm_forward(x, block["gamma"], block["beta"])
            tape.append((batchnorm_backward, cache, number, ("gamma", "beta")))
            x, cache = relu_forward(x)
            tape.append((relu_backward, cache, number, ()))
    loss, cache = cross_entropy_forward(x, labels)
    gradients = [{} for _ in blocks]
    g = cross_entropy_backward(1, cache)
    while tape:
        step, cache, number, names = tape.pop()
        answer = step(g, cache)
        g, rest = (answer[0], answer[1:]) if names else (answer, ())
        gradients[number].update(zip(names, rest, strict=True))
    return loss, gradients
