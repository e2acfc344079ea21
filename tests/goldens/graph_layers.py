"""Layers on batches of graphs from their papers, node by node and graph by graph.

Of the four graphs of a batch one has no node and one has a node without an edge. There is an edge that stands twice, one in one
direction only, and one from a node to itself.
"""
import torch
from torch import nn

from case import Case, normal
from graphs import gradients

SIZES = [3, 0, 4, 1]
# Numbered as in the batch: the first graph has the nodes 0 to 2, the third 3 to 6, the last 7.
BATCH_EDGES = torch.tensor([[0, 1, 1, 2, 3, 4, 4, 5, 5, 6, 3, 4, 5], [1, 0, 2, 1, 4, 3, 5, 4, 6, 5, 3, 5, 3]])


def arriving(node):
    """The senders of the edges that lead to a node, each as often as it stands there."""
    return BATCH_EDGES[0][BATCH_EDGES[1] == node]


def aggregated(rows, how):
    """Of no row zeros, as wide as the others; rows [m, C]."""
    if len(rows) == 0:
        return rows.new_zeros(rows.shape[1])
    return rows.sum(0) if how == "sum" else rows.mean(0) if how == "mean" else rows.amax(0)


def pooled(x, how):
    """Xu et al. 2019, equation 4.2, with a sum, a mean or a maximum."""
    return torch.stack([aggregated(part, how) for part in x.split(SIZES)])


def isomorphism(x, epsilon):
    """Xu et al. 2019, equation 4.1, without the perceptron."""
    return torch.stack([(1 + epsilon) * x[i] + x[arriving(i)].sum(0) for i in range(len(x))])


def sage(x, neighbours, bias, own, normalize):
    """Hamilton et al. 2017, algorithm 1, lines 4, 5 and 7, without the nonlinearity."""
    rows = []
    for i in range(len(x)):
        row = torch.cat([neighbours, own], 1) @ torch.cat([aggregated(x[arriving(i)], "mean"), x[i]])
        rows.append(row if bias is None else row + bias)
    result = torch.stack(rows)
    return nn.functional.normalize(result, dim=1) if normalize else result


def convolution(x, weight, bias):
    """Kipf and Welling 2017, equation 2, node by node. An edge of a node to itself counts once."""
    senders = [[j for j in arriving(i).tolist() if j != i] + [i] for i in range(len(x))]
    h = x @ weight.T
    return torch.stack([sum(h[j] / (len(senders[i]) * len(senders[j])) ** 0.5 for j in senders[i]) for i in range(len(x))]) + bias


def case(name, formula, parameters, settings, dtype):
    made = gradients(name, formula, parameters, settings, dtype)
    made.tensors["edges"] = BATCH_EDGES
    made.tensors["sizes"] = torch.tensor(SIZES)
    return made


def cases(dtype):
    def random(*shape):
        return normal(*shape, dtype=dtype, scale=0.5)

    for how in ("sum", "mean", "max"):
        yield case(f"pool_{how}", lambda x, p: pooled(x @ p["0.weight"].T + p["0.bias"], how) @ p["2.weight"].T + p["2.bias"],
                   {"0.weight": random(5, 6), "0.bias": random(5), "2.weight": random(3, 5), "2.bias": random(3)},
                   {"stack": f"Linear(5), GraphPool({how}), Linear(3)"}, dtype)
    yield case("convolved_batch", lambda x, p: pooled(convolution(x, p["0.lin.weight"], p["0.bias"]).relu(), "sum"),
               {"0.lin.weight": random(5, 6), "0.bias": random(5)}, {"stack": "GraphConv(5), ReLU, GraphPool(sum)"}, dtype)
    yield case("isomorphism",
               lambda x, p: isomorphism((isomorphism(x, p["0.eps"]) @ p["1.weight"].T + p["1.bias"]).relu(), 0.25),
               {"0.eps": random(1), "1.weight": random(5, 6), "1.bias": random(5)},
               {"stack": "GraphIsomorphism(learned), Linear(5), ReLU, GraphIsomorphism(0.25)"}, dtype)
    yield case("sage",
               lambda x, p: sage(sage(x, p["0.lin_l.weight"], p["0.lin_l.bias"], p["0.lin_r.weight"], True).tanh(),
                                 p["2.lin_l.weight"], None, p["2.lin_r.weight"], False),
               {"0.lin_l.weight": random(5, 6), "0.lin_l.bias": random(5), "0.lin_r.weight": random(5, 6),
                "2.lin_l.weight": random(3, 5), "2.lin_r.weight": random(3, 5)},
               {"stack": "GraphSage(5, normalized), Tanh, GraphSage(3, no bias)"}, dtype)
