"""Twenty steps of training with gradients at other parameters than the present ones, or with averages of them.

schedule_free   y = (1-β₁)z + β₁x, g at y;  v ← β₂v + (1-β₂)g²;  z ← z - η_t(g/(√(v/(1-β₂ᵗ)) + ε) + λy);
                c = η_t²/Ση²;  x ← (1-c)x + cz   (2405.15682, equations 1-3; the weights as in the authors' code)
sam             g at θ;  ĝ at θ + ρg/(‖g‖ + 1e-12), batch and all;  SGD on ĝ; running statistics of the first pass (2010.01412)
lookahead       k steps of Adam from φ, then φ ← φ + α(θ - φ), θ ← φ; the last round is shorter (1907.08610)
swa             SGD; from epoch 2 on, at the end of each epoch, the mean of the weights so far; before, the weights as they are; the
                rate falls within each cycle of 2 epochs of 4 steps from 0.2 to 0.02 (1803.05407, algorithm 1); running statistics
                are the plain means of those of all batches of a pass (torch's update_bn)
Everything is plain functions of tensors with autograd.grad; sums of rates are kept as such.
"""
import torch
import torch.nn.functional as F

from case import Case, normal

STEPS = 20
KEPT = (0, 1, 2, 3, 9, 18, 19)
SMOOTH = {"0.weight": (8, 4), "0.bias": (8,), "2.weight": (3, 8), "2.bias": (3,)}
NORMALIZED = {"0.weight": (8, 4), "1.weight": (8,), "1.bias": (8,), "3.weight": (3, 8), "3.bias": (3,)}


def smooth(p, x):
    return torch.tanh(x @ p["0.weight"].T + p["0.bias"]) @ p["2.weight"].T + p["2.bias"]


def normalized(p, x, statistics=None):
    h = x @ p["0.weight"].T
    mean, var = h.mean(0), h.var(0, unbiased=False)
    if statistics is not None:
        statistics["1.running_mean"] = 0.9 * statistics["1.running_mean"] + 0.1 * mean.detach()
        statistics["1.running_var"] = 0.9 * statistics["1.running_var"] + 0.1 * h.var(0, unbiased=True).detach()
    h = (h - mean) / (var + 1e-5).sqrt() * p["1.weight"] + p["1.bias"]
    return torch.tanh(h) @ p["3.weight"].T + p["3.bias"]


def gradient(forward, p, x, y, *more):
    leaves = {key: value.clone().requires_grad_(True) for key, value in p.items()}
    loss = F.cross_entropy(forward(leaves, x, *more), y)
    return loss.detach(), dict(zip(leaves, torch.autograd.grad(loss, list(leaves.values()))))


def start(shapes, dtype):
    values = {key: normal(*shape, dtype=dtype, scale=0.4) for key, shape in shapes.items()}
    if "1.weight" in shapes:
        values["1.weight"] = values["1.weight"] + 1
    batches = [(normal(6, 4, dtype=dtype), torch.randint(0, 3, (6,))) for _ in range(STEPS)]
    tensors = {f"initial.{key}": value for key, value in values.items()}
    for number, (x, y) in enumerate(batches):
        tensors[f"step{number}.input"], tensors[f"step{number}.label"] = x, y
    return values, batches, tensors


def keep(tensors, number, values, prefix="after"):
    if number in KEPT:
        tensors.update({f"step{number}.{prefix}.{key}": value for key, value in values.items()})


def schedule_free(name, dtype, lr=0.05, warmup=0, b1=0.9, b2=0.99, decay=0.0, eps=1e-8):
    x, batches, tensors = start(SMOOTH, dtype)
    z, v = dict(x), {key: torch.zeros_like(value) for key, value in x.items()}
    total = 0.0
    for number, (inputs, labels) in enumerate(batches):
        t = number + 1
        rate = lr * min(1.0, t / warmup) if warmup else lr
        y = {key: (1 - b1) * z[key] + b1 * x[key] for key in x}
        _, g = gradient(smooth, y, inputs, labels)
        total += rate ** 2
        c = rate ** 2 / total
        for key in x:
            v[key] = b2 * v[key] + (1 - b2) * g[key] ** 2
            step = g[key] / ((v[key] / (1 - b2 ** t)).sqrt() + eps) + decay * y[key]
            z[key] = z[key] - rate * step
            x[key] = (1 - c) * x[key] + c * z[key]
        keep(tensors, number, x)
    return Case(name, tensors, {})


