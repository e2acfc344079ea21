"""What is computed on embeddings [N, D] and their classes, from the definitions, one by one and in float64.

retrieval   each row's ranking of the others by distance; recall@k counts queries with a hit among k (arXiv 1511.06452), MAP@R
            arXiv 2003.08505, nDCG with log2(1 + rank). Class 5 has one row: its query counts nowhere.
probes      k nearest neighbours by majority, and weighted by exp(cos/t) (arXiv 1805.01978); logistic regression by Newton's
            method on standardised features, mean cross-entropy + l2/2 |W|^2, the bias without penalty.
agreement   normalised mutual information with the arithmetic mean of the entropies; adjusted Rand index (Hubert and Arabie 1985).
density     arXiv 2007.05566: log N(f; mu_c, Sigma_c), with the covariances of Ledoit and Wolf 2004 about the class's mean; the
            area under the ROC curve by comparing all pairs; the false positive rate at a true positive rate of at least 95 %;
            the confusion log probability.
pca         principal components by the eigenvectors of the covariance, the largest element of each positive.
reciprocal  k-reciprocal re-ranking (1701.08398, equations 2 to 12) as sets and loops, with the authors' program's squared
            distances divided by each row's largest and "more than two thirds"; k1 = 7, k2 = 3, lambda = 0.3.
tsne        van der Maaten and Hinton 2008: joint probabilities whose conditional ones have the perplexity, the divergence and its
            gradient at a layout.
"""
import itertools
import math

import numpy as np
import torch

from case import Case, normal

CUTOFFS = [1, 4, 10]


def exact(tensor):
    return tensor.double().numpy()


def distances(x, y, cosine):
    if cosine:
        x, y = (v / np.sqrt((v * v).sum(1, keepdims=True)) for v in (x, y))
        return np.array([[1 - float(a @ b) for b in y] for a in x])
    return np.array([[math.sqrt(((a - b) ** 2).sum()) for b in y] for a in x])


def retrieval(features, labels, cosine):
    far = distances(features, features, cosine)
    recall, gains = {k: [] for k in CUTOFFS}, {k: [] for k in CUTOFFS}
    means, means_at_r, without = [], [], 0
    for q in range(len(labels)):
        order = sorted((i for i in range(len(labels)) if i != q), key=lambda i: (far[q, i], i))
        hits = [int(labels[i] == labels[q]) for i in order]
        total = sum(hits)
        if total == 0:
            without += 1
            continue
        precision = [sum(hits[:i + 1]) / (i + 1) for i in range(len(hits))]
        means.append(sum(p * h for p, h in zip(precision, hits)) / total)
        means_at_r.append(sum(p * h for p, h in zip(precision[:total], hits[:total])) / total)
        for k in CUTOFFS:
            recall[k].append(max(hits[:k]))
            best = sum(1 / math.log2(i + 2) for i in range(min(k, total)))
            gains[k].append(sum(h / math.log2(i + 2) for i, h in enumerate(hits[:k])) / best)
    nearest = np.array([sorted((i for i in range(len(labels)) if i != q), key=lambda i: (far[q, i], i))[:7]
                        for q in range(len(labels))])
    numbers = np.array([np.mean(means), np.mean(means_at_r), without])
    return (nearest, np.take_along_axis(far, nearest, 1), numbers,
            np.array([[np.mean(recall[k]), np.mean(gains[k])] for k in CUTOFFS]))


def clusters(count, classes, dimension, spread, dtype, centers=None, deviations=1.0):
    """Rows around the centres of their classes."""
    labels = torch.arange(count) % classes
    centers = normal(classes, dimension, dtype=dtype, scale=spread) if centers is None else centers
    noise = normal(count, dimension, dtype=dtype) * deviations
    return (centers[labels] + noise).to(torch.float32).to(dtype), labels, centers


