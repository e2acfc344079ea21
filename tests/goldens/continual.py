"""Two tasks one after another: two steps of SGD with momentum each, then the end of the task. Written from the papers.

initial.<state>                     parameters and buffers before the first task
task<t>.batch<s>.input, .label      t, s = 0, 1: what a step is given
task<t>.step<s>.loss.<term>         `cross_entropy`, `term` (without its weight) and `total` = cross_entropy + weight · term
task<t>.step<s>.gradient.<name>     of the total
task<t>.step<s>.after.<state>
task<t>.input                       the samples that the task ends with
task<t>.fisher.<name>               F of the task (ewc)

The momentum is 0 at the start of a task; v ← m v + g, p ← p - r v. Steps are in training mode, the end of a task in evaluation
mode. Before the first task has ended the term's weight is 0.

fisher      1612.00796: mean over samples of sum_k p_k (d log p_k / d theta)², a sample at a time. Held against the other form
            of the same matrix, the expectation of the negative second derivative of log p, where the network is linear.
ewc         1/2 sum over ended tasks and parameters of F (theta - theta*)², each task with its own F and theta*
ewc_online  1805.06370, equation 9: F ← decay F + F of the task, theta* of the last task alone
si          1703.04200, equations 3 to 5: sum over parameters of Omega (theta - theta*)², Omega the sum over ended tasks of
            omega / (way² + xi), 0 where it is below, omega the sum over a task's steps of -(gradient of the cross-entropy) ·
            change; theta* of the last task. xi = 0.1
agem        1812.00420, equation 11: from the second task on, the gradient g of a batch is without what points against that of the
            remembered samples: g - min(g·m, 0) / |m|² m, m of all samples that the last task ended with, their labels in
            task<t>.label, by the network in training mode, whose running statistics stay as they were. There is no term
lwf         1606.09282, equations 2 and 3: mean over samples of -sum_k t_k log softmax(z / T)_k, t = softmax(z_o / T), z_o of the
            network when the last task ended, T = 2, no factor T²; in evaluation mode
"""
import copy

import torch
from torch import nn

from case import Case, assert_close, normal
from networks import unsettle
from objectives import cross_entropy, log_softmax

TASKS, STEPS, BATCH, SAMPLES, CLASSES = 2, 2, 6, 7, 5
RATE, MOMENTUM, TEMPERATURE, DECAY = 0.1, 0.9, 2.0, 0.7
WEIGHTS = {"ewc": 30.0, "ewc_online": 30.0, "lwf": 1.5, "si": 0.4, "agem": 0.0}
DAMPING = 0.1


def mlp():
    return nn.Sequential(nn.Flatten(), nn.Linear(64, 12), nn.Tanh(), nn.Linear(12, CLASSES))


def cnn():
    return unsettle(nn.Sequential(
        nn.Conv2d(1, 3, 3, padding=1, bias=False), nn.BatchNorm2d(3), nn.ReLU(), nn.MaxPool2d(2),
        nn.Flatten(), nn.Linear(48, CLASSES)))


def fisher(network, inputs):
    network.eval()
    parameters = list(network.parameters())
    total = [torch.zeros_like(p) for p in parameters]
    for x in inputs:
        log_p = log_softmax(network(x[None]))[0]
        for k in range(CLASSES):
            for f, g in zip(total, torch.autograd.grad(log_p[k], parameters, retain_graph=True)):
                f += log_p[k].exp().detach() * g ** 2 / len(inputs)
    network.train()
    return total


def check_fisher(dtype):
    """Of a linear network, where E[(d log p)²] = -E[d² log p] and both are x_i² p_k (1 - p_k)."""
    torch.manual_seed(5)
    network = nn.Sequential(nn.Linear(3, CLASSES)).to(dtype)
    x = normal(4, 3, dtype=dtype)
    p = log_softmax(network(x)).exp()
    expected = ((p * (1 - p))[:, :, None] * x[:, None, :] ** 2).mean(0)
    assert_close(fisher(network, x)[0], expected.detach(), "Fisher information")


def term(scheme, network, batch, z, memory):
    if not memory:
        return torch.zeros((), dtype=batch.dtype)
    if scheme == "agem":
        return torch.zeros((), dtype=batch.dtype)
    if scheme == "si":
        importance, anchor = memory[-1]
        return sum((i * (p - a) ** 2).sum() for i, p, a in zip(importance, network.parameters(), anchor))
    if scheme == "lwf":
        target = log_softmax(memory[-1](batch).detach() / TEMPERATURE).exp()
        return -(target * log_softmax(z / TEMPERATURE)).sum(1).mean()
    if scheme == "ewc":
        return sum((f * (p - a) ** 2).sum() / 2
                   for information, anchor in memory for f, p, a in zip(information, network.parameters(), anchor))
    information, anchor = memory[-1]
    return sum((f * (p - a) ** 2).sum() / 2 for f, p, a in zip(information, network.parameters(), anchor))


