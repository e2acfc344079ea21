"""Objectives of embeddings f [8, 10] and labels [8], and the gradient of the loss with respect to f.

Triplets are found by loops over the samples; a label of -100 belongs to no class. d is the Euclidean distance, of vectors divided
by their length unless a name says otherwise. Settings are the trainer's properties.

triplet_semi_hard     1503.03832: for each pair (a, p) of a class the nearest n of another class with d(a, n) > d(a, p), or where
                      there is none the farthest n: mean over pairs of max(0, d(a, p) - d(a, n) + m); squared: with d².
triplet_batch_all     1703.07737: mean over the triplets with a loss above 0; soft: of log(1 + exp(d(a, p) - d(a, n))) over all.
triplet_batch_hard    1703.07737, equation 5: for each a the farthest p and the nearest n, mean over a.
contrastive_pairs     Hadsell et al. 2006: mean over pairs i < j of ½ d² where of a class, else ½ max(0, m - d)².
n_pair                Sohn 2016: pairs (f_i, f⁺_i) of N classes, mean of log(1 + Σ_{j≠i} exp(f_i f⁺_j - f_i f⁺_i)), plus 0.002 of the
                      mean squared length; vectors as they are.
prototypical          1703.05175, equations 1 and 2: c_k the mean of the first K vectors of class k, mean over the others of
                      -log softmax_k(-‖f - c_k‖²)[y]; vectors as they are.
"""
import torch
import torch.nn.functional as F

from case import assert_close, normal
from losses import case

BATCH, WIDTH = 8, 10


def distances(f, normalize=True):
    u = f / f.square().sum(1, keepdim=True).sqrt() if normalize else f
    return [[(u[i] - u[j]).square().sum().sqrt() if i != j else torch.zeros((), dtype=f.dtype) for j in range(len(f))]
            for i in range(len(f))]


def places(y):
    pairs = [(a, p) for a in range(len(y)) for p in range(len(y)) if a != p and y[a] == y[p] and y[a] >= 0]
    negatives = [[n for n in range(len(y)) if y[n] != y[a] and y[n] >= 0 and y[a] >= 0] for a in range(len(y))]
    return pairs, negatives


def hinge(difference, margin, soft):
    return F.softplus(difference) if soft else (difference + margin).clamp(min=0)


def semi_hard(f, y, margin=0.2, soft=False, squared=False, normalize=True, of_both=False):
    d = distances(f, normalize)
    d = [[v ** 2 for v in row] for row in d] if squared else d
    pairs, negatives = places(y)
    losses, kinds = [], set()
    for a, p in pairs:
        behind = [n for n in negatives[a] if d[a][n] > d[a][p]]
        kinds.add(bool(behind))
        n = min(behind, key=lambda n: d[a][n]) if behind else max(negatives[a], key=lambda n: d[a][n])
        losses.append(hinge(d[a][p] - d[a][n], margin, soft))
    assert not of_both or kinds == {True, False}, "both kinds of negatives"
    return torch.stack(losses).mean()


def batch_all(f, y, margin=0.2, soft=False):
    d = distances(f)
    pairs, negatives = places(y)
    losses = torch.stack([hinge(d[a][p] - d[a][n], margin, soft) for a, p in pairs for n in negatives[a]])
    kept = losses[losses > 0]
    assert soft or 0 < len(kept) < len(losses)
    return kept.mean()


def batch_hard(f, y, margin=0.2, soft=False):
    d = distances(f)
    pairs, negatives = places(y)
    losses = [hinge(max(d[a][p] for b, p in pairs if b == a) - min(d[a][n] for n in negatives[a]), margin, soft)
              for a in sorted({a for a, _ in pairs})]
    return torch.stack(losses).mean()


def contrastive(f, y, margin, normalize=True):
    d = distances(f, normalize)
    known = [i for i in range(len(y)) if y[i] >= 0]
    losses, pushed = [], 0
    for i in known:
        for j in known:
            if i < j:
                same = y[i] == y[j]
                pushed += bool(not same and d[i][j] < margin)
                losses.append(d[i][j] ** 2 / 2 if same else (margin - d[i][j]).clamp(min=0) ** 2 / 2)
    assert pushed > 0
    return torch.stack(losses).mean()