def vote(train, train_labels, test, k, temperature):
    """By majority, ties to the class of the nearer one; and by weight."""
    far, similar = distances(test, train, False), 1 - distances(test, train, True)
    majority, weighted = [], []
    for q in range(len(test)):
        near = sorted(range(len(train)), key=lambda i: (far[q, i], i))[:k]
        votes = [train_labels[i] for i in near]
        most = max(votes.count(c) for c in votes)
        majority.append(next(c for c in votes if votes.count(c) == most))
        near = sorted(range(len(train)), key=lambda i: (-similar[q, i], i))[:k]
        sums = {}
        for i in near:
            sums[train_labels[i]] = sums.get(train_labels[i], 0.0) + math.exp(similar[q, i] / temperature)
        weighted.append(max(sums, key=sums.get))
    return np.array(majority), np.array(weighted)


def logistic(features, labels, classes, l2):
    """[K, D + 1] weights and biases, and the objective, by Newton's method."""
    n, d = features.shape
    x = torch.from_numpy(np.concatenate([features, np.ones((n, 1))], 1))
    y = torch.from_numpy(labels)
    penalty = torch.ones(classes, d + 1, dtype=torch.float64)
    penalty[:, -1] = 0

    def objective(flat):
        w = flat.reshape(classes, d + 1)
        return torch.nn.functional.cross_entropy(x @ w.T, y) + l2 / 2 * (penalty * w * w).sum()

    flat = torch.zeros(classes * (d + 1), dtype=torch.float64)
    for _ in range(50):
        gradient = torch.autograd.functional.jacobian(objective, flat)
        hessian = torch.autograd.functional.hessian(objective, flat)
        step = torch.linalg.pinv(hessian) @ gradient  # one bias is free
        flat = flat - step
    assert gradient.abs().max() < 1e-12
    return flat.reshape(classes, d + 1).numpy(), objective(flat).item()


def agreement(a, b):
    n = len(a)
    table = np.array([[np.sum((a == i) & (b == j)) for j in np.unique(b)] for i in np.unique(a)], dtype=float)
    rows, columns = table.sum(1), table.sum(0)
    information = sum(table[i, j] / n * math.log(n * table[i, j] / (rows[i] * columns[j]))
                      for i in range(len(rows)) for j in range(len(columns)) if table[i, j])
    entropy = [-sum(c / n * math.log(c / n) for c in counts) for counts in (rows, columns)]
    together = np.zeros(4)  # pairs: together in both, in a alone, in b alone, in none
    for i, j in itertools.combinations(range(n), 2):
        together[(0 if b[i] == b[j] else 1) if a[i] == a[j] else (2 if b[i] == b[j] else 3)] += 1
    both, only_a, only_b, _ = together
    expected = (both + only_a) * (both + only_b) / together.sum()
    rand = (both - expected) / (((both + only_a) + (both + only_b)) / 2 - expected)
    return information / (sum(entropy) / 2), rand


def shrunk(x):
    """Ledoit and Wolf 2004 about the mean: (1 - a) S + a mu I, and a."""
    n, d = x.shape
    x = x - x.mean(0)
    s = x.T @ x / n
    mu = np.trace(s) / d
    delta = ((s - mu * np.eye(d)) ** 2).sum() / d
    beta = min(sum(((np.outer(row, row) - s) ** 2).sum() for row in x) / n ** 2 / d, delta)
    a = beta / delta
    return (1 - a) * s + a * mu * np.eye(d), a


def log_density(x, mean, covariance):
    d = len(mean)
    return np.array([-0.5 * ((row - mean) @ np.linalg.inv(covariance) @ (row - mean) + np.linalg.slogdet(covariance)[1]
                             + d * math.log(2 * math.pi)) for row in x])


def area(positive, negative):
    wins = sum((p > q) + 0.5 * (p == q) for p in positive for q in negative)
    return wins / (len(positive) * len(negative))


def false_positives(positive, negative):
    """At the largest threshold that at least 95 % of the positives reach."""
    threshold = max(t for t in positive if np.mean(positive >= t) >= 0.95)
    return np.mean(negative >= threshold)


