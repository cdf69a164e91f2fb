"""Формулы как в условии, имена короткие; запомненное — кортежи."""

import math

import numpy as np


def numerical_gradient(f, x, h=1e-5):
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


def gradient_error(analytic, numeric):
    if analytic.shape != numeric.shape:
        return math.inf
    largest = max(np.linalg.norm(analytic), np.linalg.norm(numeric), 1e-3)
    return np.linalg.norm(analytic - numeric) / largest


def gradient_scale(analytic, numeric):
    return (analytic * numeric).sum() / (numeric * numeric).sum()


def check_gradient(f, x, gradient, tolerance=1e-6):
    return gradient_error(gradient, numerical_gradient(f, x)) <= tolerance


def linear_forward(x, w, b):
    return x @ w + b, (x, w)


def linear_backward(g, cache):
    x, w = cache
    return g @ w.T, x.T @ g, g.sum(axis=0)


def relu_forward(x):
    return np.maximum(x, 0), x > 0


def relu_backward(g, cache):
    return g * cache


def cross_entropy_forward(logits, labels):
    shifted = logits - logits.max(axis=1, keepdims=True)
    log_p = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    return -log_p[np.arange(len(labels)), labels].mean(), (log_p, labels)


def cross_entropy_backward(g, cache):
    log_p, labels = cache
    gradient = np.exp(log_p)
    gradient[np.arange(len(labels)), labels] -= 1
    return g * gradient / len(labels)


def batchnorm_forward(x, gamma, beta, eps=1e-5):
    mean = x.mean(axis=0)
    var = ((x - mean) ** 2).mean(axis=0)
    scale = 1 / np.sqrt(var + eps)
    normal = (x - mean) * scale
    return gamma * normal + beta, (normal, scale, gamma)


def batchnorm_backward(g, cache):
    normal, scale, gamma = cache
    dgamma = (g * normal).sum(axis=0)
    dbeta = g.sum(axis=0)
    dnormal = g * gamma
    dx = scale * (dnormal - dnormal.mean(axis=0) - normal * (dnormal * normal).mean(axis=0))
    return dx, dgamma, dbeta


def loss_and_gradients(blocks, x, labels):
    caches = []
    for block in blocks[:-1]:
        x, linear = linear_forward(x, block["w"], block["b"])
        x, norm = batchnorm_forward(x, block["gamma"], block["beta"])
        x, relu = relu_forward(x)
        caches.append((linear, norm, relu))
    x, last = linear_forward(x, blocks[-1]["w"], blocks[-1]["b"])
    loss, cache = cross_entropy_forward(x, labels)

    g = cross_entropy_backward(1.0, cache)
    g, dw, db = linear_backward(g, last)
    gradients = [{"w": dw, "b": db}]
    for linear, norm, relu in reversed(caches):
        g = relu_backward(g, relu)
        g, dgamma, dbeta = batchnorm_backward(g, norm)
        g, dw, db = linear_backward(g, linear)
        gradients.append({"w": dw, "b": db, "gamma": dgamma, "beta": dbeta})
    return loss, gradients[::-1]
