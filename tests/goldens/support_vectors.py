"""Linear support vector machines with squared hinges, one class against the rest, of 60 rows of 3 classes that overlap:
1/N·Σ max(0, 1 - s(wx + b))² + λ/2·‖w‖² for each class, by Newton's method on the rows that are within the margin, in numpy.
"""
import numpy as np
import torch

from case import Case, normal


def newton(x, s, penalty):
    rows = np.hstack([x, np.ones((len(x), 1))])
    decay = penalty * np.diag([1.0] * x.shape[1] + [0.0])
    w = np.zeros(rows.shape[1])

    def value(w):
        return (np.maximum(0, 1 - s * (rows @ w)) ** 2).mean() + w @ decay @ w / 2

    for _ in range(200):
        slack = np.maximum(0, 1 - s * (rows @ w))
        slope = -2 / len(x) * rows.T @ (s * slack) + decay @ w
        if np.abs(slope).max() < 1e-13:
            break
        inside = rows[slack > 0]
        step, length = np.linalg.solve(2 / len(x) * inside.T @ inside + decay, slope), 1.0
        while value(w - length * step) > value(w) and length > 1e-6:
            length /= 2
        w = w - length * step
    assert np.abs(slope).max() < 1e-9
    return w


def case(name, dtype, penalty):
    labels = torch.arange(60) % 3
    centres = torch.tensor([[1.0, 0.0, 0.5, 0.0], [-1.0, 0.5, 0.0, 1.0], [0.0, -1.0, -0.5, 0.0]])
    x = centres[labels].to(dtype) + normal(60, 4, dtype=dtype)
    exact = x.float().double().numpy()
    weights = np.stack([newton(exact, np.where(labels.numpy() == k, 1.0, -1.0), penalty) for k in range(3)])
    return Case(name, {"input": torch.tensor(exact).to(dtype), "label": labels, "weights": torch.tensor(weights)},
                {"penalty": penalty})


def cases(dtype):
    yield case("one_against_the_rest", dtype, 0.05)
    yield case("one_against_the_rest_softly", dtype, 1.0)