def remembered(network, samples, gradients):
    """The gradients without what points against those of the samples, and the cosine of the two."""
    twin = copy.deepcopy(network)
    other = torch.autograd.grad(cross_entropy(twin(samples[0]), samples[1]), list(twin.parameters()))
    product, square = (sum((a * b).sum() for a, b in zip(other, with_)) for with_ in (gradients, other))
    size = sum((g * g).sum() for g in gradients)
    return [g - torch.clamp(product, max=0) / square * m for g, m in zip(gradients, other)], product / (size * square).sqrt()


def end(scheme, network, inputs, memory, path=None, start=None):
    if scheme == "si":
        own = [omega / ((p.detach() - s) ** 2 + DAMPING) for omega, p, s in zip(path, network.parameters(), start)]
        if memory:
            own = [old + new for old, new in zip(memory[-1][0], own)]
        memory.append(([o.clamp(min=0) for o in own], [p.detach().clone() for p in network.parameters()]))
        return {}
    if scheme == "agem":
        labels = copy.deepcopy(network)(inputs).argmax(1)
        memory.append((inputs, labels))
        return {"": labels}
    if scheme == "lwf":
        memory.append(copy.deepcopy(network).eval())
        return {}
    information = fisher(network, inputs)
    kept = information
    if scheme == "ewc_online" and memory:
        kept = [DECAY * old + new for old, new in zip(memory[-1][0], information)]
    memory.append((kept, [p.detach().clone() for p in network.parameters()]))
    return {name: f for (name, _), f in zip(network.named_parameters(), information)}


def record(scheme, network, dtype):
    network = network.to(dtype).train()
    tensors = {f"initial.{name}": value.clone() for name, value in network.state_dict().items()}
    memory = []
    for t in range(TASKS):
        velocity = [torch.zeros_like(p) for p in network.parameters()]
        path = [torch.zeros_like(p) for p in network.parameters()]
        start = [p.detach().clone() for p in network.parameters()]
        for s in range(STEPS):
            at = f"task{t}.step{s}."
            x, y = normal(BATCH, 1, 8, 8, dtype=dtype), torch.randint(0, CLASSES, (BATCH,))
            if scheme == "agem" and memory:
                # Nearly what is remembered, as the next likely class: what the batch asks for is against the memory.
                x, own = memory[-1][0][:BATCH] + 0.1 * x, memory[-1][1][:BATCH, None]
                y = copy.deepcopy(network)(x).detach().scatter(1, own, -torch.inf).argmax(1)
            tensors |= {f"task{t}.batch{s}.input": x, f"task{t}.batch{s}.label": y}
            network.zero_grad()
            z = network(x)
            supervised, own = cross_entropy(z, y), term(scheme, network, x, z, memory)
            total = supervised + (WEIGHTS[scheme] if memory else 0) * own
            plain = torch.autograd.grad(supervised, list(network.parameters()), retain_graph=True)
            before = [p.detach().clone() for p in network.parameters()]
            total.backward()
            if scheme == "agem" and memory:
                kept, tensors[at + "cosine"] = remembered(network, memory[-1], plain)
                assert tensors[at + "cosine"] < -0.02, f"no conflict: {tensors[at + 'cosine']}"
                for p, g in zip(network.parameters(), kept):
                    p.grad = g
            tensors |= {at + "loss.cross_entropy": supervised, at + "loss.term": own, at + "loss.total": total}
            tensors |= {at + f"gradient.{name}": p.grad.clone() for name, p in network.named_parameters()}
            with torch.no_grad():
                for p, v in zip(network.parameters(), velocity):
                    v.mul_(MOMENTUM).add_(p.grad)
                    p.sub_(RATE * v)
                for omega, p, b, g in zip(path, network.parameters(), before, plain):
                    omega.sub_(g * (p - b))
            tensors |= {at + f"after.{name}": value.clone() for name, value in network.state_dict().items()}
        inputs = normal(SAMPLES, 1, 8, 8, dtype=dtype)
        tensors[f"task{t}.input"] = inputs
        ended = end(scheme, network, inputs, memory, path, start)
        tensors |= {f"task{t}.label" if not name else f"task{t}.fisher.{name}": f for name, f in ended.items()}
    return tensors


def cases(dtype):
    check_fisher(dtype)
    for scheme in WEIGHTS:
        for name, build in (("mlp", mlp), ("cnn", cnn)):
            torch.manual_seed(11)
            yield Case(f"{scheme}_{name}", record(scheme, build(), dtype), {"weight": WEIGHTS[scheme]})
