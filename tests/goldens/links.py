"""Link prediction from its formula (Kipf and Welling 2016, section 2), edge by edge: an encoder of one graph convolution, edges
that are told from drawn pairs. Of the drawn pairs one is an edge, one the other direction of one, one a node with itself. And
areas under curves from their definitions, with scores that are equal."""
import torch

from case import Case, normal
from graphs import EDGES, NODES, convolution

PAIRS = torch.tensor([[0, 2], [1, 2], [2, 1], [5, 5], [7, 3], [6, 0], [3, 6], [4, 1], [5, 2], [7, 0]])


def losses(z):
    """The mean over edges and that over drawn pairs that are none."""
    edges = [-torch.sigmoid(z[i] @ z[j]).log() for i, j in EDGES.T.tolist()]
    known = {frozenset(edge) for edge in EDGES.T.tolist()}
    others = [-torch.sigmoid(-(z[k] @ z[l])).log() for k, l in PAIRS.tolist() if k != l and frozenset((k, l)) not in known]
    return sum(edges) / len(edges), sum(others) / len(others)


def auc(scores, labels):
    pairs = [(p, n) for p, a in zip(scores, labels) if a for n, b in zip(scores, labels) if not b]
    return sum(1.0 if p > n else 0.5 if p == n else 0.0 for p, n in pairs) / len(pairs)


def average_precision(scores, labels):
    total, recall = 0.0, 0.0
    for threshold in sorted(set(scores), reverse=True):
        taken = [label for score, label in zip(scores, labels) if score >= threshold]
        now = sum(taken) / sum(labels)
        total, recall = total + (now - recall) * sum(taken) / len(taken), now
    return total


def cases(dtype):
    x = normal(NODES, 6, dtype=dtype)
    weight = normal(4, 6, dtype=dtype, scale=0.5).requires_grad_()
    bias = normal(4, dtype=dtype, scale=0.5).requires_grad_()
    edges, others = losses(convolution(x, weight, bias))
    (edges + others).backward()
    yield Case("step", {"edges": EDGES, "input": x, "pairs": PAIRS, "loss.Edges": edges, "loss.Others": others,
                        "parameters.0.lin.weight": weight, "parameters.0.bias": bias,
                        "gradients.0.lin.weight": weight.grad, "gradients.0.bias": bias.grad},
               {"stack": "GraphConv(4)"})
    scores = torch.tensor([0.5, 2, -1, 0.5, 0.5, 3, -2, 0, 2, 1, -1, 0.25], dtype=dtype)
    labels = torch.tensor([1, 1, 0, 0, 1, 0, 0, 1, 1, 0, 1, 0])
    yield Case("curves", {"scores": scores, "labels": labels,
                          "auc": torch.tensor(auc(scores.tolist(), labels.tolist()), dtype=dtype),
                          "average_precision": torch.tensor(average_precision(scores.tolist(), labels.tolist()), dtype=dtype),
                          "loss": -(torch.sigmoid(torch.where(labels == 1, scores, -scores))).log().mean()}, {})
