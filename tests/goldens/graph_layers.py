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


def with_edges(x, epsilon, features):
    """Hu et al. 2020, appendix A, without the perceptron: features [E, C] stand beside the edges."""
    rows = []
    for i in range(len(x)):
        arriving_edges = [e for e in range(BATCH_EDGES.shape[1]) if BATCH_EDGES[1, e] == i]
        messages = [torch.clamp(x[BATCH_EDGES[0, e]] + features[e], min=0) for e in arriving_edges]
        rows.append((1 + epsilon) * x[i] + sum(messages, torch.zeros_like(x[i])))
    return torch.stack(rows)


def passing(x, features, message, update, how, width):
    """Gilmer et al. 2017, equations 1 and 2, edge by edge and node by node."""
    rows = []
    for i in range(len(x)):
        arriving_edges = [e for e in range(BATCH_EDGES.shape[1]) if BATCH_EDGES[1, e] == i]
        messages = [message(x[i], x[BATCH_EDGES[0, e]], None if features is None else features[e]) for e in arriving_edges]
        rows.append(update(x[i], aggregated(torch.stack(messages) if messages else x.new_zeros(0, width), how)))
    return torch.stack(rows)


def perceptron(p, place, *parts):
    """The last linear layer of a function, or two with a ReLU between them, under their names."""
    h = torch.cat(parts)
    if f"{place}.2.weight" in p:
        h = (p[f"{place}.0.weight"] @ h + p[f"{place}.0.bias"]).relu()
        return p[f"{place}.2.weight"] @ h + p[f"{place}.2.bias"]
    return p[f"{place}.0.weight"] @ h + p[f"{place}.0.bias"]


def gated(p, place, receiver, sender, edge):
    """A message of the sender alone, as far as the edge and the receiver let it pass."""
    gate = torch.sigmoid(p[f"{place}.2.weight"] @ torch.cat([edge, receiver]) + p[f"{place}.2.bias"])
    return gate * sender


def matrix_of(p, place, edge, width):
    """Gilmer et al. 2017, section 5.1: what a network with one hidden layer makes of the edge, as a matrix A(e). Its last layer's
    rows and bias are those of a bilinear map of hidden layer and sender, and of a linear one of the sender."""
    hidden = (p[f"{place}.1.weight"] @ edge + p[f"{place}.1.bias"]).relu()
    last = p[f"{place}.3.weight"].transpose(1, 2).reshape(width * width, -1)
    return (last @ hidden + p[f"{place}.6.weight"].flatten()).view(width, width)


def gru(p, place, x, h):
    """Cho et al. 2014, as torch.nn.GRUCell."""
    r, z, n = (p[f"{place}.weight_ih"] @ x + p[f"{place}.bias_ih"]).chunk(3)
    own = (p[f"{place}.weight_hh"] @ h + p[f"{place}.bias_hh"]).chunk(3)
    z = torch.sigmoid(z + own[1])
    return (1 - z) * torch.tanh(n + torch.sigmoid(r + own[0]) * own[2]) + z * h


def attended(x, p, place, heads, full):
    """Dwivedi and Bresson 2021, equations 4 and 5, node by node and head by head: each node attends to those with an edge to it, or
    to all of its graph."""
    size = x.shape[1] // heads
    starts = [sum(SIZES[:g]) for g in range(len(SIZES))]
    graph = [g for g, count in enumerate(SIZES) for _ in range(count)]
    rows = []
    for i in range(len(x)):
        own = range(starts[graph[i]], starts[graph[i]] + SIZES[graph[i]])
        senders = list(own) if full else arriving(i).tolist()
        parts = []
        for k in range(heads):
            part = slice(k * size, (k + 1) * size)
            query, keys, values = (p[f"{place}.{name}.weight"][part] for name in "QKV")
            scores = [(query @ x[i]) @ (keys @ x[j]) / size ** 0.5 for j in senders]
            weights = torch.softmax(torch.stack(scores), 0) if scores else []
            parts.append(sum((w * (values @ x[j]) for w, j in zip(weights, senders)), x.new_zeros(size)))
        rows.append(p[f"{place}.O.weight"] @ torch.cat(parts) + p[f"{place}.O.bias"])
    return torch.stack(rows)


def case(name, formula, parameters, settings, dtype):
    made = gradients(name, formula, parameters, settings, dtype)
    made.tensors["edges"] = BATCH_EDGES
    made.tensors["sizes"] = torch.tensor(SIZES)
    return made


