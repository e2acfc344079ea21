"""Three steps of networks whose heads have data sets of their own, SGD with momentum.

heads    a trunk and two heads: cross-entropy of the first on the data, 0.5 times the squared error of the second on other data
domains  one head, with batch normalisation: cross-entropy on the data plus twice that on other data; running statistics follow
         both batches, first the data's

Each step has a batch of each data set; the total is the sum of both weighted means.

p<i>                    parameters, in the order of the network
step<k>.input, .label, .other_input, .other_label   k = 0, 1, 2
step<k>.loss.own, .loss.other, .loss.total
step<k>.gradient.p<i>
step<k>.after.p<i>, .after.running_mean, .after.running_var
"""
import torch
import torch.nn.functional as F
from torch import nn

from case import Case, normal
from objectives import cross_entropy

RATE, MOMENTUM = 0.1, 0.9


def heads(dtype):
    trunk, first, second = (nn.Linear(*sizes).to(dtype) for sizes in ((6, 8), (8, 3), (8, 2)))

    def losses(x, y, other, target):
        own = cross_entropy(first(torch.tanh(trunk(x))), y)
        errors = second(torch.tanh(trunk(other))) - target
        return own, 0.5, (errors ** 2).mean()

    def batch():
        return normal(10, 6, dtype=dtype), torch.randint(0, 3, (10,)), normal(7, 6, dtype=dtype), normal(7, 2, dtype=dtype)

    return [trunk, first, second], losses, batch, None


def domains(dtype):
    below, norm, head = nn.Linear(6, 8).to(dtype), nn.BatchNorm1d(8).to(dtype), nn.Linear(8, 3).to(dtype)

    def losses(x, y, other, target):
        own = cross_entropy(head(F.relu(norm(below(x)))), y)
        return own, 2.0, cross_entropy(head(F.relu(norm(below(other)))), target)

    def batch():
        return (normal(10, 6, dtype=dtype), torch.randint(0, 3, (10,)),
                normal(8, 6, dtype=dtype, shift=0.5), torch.randint(0, 3, (8,)))

    return [below, norm, head], losses, batch, norm


def run(name, parts, dtype):
    torch.manual_seed(31)
    layers, losses, batch, norm = parts(dtype)
    parameters = [p for layer in layers for p in layer.parameters()]
    velocity = [torch.zeros_like(p) for p in parameters]
    tensors = {f"p{i}": p.detach().clone() for i, p in enumerate(parameters)}
    for k in range(3):
        at, given = f"step{k}.", batch()
        own, weight, other = losses(*given)
        total = own + weight * other
        gradients = torch.autograd.grad(total, parameters)
        tensors |= {at + key: value for key, value in zip(("input", "label", "other_input", "other_label"), given)}
        tensors |= {at + "loss.own": own.detach(), at + "loss.other": other.detach(), at + "loss.total": total.detach()}
        tensors |= {at + f"gradient.p{i}": g for i, g in enumerate(gradients)}
        with torch.no_grad():
            for p, v, g in zip(parameters, velocity, gradients):
                v.mul_(MOMENTUM).add_(g)
                p.sub_(RATE * v)
        tensors |= {at + f"after.p{i}": p.detach().clone() for i, p in enumerate(parameters)}
        if norm is not None:
            tensors |= {at + "after.running_mean": norm.running_mean.clone(), at + "after.running_var": norm.running_var.clone()}
    return Case(name, tensors, {"other_weight": weight})


def cases(dtype):
    yield run("heads", heads, dtype)
    yield run("domains", domains, dtype)
