"""Linear regression that is solved, of 40 rows.

ordinary    w = (XᵀX)⁻¹Xᵀy of centred columns; b from the means
deficient   one column is the sum of two others: w = X⁺y, the solution of the least norm, by numpy's pinv
ridge       w = (XᵀX + αI)⁻¹Xᵀy, b is not penalised (Hoerl and Kennard 1970)
plain       ridge without an intercept
lasso, net  ½‖y - Xw‖² + Nλ‖w‖₁ + ½α‖w‖² by coordinate descent from the subgradient's zero, one coordinate after another until none
            moves by 1e-15, and proof of each by the conditions of Karush, Kuhn and Tucker
"""
import numpy as np
import torch

from case import Case, normal

ROWS, COLUMNS = 40, 6


def centred(x, y, intercept):
    if not intercept:
        return x, y, np.zeros(x.shape[1]), np.zeros(y.shape[1])
    return x - x.mean(0), y - y.mean(0), x.mean(0), y.mean(0)


def closed(x, y, alpha):
    return np.linalg.solve(x.T @ x + alpha * np.eye(x.shape[1]), x.T @ y)


def coordinates(x, y, alpha, penalty):
    w = np.zeros((x.shape[1], y.shape[1]))
    threshold = len(x) * penalty
    for _ in range(100000):
        before = w.copy()
        for k in range(y.shape[1]):
            for j in range(x.shape[1]):
                rest = y[:, k] - x @ w[:, k] + x[:, j] * w[j, k]
                along = x[:, j] @ rest
                w[j, k] = np.sign(along) * max(abs(along) - threshold, 0) / (x[:, j] @ x[:, j] + alpha)
        if np.abs(w - before).max() < 1e-15:
            break
    slopes = x.T @ (y - x @ w) - alpha * w
    assert (np.abs(slopes[w == 0]) <= threshold + 1e-9).all() and 0 < (w == 0).sum() < w.size
    assert np.allclose(slopes[w != 0], threshold * np.sign(w[w != 0]), atol=1e-8)
    return w


def case(name, dtype, alpha=0.0, penalty=0.0, intercept=True, deficient=False):
    x = normal(ROWS, COLUMNS, dtype=dtype, scale=2.0, shift=1.0)
    if deficient:
        x[:, 5] = x[:, 0] + x[:, 1]
    y = x[:, :2] * torch.tensor([1.5, -0.5]) + 0.3 * normal(ROWS, 2, dtype=dtype) + 3
    # In both precisions: what is stored is the reference of float64, from the very numbers that are stored.
    exact, targets = x.float().double().numpy(), y.float().double().numpy()
    cx, cy, mean_x, mean_y = centred(exact, targets, intercept)
    w = np.linalg.pinv(cx) @ cy if deficient else coordinates(cx, cy, alpha, penalty) if penalty else closed(cx, cy, alpha)
    tensors = {"input": torch.tensor(exact).to(dtype), "label": torch.tensor(targets).to(dtype), "weight": torch.tensor(w.T),
               "bias": torch.tensor(mean_y - mean_x @ w)}
    return Case(name, tensors, {"ridge": alpha, "lasso": penalty})


def cases(dtype):
    yield case("ordinary", dtype)
    yield case("deficient", dtype, deficient=True)
    yield case("ridge", dtype, alpha=20.0)
    yield case("plain", dtype, alpha=5.0, intercept=False)
    yield case("lasso", dtype, penalty=0.8)
    yield case("elastic_net", dtype, alpha=10.0, penalty=0.4)
