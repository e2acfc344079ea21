"""What samples of a generator are measured by, each by its definition; settings as named.

frechet    squared Fréchet distance of `real` [N, D] and `made` [M, D], 1706.08500, equation 6: the root of the product of the covariances by
           its eigenvalues as they are, and by a Schur-free iteration (Denman and Beavers 1976) that both must agree with
inception  1606.03498: exp(mean KL(p(y|x) || p(y))) of `logits` [N, K]
precision, recall   1904.06991, algorithm 1 with k = 3, point by point
"""
import numpy as np
import torch

from case import Case, normal


def moments(x):
    mean = x.sum(0) / len(x)
    return mean, sum(np.outer(row - mean, row - mean) for row in x) / (len(x) - 1)


def root(matrix):
    """Denman and Beavers: Y -> A^(1/2)."""
    y, z = matrix, np.eye(len(matrix))
    for _ in range(60):
        y, z = (y + np.linalg.inv(z)) / 2, (z + np.linalg.inv(y)) / 2
    return y


def frechet(real, made):
    (m, c), (n, d) = moments(real), moments(made)
    by_values = np.sqrt(np.linalg.eigvals(c @ d).astype(complex)).sum().real
    by_root = np.trace(root(c @ d))
    assert abs(by_values - by_root) < 1e-8 * abs(by_root), (by_values, by_root)
    return ((m - n) ** 2).sum() + np.trace(c) + np.trace(d) - 2 * by_root


def inception(logits):
    p = np.exp(logits) / np.exp(logits).sum(1, keepdims=True)
    marginal = p.sum(0) / len(p)
    return np.exp(sum((row * np.log(row / marginal)).sum() for row in p) / len(p))


def covered(samples, points, k):
    def radius(i):
        return sorted(np.sqrt(((points[i] - other) ** 2).sum()) for j, other in enumerate(points) if j != i)[k - 1]
    radii = [radius(i) for i in range(len(points))]
    inside = [any(np.sqrt(((x - point) ** 2).sum()) <= r for point, r in zip(points, radii)) for x in samples]
    assert 0 < sum(inside) < len(inside)
    return sum(inside) / len(inside)


def cases(dtype):
    mixing = normal(4, 4, dtype=dtype)
    real, made = normal(60, 4, dtype=dtype) @ mixing, normal(45, 4, dtype=dtype, shift=0.7) @ mixing.t()
    logits = normal(50, 5, dtype=dtype, scale=3.0)
    # Both precisions are given the same numbers, those that float32 has.
    a, b, z = (x.to(torch.float32).to(torch.float64).numpy() for x in (real, made, logits))
    yield Case("measures", {"real": real, "made": made, "logits": logits, "frechet": np.array(frechet(a, b)),
                            "inception": np.array(inception(z)), "precision": np.array(covered(b, a, 3)),
                            "recall": np.array(covered(a, b, 3))}, {"neighbors": 3})
