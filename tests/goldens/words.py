"""Counts of neighbouring words, their information and its singular vectors, from the definitions; V = 12 words in 40 sentences.

`sentences` [40, 9] int64 are the numbers of words, V and V + 1 are words that are not in the vocabulary and are left out first.
`counts.uniform`, `counts.harmonic`, `counts.linear` [V, V]: neighbours within 3 places count 1, 1/d, (4 - d)/3.
`information.1`: max(0, log(n_ij N / (n_i n_j))) of the harmonic counts. `information.2`: contexts by n_j^0.75 / Σ n^0.75, less log 2.
`gram.half`, `gram.zero` [V, V]: the products of rows of U Σ^p, p = 0.5 and 0, of the 4 largest singular values of information.1.

sentences: `vectors` [V, 5], `counts` [V], `words` [6, 4] (-1 for none). `mean` [6, 5]; `sif` [6, 5]: the mean of a / (a + p) v with
a = 0.01, less its part along the first right singular vector (Arora et al. 2017, algorithm 1).
"""
import numpy as np
import torch

from case import Case

V, WINDOW, KEPT = 12, 3, 4


def cases(dtype):
    rng = np.random.RandomState(7)
    # A word is often followed by the next one: there is something to be told.
    sentences = np.zeros((40, 9), np.int64)
    for sentence in sentences:
        sentence[0] = rng.randint(V + 2)
        for i in range(1, 9):
            sentence[i] = (sentence[i - 1] + 1) % (V + 2) if rng.rand() < 0.6 else rng.randint(V + 2)
    counts = {name: np.zeros((V, V)) for name in ("uniform", "harmonic", "linear")}
    for sentence in sentences:
        kept = [word for word in sentence if word < V]
        for i, word in enumerate(kept):
            for j, other in enumerate(kept):
                d = abs(i - j)
                if 0 < d <= WINDOW:
                    counts["uniform"][word, other] += 1
                    counts["harmonic"][word, other] += 1 / d
                    counts["linear"][word, other] += (WINDOW + 1 - d) / WINDOW
    n = counts["harmonic"]
    with np.errstate(divide="ignore"):
        first = np.maximum(0, np.log(n * n.sum() / np.outer(n.sum(1), n.sum(0))))
        smoothed = n.sum(0) ** 0.75 / (n.sum(0) ** 0.75).sum()
        second = np.maximum(0, np.log(n / n.sum(1, keepdims=True) / smoothed) - np.log(2))
    u, s, _ = np.linalg.svd(first)
    assert s[KEPT - 1] - s[KEPT] > 1e-2, "the subspace is not determined"
    tensors = {f"counts.{name}": torch.tensor(value) for name, value in counts.items()}
    tensors |= {"sentences": torch.tensor(sentences), "information.1": torch.tensor(first), "information.2": torch.tensor(second)}
    for name, power in (("half", 0.5), ("zero", 0.0)):
        rows = u[:, :KEPT] * s[:KEPT] ** power
        tensors[f"gram.{name}"] = torch.tensor(rows @ rows.T)
    yield Case("counts", tensors, {"window": WINDOW, "kept": KEPT})
    yield sentence_case()


def sentence_case():
    rng = np.random.RandomState(3)
    vectors, counts = rng.randn(V, 5).astype(np.float32).astype(np.float64), rng.randint(1, 90, V)
    words = np.full((6, 4), -1)
    mean, weighed = np.zeros((6, 5)), np.zeros((6, 5))
    for i in range(6):
        length = rng.randint(1, 5)
        words[i, :length] = rng.randint(0, V, length)
        for word in words[i, :length]:
            mean[i] += vectors[word] / length
            weighed[i] += 0.01 / (0.01 + counts[word] / counts.sum()) * vectors[word] / length
    values, directions = np.linalg.eigh(weighed.T @ weighed)
    assert values[-1] - values[-2] > 1e-2 * values[-1], "the direction is not determined"
    first = directions[:, -1]
    tensors = {"vectors": torch.tensor(vectors), "counts": torch.tensor(counts), "words": torch.tensor(words),
               "mean": torch.tensor(mean), "sif": torch.tensor(weighed - np.outer(weighed @ first, first))}
    return Case("sentences", tensors, {"a": 0.01})
