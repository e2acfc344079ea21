"""Prior networks (1802.10501, reverse divergence 1905.13472): three steps of SGD 0.01 of a small network.

KL(Dir(exp z) ‖ Dir(1 + B·y)), mean over the samples with a label, plus γ times the mean of KL(Dir(exp z_u) ‖ Dir(1)) over the
others; divergences are torch's. `input`, `label`, `outside`, `initial.*`, `loss` [3], `step<i>.*` after each update.

dirichlet            of `logits` [N, K], float64: the differential entropy by torch; the mean entropy by quadrature of each class's
                     beta distribution, E[-p log p]; the entropy of the mean less that.
"""
import math

import numpy as np
import torch
import torch.nn.functional as F
from torch.distributions import Dirichlet, kl_divergence

from case import Case, normal

STEPS, RATE, CLASSES = 3, 0.01, 4


def forward(v, x):
    return F.linear(torch.tanh(F.linear(x, v["0.weight"], v["0.bias"])), v["2.weight"], v["2.bias"])


def run(name, dtype, precision, weight, unlabelled=()):
    named = {"0.weight": normal(6, 5, dtype=dtype, scale=0.5), "0.bias": normal(6, dtype=dtype, scale=0.1),
             "2.weight": normal(CLASSES, 6, dtype=dtype, scale=0.5), "2.bias": normal(CLASSES, dtype=dtype, scale=0.1)}
    x, outside = normal(10, 5, dtype=dtype), normal(7, 5, dtype=dtype, scale=2)
    y = torch.arange(10) % CLASSES
    y[list(unlabelled)] = -100
    tensors = {"input": x, "label": y, "outside": outside} | {f"initial.{key}": value for key, value in named.items()}
    values, losses = {key: value.clone().requires_grad_() for key, value in named.items()}, []
    for step in range(STEPS):
        inner, outer = forward(values, x).exp(), forward(values, outside).exp()
        rows = [kl_divergence(Dirichlet(inner[i]), Dirichlet(1 + precision * F.one_hot(y[i], CLASSES).to(dtype)))
                for i in range(10) if y[i] >= 0]
        total = torch.stack(rows).mean() + weight * kl_divergence(Dirichlet(outer), Dirichlet(torch.ones_like(outer))).mean()
        gradients = torch.autograd.grad(total, list(values.values()))
        values = {key: (value - RATE * gradient).detach().requires_grad_()
                  for (key, value), gradient in zip(values.items(), gradients)}
        losses.append(total.detach())
        tensors |= {f"step{step}.{key}": value.detach() for key, value in values.items()}
    return Case(name, tensors | {"loss": torch.stack(losses)},
                {"PriorNetworkPrecision": precision, "PriorNetworkOutsideWeight": weight})


def dirichlet():
    z = (normal(8, 3, dtype=torch.float64) + 1).numpy()
    alpha = np.exp(z)
    # p = 1/(1 + exp(-u)) makes the integrand smooth at both ends.
    u = np.linspace(-60, 60, 40001)
    p = 1 / (1 + np.exp(-u))
    logp, logq = -np.log1p(np.exp(-u)), -np.log1p(np.exp(u))
    expected = []
    for a in alpha:
        total = 0
        for k in range(3):
            b = a.sum() - a[k]
            logbeta = math.lgamma(a[k]) + math.lgamma(b) - math.lgamma(a.sum())
            density = np.exp(a[k] * logp + b * logq - logbeta)
            total += np.trapz(-p * logp * density, u)
        expected.append(total)
    mean = alpha / alpha.sum(1, keepdims=True)
    entropy = -(mean * np.log(mean)).sum(1)
    return {"logits": z, "precision": alpha.sum(1), "entropy": entropy, "aleatoric": np.array(expected),
            "mutual": entropy - np.array(expected), "differential": Dirichlet(torch.tensor(alpha)).entropy().numpy()}


def cases(dtype):
    yield run("precision_10", dtype, 10.0, 1.0)
    yield run("precision_100_some", dtype, 100.0, 0.5, unlabelled=(2, 7))
    yield Case("dirichlet", dirichlet(), {})