def affinities(x, perplexity):
    n = len(x)
    squares = np.array([[((a - b) ** 2).sum() for b in x] for a in x])
    p = np.zeros((n, n))
    for i in range(n):
        low, high = 0.0, np.inf
        beta = 1.0
        others = [j for j in range(n) if j != i]
        nearest = squares[i, others].min()
        for _ in range(300):
            w = np.exp(-beta * (squares[i, others] - nearest))
            w = w / w.sum()
            entropy = -sum(v * math.log(v) for v in w if v > 0)
            if entropy > math.log(perplexity):
                low, beta = beta, beta * 2 if high == np.inf else (beta + high) / 2
            else:
                high, beta = beta, (beta + low) / 2
        p[i, others] = w
    return (p + p.T) / (2 * n)


def divergence(p, y):
    n = len(y)
    w = np.array([[0.0 if i == j else 1 / (1 + ((y[i] - y[j]) ** 2).sum()) for j in range(n)] for i in range(n)])
    q = w / w.sum()
    loss = sum(p[i, j] * math.log(p[i, j] / q[i, j]) for i in range(n) for j in range(n) if p[i, j] > 0)
    gradient = np.array([4 * sum((p[i, j] - q[i, j]) * w[i, j] * (y[i] - y[j]) for j in range(n)) for i in range(n)])
    return loss, gradient


def reciprocal(queries, gallery, k1, k2, weight, cosine):
    rows = np.concatenate([queries, gallery])
    if cosine:
        rows = rows / np.sqrt((rows * rows).sum(1, keepdims=True))
    count = len(rows)
    far = np.array([[((a - b) ** 2).sum() for b in rows] for a in rows])
    far = far / far.max(1, keepdims=True)
    # Itself first, whatever else lies at the same place.
    order = [[p] + sorted((i for i in range(count) if i != p), key=lambda i: (far[p, i], i)) for p in range(count)]

    def mutual(p, k):
        return {g for g in order[p][:k + 1] if p in order[g][:k + 1]}

    encoded = np.zeros((count, count))
    for p in range(count):
        near = mutual(p, k1)
        more = set(near)
        for q in near:
            others = mutual(q, round(k1 / 2))
            if len(others & near) > 2 / 3 * len(others):
                more |= others
        for g in more:
            encoded[p, g] = math.exp(-far[p, g])
        encoded[p] /= encoded[p].sum()
    smooth = np.array([encoded[order[p][:k2]].mean(0) for p in range(count)])
    n = len(queries)
    final = np.zeros((n, count - n))
    for i in range(n):
        for j in range(n, count):
            jaccard = 1 - np.minimum(smooth[i], smooth[j]).sum() / np.maximum(smooth[i], smooth[j]).sum()
            final[i, j - n] = (1 - weight) * jaccard + weight * far[i, j]
    places = np.argsort(final, 1, kind="stable")
    return places, np.take_along_axis(final, places, 1)


