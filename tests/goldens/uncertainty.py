"""What a classifier's probabilities are worth, from the definitions, one by one and in float64.

calibration  1706.04599: expected and maximum calibration error in bins (lo, hi] of equal width; in bins of as many predictions each,
             1904.01685; the Brier score; the temperature by a golden-section search of the likelihood, factors and shifts of the
             classes by Newton's method.
samples      members' predictions [S, N, K]: the entropy of the mean, the mean of the entropies, and the mutual information by the
             divergence of each member from the mean (1112.5745).
rejection    by thresholds: the share of errors among the k surest, ties in all orders (the mean over them); AUROC of right against
             wrong by all pairs.
boosting     SAMME (Zhu et al. 2009, algorithm 2) and AdaBoost.M1 (Freund and Schapire 1996) with members whose predictions are
             given; the logits are 1/(K - 1) of the sum of votes coded by 1 and -1/(K - 1).
"""
import itertools
import math

import numpy as np
import torch

from case import Case, normal


def softmax(z):
    e = np.exp(z - z.max(-1, keepdims=True))
    return e / e.sum(-1, keepdims=True)


def loss(z, y):
    return -np.log(softmax(z)[np.arange(len(y)), y]).mean()


def widths(p, y, bins):
    found = []
    for b in range(bins):
        lo, hi = b / bins, (b + 1) / bins
        rows = [i for i in range(len(y)) if lo < p[i].max() <= hi]
        if rows:
            found.append((len(rows), abs(np.mean([p[i].max() for i in rows]) - np.mean([p[i].argmax() == y[i] for i in rows]))))
    return found


def masses(p, y, bins):
    order = sorted(range(len(y)), key=lambda i: p[i].max())
    parts = [order[b * len(y) // bins:(b + 1) * len(y) // bins] for b in range(bins)]
    return [(len(rows), abs(np.mean([p[i].max() for i in rows]) - np.mean([p[i].argmax() == y[i] for i in rows]))) for rows in parts]


def expected(bins):
    return sum(n * gap for n, gap in bins) / sum(n for n, _ in bins)


def temperature(z, y):
    lo, hi, ratio = math.log(0.05), math.log(50), (math.sqrt(5) - 1) / 2
    for _ in range(120):
        a, b = hi - ratio * (hi - lo), lo + ratio * (hi - lo)
        lo, hi = (lo, b) if loss(z / math.exp(a), y) < loss(z / math.exp(b), y) else (a, hi)
    return math.exp((lo + hi) / 2)


def vector(z, y):
    z, y = torch.tensor(z), torch.tensor(y)
    k = z.shape[1]
    theta = torch.cat([torch.ones(k), torch.zeros(k)]).double()

    def objective(t):
        # A shift of all classes changes nothing: the sum of the shifts stays 0.
        return torch.nn.functional.cross_entropy(z * t[:k] + t[k:], y) + t[k:].sum() ** 2 / 2

    for _ in range(60):
        theta = theta.detach().requires_grad_()
        gradient = torch.autograd.grad(objective(theta), theta)[0]
        if gradient.abs().max() < 1e-13:
            break
        hessian = torch.autograd.functional.hessian(objective, theta.detach())
        step, length = torch.linalg.solve(hessian, gradient), 1.0
        while objective(theta - length * step) > objective(theta):
            length /= 2
        theta = theta - length * step
    return theta.detach().numpy()


def calibration():
    z = (normal(90, 4, dtype=torch.float64) * 2).numpy()
    y = np.array([z[i].argmax() if i % 3 else (i // 3) % 4 for i in range(90)])
    p = softmax(z)
    t, v = temperature(z, y), vector(z, y)
    assert 1 < t < 10
    onehot = np.eye(4)[y]
    return {
        "logits": z, "labels": y.astype(np.int64),
        "width": np.array([expected(widths(p, y, 15)), max(g for _, g in widths(p, y, 15)), expected(widths(p, y, 4))]),
        "mass": np.array([expected(masses(p, y, 15)), max(g for _, g in masses(p, y, 15)), expected(masses(p, y, 7))]),
        "brier": np.array([((p - onehot) ** 2).sum(1).mean()]),
        "temperature": np.array([t, loss(z / t, y), expected(widths(softmax(z / t), y, 15))]),
        "vector": np.array([loss(z * v[:4] + v[4:], y)]), "vector_probabilities": softmax(z * v[:4] + v[4:]),
    }


def samples():
    z = (normal(5, 12, 3, dtype=torch.float64) * 2).numpy()
    p = softmax(z)
    mean = p.mean(0)
    total = np.array([-sum(q * math.log(q) for q in row) for row in mean])
    aleatoric = np.array([np.mean([-sum(q * math.log(q) for q in p[s, n]) for s in range(5)]) for n in range(12)])
    mutual = np.array([np.mean([sum(a * math.log(a / b) for a, b in zip(p[s, n], mean[n])) for s in range(5)])
                       for n in range(12)])
    assert np.abs(total - aleatoric - mutual).max() < 1e-12
    return {"logits": z, "mean": mean, "total": total, "aleatoric": aleatoric, "mutual": mutual}


def rejection():
    confidence = np.array([0.9, 0.7, 0.7, 0.7, 0.5, 0.4, 0.4, 0.95, 0.2])
    right = np.array([1, 1, 0, 1, 0, 1, 0, 1, 0], dtype=bool)
    orders = [order for order in itertools.permutations(range(9))
              if all(confidence[a] >= confidence[b] for a, b in zip(order, order[1:]))]
    errors = np.mean([np.cumsum([not right[i] for i in order]) for order in orders], axis=0)
    pairs = [(a > b) + (a == b) / 2 for a in confidence[right] for b in confidence[~right]]
    return {"confidence": confidence, "right": right.astype(np.int64), "area": np.array([np.mean(errors / np.arange(1, 10))]),
            "auroc": np.array([np.mean(pairs)]), "accuracy": 1 - errors / np.arange(1, 10)}


def boosting():
    y = np.array([0, 1, 2, 0, 1, 2, 0, 1, 2, 0])
    said = np.array([[0, 1, 2, 0, 1, 2, 1, 2, 0, 1], [1, 1, 2, 0, 2, 2, 0, 1, 2, 0], [0, 0, 2, 1, 1, 2, 0, 1, 2, 0]])
    found = {"labels": y.astype(np.int64), "said": said.astype(np.int64)}
    for rule in ["samme", "m1"]:
        w, votes = np.full(10, 0.1), []
        for member in said:
            wrong = member != y
            error = w[wrong].sum() / w.sum()
            assert error < (2 / 3 if rule == "samme" else 1 / 2)
            if rule == "samme":
                alpha = math.log((1 - error) / error) + math.log(2)
                w = w * np.exp(alpha * wrong)
            else:
                alpha = math.log((1 - error) / error)
                w = w * np.where(wrong, 1, error / (1 - error))
            w, _ = w / w.sum(), votes.append(alpha)
        coded = np.full((3, 10, 3), -0.5)
        for m, n in itertools.product(range(3), range(10)):
            coded[m, n, said[m, n]] = 1
        found |= {f"{rule}_votes": np.array(votes), f"{rule}_logits": sum(a * c for a, c in zip(votes, coded)) / 2}
    return found


def cases(dtype):
    for name, compute in [("boosting", boosting), ("calibration", calibration), ("samples", samples), ("rejection", rejection)]:
        yield Case(name, compute(), {})