def sam(name, dtype, lr=0.1, momentum=0.9, decay=0.01, rho=0.1):
    p, batches, tensors = start(NORMALIZED, dtype)
    statistics = {"1.running_mean": torch.zeros(8, dtype=dtype), "1.running_var": torch.ones(8, dtype=dtype)}
    buffers = {key: torch.zeros_like(value) for key, value in p.items()}
    for number, (x, y) in enumerate(batches):
        loss, g = gradient(normalized, p, x, y, statistics)
        norm = sum((value ** 2).sum() for value in g.values()).sqrt()
        there = {key: value + rho * g[key] / (norm + 1e-12) for key, value in p.items()}
        _, g = gradient(normalized, there, x, y)
        for key in p:
            buffers[key] = momentum * buffers[key] + g[key] + decay * p[key]
            p[key] = p[key] - lr * buffers[key]
        tensors[f"step{number}.loss"] = loss
        keep(tensors, number, {**p, **statistics})
    return Case(name, tensors, {})


def lookahead(name, dtype, lr=0.05, k=3, alpha=0.6):
    p, batches, tensors = start(SMOOTH, dtype)
    slow, m, v = dict(p), {}, {}
    for number, (x, y) in enumerate(batches):
        _, g = gradient(smooth, p, x, y)
        t = number + 1
        for key in p:
            m[key] = 0.9 * m.get(key, 0) + 0.1 * g[key]
            v[key] = 0.999 * v.get(key, 0) + 0.001 * g[key] ** 2
            p[key] = p[key] - lr * (m[key] / (1 - 0.9 ** t)) / ((v[key] / (1 - 0.999 ** t)).sqrt() + 1e-8)
        if t % k == 0 or t == STEPS:
            for key in p:
                slow[key] = slow[key] + alpha * (p[key] - slow[key])
            p = dict(slow)
        keep(tensors, number, p)
    return Case(name, tensors, {})


def swa(name, dtype, high=0.2, low=0.02, per_epoch=4, first=2, cycle=2):
    p, batches, tensors = start(NORMALIZED, dtype)
    seen, average = [], None
    for number, (x, y) in enumerate(batches):
        epoch, within = divmod(number, per_epoch)
        rate = high
        if epoch >= first - 1:
            at = (number - (first - 1) * per_epoch) % (cycle * per_epoch) + 1
            part = at / (cycle * per_epoch)
            rate = (1 - part) * high + part * low
        _, g = gradient(normalized, p, x, y)
        for key in p:
            p[key] = p[key] - rate * g[key]
        tensors[f"step{number}.rate"] = torch.tensor(rate, dtype=dtype)
        if within == per_epoch - 1:
            if epoch + 1 >= first and (epoch + 1 - first + 1) % cycle == 0:
                seen.append(dict(p))
                average = {key: sum(each[key] for each in seen) / len(seen) for key in p}
            elif not seen:
                average = dict(p)
            tensors.update({f"step{number}.average.{key}": value for key, value in average.items()})
        keep(tensors, number, p)
    hidden = [x @ average["0.weight"].T for x, _ in batches]
    tensors["measured.1.running_mean"] = sum(h.mean(0) for h in hidden) / STEPS
    tensors["measured.1.running_var"] = sum(h.var(0, unbiased=True) for h in hidden) / STEPS
    return Case(name, tensors, {})


def cases(dtype):
    yield schedule_free("schedule_free", dtype)
    yield schedule_free("schedule_free_warmup", dtype, warmup=4, b1=0.8, decay=0.1)
    yield sam("sharpness_aware", dtype)
    yield lookahead("lookahead", dtype)
    yield swa("stochastic_weight_averaging", dtype)