def cases(dtype):
    features, labels, _ = clusters(61, 5, 4, 1.0, dtype)
    labels[60] = 5
    tensors = {"features": features, "labels": labels}
    for name, cosine in (("euclidean", False), ("cosine", True)):
        nearest, far, numbers, at = retrieval(exact(features), labels.tolist(), cosine)
        tensors |= {f"{name}.nearest": nearest, f"{name}.distances": far, f"{name}.numbers": numbers, f"{name}.at": at}
    yield Case("retrieval", tensors, {})

    train, train_labels, centers = clusters(90, 3, 4, 1.2, dtype)
    test, test_labels, _ = clusters(45, 3, 4, 1.2, dtype, centers)
    majority, weighted = vote(exact(train), train_labels.tolist(), exact(test), 6, 0.07)
    x, y = exact(train), exact(test)
    mean, deviation = x.mean(0), x.std(0)
    weights, objective = logistic((x - mean) / deviation, train_labels.numpy(), 3, 1e-2)
    logits = np.concatenate([(y - mean) / deviation, np.ones((45, 1))], 1) @ weights.T
    probabilities = torch.softmax(torch.from_numpy(logits), 1).numpy()
    yield Case("probes", {"train": train, "train_labels": train_labels, "test": test, "test_labels": test_labels,
                          "majority": majority, "weighted": weighted, "probabilities": probabilities,
                          "objective": np.array(objective)}, {"neighbors": 6, "temperature": 0.07, "l2": 1e-2})

    a, b = torch.randint(0, 4, (50,)), torch.randint(0, 3, (50,))
    b = torch.where(torch.rand(50) < 0.6, a.clamp(max=2), b)
    yield Case("agreement", {"first": a, "second": b, "agreement": np.array(agreement(a.numpy(), b.numpy()))}, {})

    deviations = torch.tensor([4.0, 2.0, 1.0, 1.0, 0.5, 0.25], dtype=dtype)
    train, labels, centers = clusters(40, 3, 6, 1.5, dtype, deviations=deviations)
    inside, _, _ = clusters(30, 3, 6, 1.5, dtype, centers, deviations)
    outside = normal(25, 6, dtype=dtype, scale=2.0)
    x = exact(train)
    own, shares, scores = [], [], {"inside": [], "outside": []}
    tied_rows = []
    for c in range(3):
        rows = x[labels.numpy() == c]
        covariance, share = shrunk(rows)
        own.append((rows.mean(0), covariance))
        shares.append(share)
        tied_rows.append(rows - rows.mean(0))
    tied, tied_share = shrunk(np.concatenate(tied_rows))
    tensors = {"train": train, "labels": labels, "inside": inside, "outside": outside,
               "shrinkage": np.array(shares), "tied_shrinkage": np.array([tied_share]),
               "covariances": np.stack([covariance for _, covariance in own]), "tied_covariance": tied}
    for name, data in (("inside", exact(inside)), ("outside", exact(outside))):
        tensors[f"{name}.scores"] = np.max([log_density(data, mean, covariance) for mean, covariance in own], 0)
        tensors[f"{name}.tied_scores"] = np.max([log_density(data, mean, tied) for mean, _ in own], 0)
    # Rounded, so that there are ties.
    positive, negative = np.round(tensors["inside.scores"]), np.round(tensors["outside.scores"])
    logits = normal(4, 20, 5, dtype=dtype)
    probabilities = torch.softmax(logits.double(), 2).mean(0).numpy()
    confusion = math.log(sum(probabilities[i, k] for i in range(20) for k in (0, 1, 2)) / 20)
    tensors |= {"positive": positive, "negative": negative,
                "rates": np.array([area(positive, negative), false_positives(positive, negative)]),
                "members": logits, "confusion": np.array(confusion)}
    yield Case("density", tensors, {})

    features, _, _ = clusters(30, 3, 5, 2.0, dtype)
    x = exact(features)
    values, vectors = np.linalg.eigh((x - x.mean(0)).T @ (x - x.mean(0)) / (len(x) - 1))
    vectors = vectors[:, ::-1][:, :2].T
    vectors = np.stack([v * np.sign(v[np.abs(v).argmax()]) for v in vectors])
    yield Case("pca", {"features": features, "components": vectors, "variances": values[::-1][:2].copy(),
                       "projected": (x - x.mean(0)) @ vectors.T, "share": np.array(values[::-1][:2] / values.sum())}, {})

    layout = normal(30, 2, dtype=dtype)
    p = affinities(x, 8)
    loss, gradient = divergence(p, exact(layout))
    yield Case("tsne", {"features": features, "layout": layout, "affinities": p, "divergence": np.array(loss),
                        "gradient": gradient}, {"perplexity": 8})

    features, _, _ = clusters(9, 4, 5, 0.7, dtype)
    features = features[torch.randperm(len(features))]
    queries, gallery = features[:8], features[8:]
    tensors = {"queries": queries, "gallery": gallery}
    for name, cosine in (("euclidean", False), ("cosine", True)):
        places, final = reciprocal(exact(queries), exact(gallery), 7, 3, 0.3, cosine)
        tensors |= {f"{name}.places": places, f"{name}.distances": final}
    yield Case("reciprocal", tensors, {})
