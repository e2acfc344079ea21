"""Distributions of weights and sets of classes, float64, from the definitions.

laplace    2106.14806: the last layer W [K, D + 1] of `weight`, `bias` on `features` with `labels`. The curvature is the Hessian of the
           summed cross-entropy by autograd; `mean` and `covariance` [M, K, K] of the logits of `test`, by the Jacobian of the
           logits by autograd; `probit` = mean/√(1 + π/8 v); `draws` = mean + Cholesky factor times noise. `likelihood` of τ
           (setting `precision`): log p(y) - τ/2 ‖W‖² + P/2 log τ - ½ log det(H + τ I); `best` the largest of 10^-4, 10^-3.9, ...,
           10^4 and its likelihood.
swag       1902.02476, algorithm 1 and equation 1: `weights` [T, P] taken one after the other, the mean, the mean of squares, the last 4
           distances from the mean at their time; `draws` [3, P].
conformal  2006.02544 and 1609.00451 by loops: `threshold` for `errors`, `sets` of `test`, for the scores `threshold`, `whole` and
           `adaptive`, whose random numbers are those of the runtime's streams. Regression: `width`, `relative_width`.
"""
import math

import numpy as np
import torch
import torch.nn.functional as F

from case import Case, normal
from streams import generator, noise

SEED = 3


def laplace():
    n, m, d, k, draws = 40, 6, 3, 4, 5
    double = torch.float64
    x, test = normal(n, d, dtype=double), normal(m, d, dtype=double, scale=3)
    w, b, y = normal(k, d, dtype=double), normal(k, dtype=double), torch.arange(n) % k
    theta = torch.cat([w, b[:, None]], 1).flatten()

    def logits(flat, inputs):
        own = flat.view(k, d + 1)
        return inputs @ own[:, :d].T + own[:, d]

    hessian = torch.autograd.functional.hessian(lambda flat: F.cross_entropy(logits(flat, x), y, reduction="sum"), theta)
    loss = F.cross_entropy(logits(theta, x), y, reduction="sum").item()

    def likelihood(tau):
        sign, determinant = np.linalg.slogdet((hessian + tau * torch.eye(len(theta), dtype=double)).numpy())
        assert sign > 0
        return -loss - tau / 2 * (theta ** 2).sum().item() + len(theta) / 2 * math.log(tau) - determinant / 2

    tau = 0.7
    sigma = torch.linalg.inv(hessian + tau * torch.eye(len(theta), dtype=double))
    jacobian = torch.autograd.functional.jacobian(lambda flat: logits(flat, test), theta)  # [M, K, P]
    covariance = torch.stack([j @ sigma @ j.T for j in jacobian])
    mean = logits(theta, test)
    probit = mean / torch.sqrt(1 + math.pi / 8 * torch.stack([c.diagonal() for c in covariance]))
    epsilon = noise(generator(SEED, "last layer", 0), draws, m, k, dtype=double)
    drawn = torch.stack([torch.stack([mean[i] + torch.linalg.cholesky(covariance[i]) @ epsilon[s, i] for i in range(m)])
                         for s in range(draws)])
    grid = [10 ** (tenth / 10) for tenth in range(-40, 41)]
    best = max(grid, key=likelihood)
    assert grid[0] < best < grid[-1]
    found = {"features": x, "test": test, "weight": w, "bias": b, "mean": mean, "covariance": covariance, "probit": probit,
             "draws": drawn}
    return {**{name: value.numpy() for name, value in found.items()}, "labels": y.numpy().astype(np.int64),
            "likelihood": np.array([likelihood(tau)]), "best": np.array([best, likelihood(best)])}, {"precision": tau}


def swag():
    weights = normal(7, 9, dtype=torch.float64).numpy()
    mean, squares, distances = np.zeros(9), np.zeros(9), []
    for t, theta in enumerate(weights):
        mean = (t * mean + theta) / (t + 1)
        squares = (t * squares + theta ** 2) / (t + 1)
        distances.append(theta - mean)
    variance, directions = squares - mean ** 2, np.stack(distances[-4:], 1)
    assert variance.min() > 0
    draws, plain = [], []
    for i in range(3):
        source = generator(SEED, "swag", i)
        one, two = noise(source, 9, dtype=torch.float64).numpy(), noise(source, 4, dtype=torch.float64).numpy()
        draws.append(mean + math.sqrt(0.5) * np.sqrt(variance) * one + directions @ two / math.sqrt(2 * 3))
        plain.append(mean + np.sqrt(variance) * noise(generator(SEED, "swag", i), 9, dtype=torch.float64).numpy())
    return {"weights": weights, "mean": mean, "draws": np.stack(draws), "plain": np.stack(plain)}, {}


def conformal():
    n, m, k = 30, 12, 5
    z, test = (normal(n, k, dtype=torch.float64) * 2).numpy(), (normal(m, k, dtype=torch.float64) * 2).numpy()
    y = np.array([z[i].argmax() if i % 3 else (i // 3) % k for i in range(n)])
    softmax = lambda rows: np.exp(rows) / np.exp(rows).sum(1, keepdims=True)
    uniform = lambda purpose, count: torch.empty(count, 1).uniform_(generator=generator(SEED, purpose, 0)).double().numpy()[:, 0]

    def score(p, c, rule, u):
        if rule == "threshold":
            return 1 - p[c]
        above = sum(p[j] for j in range(k) if p[j] > p[c])
        return above + p[c] * (1 if rule == "whole" else u)

    found, errors = {"logits": z, "labels": y.astype(np.int64), "test": test}, [0.1, 0.25]
    p, q = softmax(z), softmax(test)
    first, second = uniform("conformal calibration", n), uniform("conformal sets", m)
    for rule in ("threshold", "whole", "adaptive"):
        scores = sorted(score(p[i], y[i], rule, first[i]) for i in range(n))
        limits = [scores[math.ceil((n + 1) * (1 - error)) - 1] for error in errors]
        sets = np.array([[[score(q[i], c, rule, second[i]) <= limit for c in range(k)] for i in range(m)] for limit in limits])
        assert 0 < sets.mean() < 1
        found |= {f"{rule}.limits": np.array(limits), f"{rule}.sets": sets.astype(np.int64)}
    means, targets = (normal(19, dtype=torch.float64).numpy() for _ in range(2))
    deviations = np.exp(normal(19, dtype=torch.float64).numpy())
    distances = np.abs(targets - means)
    found |= {"means": means, "targets": targets, "deviations": deviations, "width": np.array([sorted(distances)[17]]),
              "relative_width": np.array([sorted(distances / deviations)[17]])}  # the 18th of 19: 20 · 0.9
    return found, {}


def cases(dtype):
    for name, compute in [("laplace", laplace), ("swag", swag), ("conformal", conformal)]:
        yield Case(name, *compute())
