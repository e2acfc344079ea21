"""Objectives for classes of very different sizes, on logits z [8, 10], and a network of cosines trained by LDAM-DRW.

Written from the papers. n_j: samples of class j.

balanced    w_j = (1 - b)/(1 - b^n_j), scaled to sum to K; b = 1: 1/n_j  (1901.05555, equations 2 and 8)
adjusted    cross-entropy of z + t log(n_j / sum n)  (2007.07314, equation 10)
ldam        cross-entropy of s (z - D_y at the label), D_j = C n_j^(-1/4) with max D = m  (1906.07413, equation 13);
            deferred: weights 1 until a step, balanced ones from then on  (algorithm 1)
"""
import torch
import torch.nn.functional as F

from case import Case, assert_close, normal
from losses import CLASSES, BATCH, case, cross_entropy, focal, log_p, own, has

COUNTS = [500.0, 320, 200, 120, 80, 45, 30, 18, 9, 5]
SMALL = [200.0, 90, 40, 12, 5]


def effective(counts, beta):
    w = torch.tensor([1 / n if beta == 1 else (1 - beta) / (1 - beta ** n) for n in counts], dtype=torch.float64)
    return w / w.sum() * len(counts)


def adjusted(z, counts, tau):
    n = torch.tensor(counts, dtype=z.dtype)
    return z + tau * (n / n.sum()).log()


def with_margins(z, y, counts, most, scale):
    n = torch.tensor(counts, dtype=torch.float64)
    margins = n ** -0.25 * (most / (n ** -0.25).max())
    rows = z.clone()
    for i, label in enumerate(y.tolist()):
        if label >= 0:
            rows[i, label] = z[i, label] - margins[label].to(z.dtype)
    return scale * rows


def class_cases(dtype):
    z, y = normal(BATCH, CLASSES, dtype=dtype, scale=2.0), torch.randint(0, CLASSES, (BATCH,))
    some = y.clone()
    some[1] = some[6] = -100
    for suffix, labels in (("", y), ("_some", some)):
        for beta in (0.99, 1.0):
            w = effective(COUNTS, beta)
            yield case(f"balanced_{beta:g}{suffix}", z, {"CrossEntropy": lambda x: cross_entropy(x, labels, w.tolist())}, None,
                       lambda x: F.cross_entropy(x, labels, w.to(x.dtype)), labels=labels)
        w = effective(COUNTS, 0.99).tolist()
        yield case(f"balanced_focal{suffix}", z, {"Focal": lambda x: focal(x, labels, 2.0, w)}, labels=labels)
        for tau in (1.0, 2.5):
            yield case(f"adjusted_{tau:g}{suffix}", z, {"CrossEntropy": lambda x: cross_entropy(adjusted(x, COUNTS, tau), labels)},
                       {"CrossEntropyLogitAdjustment": tau}, lambda x: F.cross_entropy(adjusted(x, COUNTS, tau), labels),
                       labels=labels)
        yield case(f"ldam{suffix}", z, {"Ldam": lambda x: cross_entropy(with_margins(x, labels, COUNTS, 0.5, 30.0), labels)},
                   labels=labels)
        yield case(f"ldam_weights{suffix}", z,
                   {"Ldam": lambda x: cross_entropy(with_margins(x, labels, COUNTS, 0.8, 2.0), labels, w)},
                   {"LdamMaxMargin": 0.8, "LdamScale": 2.0}, labels=labels)


def deferred(dtype):
    """Three steps of 7-6-5 with cosines at the end; weights from the second step on."""
    names = ["0.weight", "0.bias", "2.weight"]
    parameters = {name: normal(*shape, dtype=dtype, scale=0.7).requires_grad_()
                  for name, shape in zip(names, ((6, 7), (6,), (5, 6)))}
    tensors = {f"initial.{name}": value.detach().clone() for name, value in parameters.items()}
    for step in range(3):
        x, y = normal(9, 7, dtype=dtype), torch.randint(0, 5, (9,))
        h = torch.tanh(F.linear(x, parameters["0.weight"], parameters["0.bias"]))
        cosines = F.normalize(h, dim=1) @ F.normalize(parameters["2.weight"], dim=1).t()
        weights = None if step == 0 else effective(SMALL, 0.95).to(dtype)
        loss = F.cross_entropy(with_margins(cosines, y, SMALL, 0.5, 10.0), y, weights)
        gradients = torch.autograd.grad(loss, [parameters[name] for name in names])
        tensors |= {f"step{step}.batch.input": x, f"step{step}.batch.label": y, f"step{step}.loss.total": loss.detach()}
        for name, gradient in zip(names, gradients):
            tensors[f"step{step}.gradient.{name}"] = gradient
            with torch.no_grad():
                parameters[name] -= 0.3 * gradient
            tensors[f"step{step}.after.{name}"] = parameters[name].detach().clone()
    return Case("ldam_deferred", tensors, {})


def cases(dtype):
    yield from class_cases(dtype)
    yield deferred(dtype)