def n_pair(f, y, penalty=0.002):
    first, second = {}, {}
    for i, label in enumerate(y.tolist()):
        (second if label in first else first)[label] = i
    anchors, positives = f[list(first.values())], f[[second[label] for label in first]]
    s = anchors @ positives.T
    loss = (1 + ((s - torch.diagonal(s)[:, None]).exp() * (1 - torch.eye(len(s), dtype=f.dtype))).sum(1)).log().mean()
    assert_close(loss.detach(), F.cross_entropy(s, torch.arange(len(s))).detach(), "tuplets")
    return loss + penalty * f.square().sum(1).mean()


def prototypical(f, y, shots, normalize=False):
    u = f / f.square().sum(1, keepdim=True).sqrt() if normalize else f
    members = {}
    for i, label in enumerate(y.tolist()):
        if label >= 0:
            members.setdefault(label, []).append(i)
    prototypes = {label: torch.stack([u[i] for i in places[:shots]]).mean(0) for label, places in members.items()}
    losses = []
    for label, places in members.items():
        for i in places[shots:]:
            near = {k: -(u[i] - c).square().sum() for k, c in prototypes.items()}
            losses.append(torch.logsumexp(torch.stack(list(near.values())), 0) - near[label])
    return torch.stack(losses).mean()


def cases(dtype):
    f = normal(BATCH, WIDTH, dtype=dtype)
    y = torch.tensor([0, 0, 1, 7, 1, 7, 0, 3])
    some = y.clone()
    some[1] = some[6] = -100
    pairs = torch.tensor([4, 4, 0, 2, 0, 2, 9, 9])

    def one(name, term, formula, settings=None, labels=y, vectors=f):
        return case(name, vectors, {term: lambda x: formula(x, labels)}, settings, labels=labels)

    triplet = "Triplet"
    yield one("triplet_semi_hard", triplet, lambda x, t: semi_hard(x, t, of_both=True), {"TripletMargin": 0.2})
    yield one("triplet_semi_hard_1", triplet, lambda x, t: semi_hard(x, t, 1.0), {"TripletMargin": 1.0})
    yield one("triplet_semi_hard_some", triplet, semi_hard, {"TripletMargin": 0.2}, some)
    yield one("triplet_squared", triplet, lambda x, t: semi_hard(x, t, 0.3, squared=True), {"TripletMargin": 0.3})
    yield one("triplet_as_is", triplet, lambda x, t: semi_hard(x, t, 0.5, normalize=False), {"TripletMargin": 0.5})
    yield one("triplet_soft", triplet, lambda x, t: semi_hard(x, t, soft=True))
    yield one("triplet_batch_all", triplet, batch_all, {"TripletMargin": 0.2})
    yield one("triplet_batch_all_some", triplet, batch_all, {"TripletMargin": 0.2}, some)
    yield one("triplet_batch_all_soft", triplet, lambda x, t: batch_all(x, t, soft=True))
    yield one("triplet_batch_hard", triplet, batch_hard, {"TripletMargin": 0.2})
    yield one("triplet_batch_hard_some", triplet, batch_hard, {"TripletMargin": 0.2}, some)
    yield one("triplet_batch_hard_soft", triplet, lambda x, t: batch_hard(x, t, soft=True))
    yield one("contrastive_pairs", "ContrastivePairs", lambda x, t: contrastive(x, t, 1.5), {"ContrastivePairsMargin": 1.5})
    yield one("contrastive_pairs_some", "ContrastivePairs", lambda x, t: contrastive(x, t, 1.5),
              {"ContrastivePairsMargin": 1.5}, some)
    yield one("contrastive_pairs_as_is", "ContrastivePairs", lambda x, t: contrastive(x, t, 5.0, normalize=False),
              {"ContrastivePairsMargin": 5.0})
    yield one("n_pair", "NPair", n_pair, {"NPairLengthPenalty": 0.002}, pairs)
    yield one("n_pair_penalty", "NPair", lambda x, t: n_pair(x, t, 0.1), {"NPairLengthPenalty": 0.1}, pairs)
    tasks = torch.tensor([3, 0, 3, 0, 3, 0, 3, 0])
    few = torch.tensor([3, 0, 3, 0, 3, 0, -100, 0])
    ways = torch.tensor([5, 0, 3, 3, 0, 5, 5, 3])
    term, near = "Prototypical", f / 4
    for name, labels, shots in [("", tasks, 2), ("_some", few, 2), ("_1", ways, 1)]:
        yield one(f"prototypical{name}", term, lambda x, t, k=shots: prototypical(x, t, k), {"PrototypicalShots": shots},
                  labels, near)
    yield one("prototypical_normalized", term, lambda x, t: prototypical(x, t, 2, True), {"PrototypicalShots": 2}, tasks)