def case_with_features(name, formula, width, parameters, settings, dtype):
    """The same with an input of features of the edges and its gradient."""
    features = normal(BATCH_EDGES.shape[1], width, dtype=dtype).requires_grad_()
    made = case(name, lambda x, p: formula(x, features, p), parameters, settings, dtype)
    made.tensors["edge_features"] = features
    made.tensors["edge_features_gradient"] = features.grad
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
    yield case_with_features(
        "isomorphism_edges",
        lambda x, e, p: with_edges((with_edges(x, p["0.eps"], e @ p["0.lin.weight"].T + p["0.lin.bias"]) @ p["1.weight"].T
                                    + p["1.bias"]).relu(), 0.25, e), 4,
        {"0.eps": random(1), "0.lin.weight": random(6, 4), "0.lin.bias": random(6), "1.weight": random(4, 6), "1.bias": random(4)},
        {"stack": "GraphIsomorphism(learned, edges projected), Linear(4), ReLU, GraphIsomorphism(0.25, edges)"}, dtype)
    for how in ("sum", "mean", "max"):
        yield case_with_features(
            f"passing_{how}",
            lambda x, e, p: passing(x, e, lambda i, j, edge: perceptron(p, "0.message", i, j, edge),
                                    lambda node, m: perceptron(p, "0.update", node, m).tanh(), how, 5), 4,
            {"0.message.0.weight": random(8, 16), "0.message.0.bias": random(8),
             "0.message.2.weight": random(5, 8), "0.message.2.bias": random(5),
             "0.update.0.weight": random(7, 11), "0.update.0.bias": random(7)},
            {"stack": f"MessagePassing(Linear(8), ReLU, Linear(5); {how}; Linear(7), Tanh)"}, dtype)
    yield case_with_features(
        "passing_gated",
        lambda x, e, p: passing(x, e, lambda i, j, edge: gated(p, "0.message", i, j, edge),
                                lambda node, m: (p["0.update.1.weight"] @ m + p["0.update.1.bias"]).relu() + node, "sum", 6), 4,
        {"0.message.2.weight": random(6, 10), "0.message.2.bias": random(6),
         "0.update.1.weight": random(6, 6), "0.update.1.bias": random(6)},
        {"stack": "MessagePassing(sigmoid(Linear(6) of edge and receiver) times sender; sum; node + ReLU(Linear(6) of messages))"},
        dtype)
    yield case(
        "passing_without_features",
        lambda x, p: passing(passing(x, None, lambda i, j, _: perceptron(p, "0.message", i, j),
                                     lambda node, m: perceptron(p, "0.update", node, m).relu(), "mean", 5), None,
                             lambda i, j, _: perceptron(p, "1.message", i, j),
                             lambda node, m: perceptron(p, "1.update", node, m).relu(), "mean", 5),
        {"0.message.0.weight": random(5, 12), "0.message.0.bias": random(5),
         "0.update.0.weight": random(5, 11), "0.update.0.bias": random(5),
         "1.message.0.weight": random(5, 10), "1.message.0.bias": random(5),
         "1.update.0.weight": random(5, 10), "1.update.0.bias": random(5)},
        {"stack": "MessagePassing(Linear(5); mean; Linear(5), ReLU) twice"}, dtype)
    for full in (False, True):
        yield case(
            "attended_full" if full else "attended",
            lambda x, p: attended(x, p, "0", 2, full).relu(),
            {f"0.{name}.weight": random(6, 6) for name in "QKVO"} | {"0.O.bias": random(6)},
            {"stack": f"GraphTransformerAttention(2{', full' if full else ''}), ReLU"}, dtype)
    yield case_with_features(
        "edge_network",
        lambda x, e, p: passing(x, e, lambda i, j, edge: matrix_of(p, "0.message", edge, 6) @ j,
                                lambda node, m: gru(p, "0.update.1", m, node), "sum", 6), 4,
        {"0.message.1.weight": random(5, 4), "0.message.1.bias": random(5), "0.message.3.weight": random(6, 5, 6),
         "0.message.6.weight": random(6, 6), "0.update.1.weight_ih": random(18, 6), "0.update.1.weight_hh": random(18, 6),
         "0.update.1.bias_ih": random(18), "0.update.1.bias_hh": random(18)},
        {"stack": "MessagePassing(A(e)·sender, A(e) by Linear(5), ReLU and a linear layer; sum; GruCell)"}, dtype)
