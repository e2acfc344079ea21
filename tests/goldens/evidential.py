"""Evidential classification (1806.01768): three steps of SGD 0.1 of a small network that ends with softplus.

e = f(x), α = e + 1, S = Σα. Of each sample with a label the expected squared error of p ~ Dir(α), by torch's mean and variance
of a Dirichlet distribution, and λ min(1, t/2) KL(Dir(α') ‖ Dir(1)) in step t, α' being 1 at the label and α elsewhere, by torch's
divergence. Means are over labels.

`input`, `label`, `initial.*`, `loss` [3], `step<i>.*` after each update; `probabilities`, `vacuity` K/S at first.
"""
import torch
import torch.nn.functional as F
from torch.distributions import Dirichlet, kl_divergence

from case import Case, normal

STEPS, RATE, CLASSES, RAMP = 3, 0.1, 4, 2


def forward(v, x):
    return F.softplus(F.linear(torch.tanh(F.linear(x, v["0.weight"], v["0.bias"])), v["2.weight"], v["2.bias"]))


def run(name, dtype, weight, unlabelled=()):
    named = {"0.weight": normal(6, 5, dtype=dtype, scale=0.5), "0.bias": normal(6, dtype=dtype, scale=0.1),
             "2.weight": normal(CLASSES, 6, dtype=dtype), "2.bias": normal(CLASSES, dtype=dtype)}
    x, y = normal(10, 5, dtype=dtype), torch.arange(10) % CLASSES
    y[list(unlabelled)] = -100
    alpha = forward(named, x) + 1
    tensors = {"input": x, "label": y, "probabilities": Dirichlet(alpha).mean, "vacuity": CLASSES / alpha.sum(1)}
    tensors |= {f"initial.{key}": value for key, value in named.items()}
    values, losses = {key: value.clone().requires_grad_() for key, value in named.items()}, []
    for step in range(STEPS):
        alpha, rows = forward(values, x) + 1, []
        for i in range(10):
            if y[i] < 0:
                continue
            own = Dirichlet(alpha[i])
            target = F.one_hot(y[i], CLASSES).to(dtype)
            expected = ((target - own.mean) ** 2 + own.variance).sum()
            wrong = torch.where(target == 1, torch.ones_like(alpha[i]), alpha[i])
            divergence = kl_divergence(Dirichlet(wrong), Dirichlet(torch.ones_like(wrong)))
            rows.append(expected + weight * min(1, step / RAMP) * divergence)
        total = torch.stack(rows).mean()
        gradients = torch.autograd.grad(total, list(values.values()))
        values = {key: (value - RATE * gradient).detach().requires_grad_()
                  for (key, value), gradient in zip(values.items(), gradients)}
        losses.append(total.detach())
        tensors |= {f"step{step}.{key}": value.detach() for key, value in values.items()}
    return Case(name, tensors | {"loss": torch.stack(losses)}, {"EvidentialDivergenceWeight": weight})


def cases(dtype):
    yield run("evidential", dtype, 1.0)
    yield run("evidential_some", dtype, 0.3, unlabelled=(2, 7))
