"""Bayes by backprop (Blundell et al. 2015, 1505.05424): three steps of SGD 0.1 from the formulas.

A network 6-8-4 draws W = μ + σ ε, σ = log(1 + e^ρ), weights before biases, layer by layer, from the step's stream, and minimises the
mean cross-entropy plus KL(N(μ, σ²) || N(0, prior²)) / (M B), with M = 5 steps an epoch and B = 9, which torch.distributions
computes too.

`input` and `label`; `initial.*`, `evaluated` (logits of the means), and `loss` [3], `complexity` [3], `step<i>.*` after each update.
"""
import math

import torch
import torch.nn.functional as F
from torch.distributions import Normal, kl_divergence

from case import Case, assert_close, normal
from streams import generator, noise

STEPS, RATE, SEED, EPOCH, BATCH = 3, 0.1, 11, 5, 9
LAYERS = {"0": (8, 6), "2": (4, 8)}


def parameters(dtype):
    named = {}
    for key, (out, into) in LAYERS.items():
        named |= {f"{key}.mu_weight": normal(out, into, dtype=dtype, scale=0.6),
                  f"{key}.rho_weight": normal(out, into, dtype=dtype, scale=0.4, shift=-1.5),
                  f"{key}.mu_bias": normal(out, dtype=dtype, scale=0.2),
                  f"{key}.rho_bias": normal(out, dtype=dtype, scale=0.4, shift=-1.5)}
    return named


def run(name, prior, dtype):
    named = parameters(dtype)
    x, y = normal(BATCH, 6, dtype=dtype), torch.randint(0, 4, (BATCH,))
    tensors = {"input": x, "label": y} | {f"initial.{key}": value for key, value in named.items()}

    def forward(values, draw):
        hidden = x
        for key in LAYERS:
            part = {}
            for kind in ("weight", "bias"):
                mu, rho = values[f"{key}.mu_{kind}"], values[f"{key}.rho_{kind}"]
                part[kind] = mu + torch.log1p(torch.exp(rho)) * draw(mu.shape)
            hidden = F.linear(hidden, part["weight"], part["bias"])
            hidden = torch.tanh(hidden) if key == "0" else hidden
        return hidden

    with torch.no_grad():
        tensors["evaluated"] = forward(named, lambda shape: torch.zeros(shape, dtype=dtype))
    values, losses, costs = {key: value.clone().requires_grad_() for key, value in named.items()}, [], []
    for step in range(STEPS):
        source = generator(SEED, "dropout", step)
        logits = forward(values, lambda shape: noise(source, *shape, dtype=dtype))
        cost, exact = 0, 0
        for key in (name for name in values if ".mu_" in name):
            mu, sigma = values[key], torch.log1p(torch.exp(values[key.replace("mu_", "rho_")]))
            cost = cost + (0.5 * (mu ** 2 + sigma ** 2) / prior ** 2 - 0.5 - torch.log(sigma / prior)).sum()
            exact = exact + kl_divergence(Normal(mu, sigma), Normal(torch.zeros_like(mu), prior * torch.ones_like(mu))).sum()
        assert_close(cost.detach(), exact.detach(), "torch's divergence")
        total = F.cross_entropy(logits, y) + cost / (EPOCH * BATCH)
        gradients = torch.autograd.grad(total, list(values.values()))
        values = {key: (value - RATE * gradient).detach().requires_grad_()
                  for (key, value), gradient in zip(values.items(), gradients)}
        losses.append(total.detach())
        costs.append(cost.detach())
        tensors |= {f"step{step}.{key}": value.detach() for key, value in values.items()}
    return Case(name, tensors | {"loss": torch.stack(losses), "complexity": torch.stack(costs)},
                {"PriorDeviation": prior, "Seed": SEED})


def cases(dtype):
    raw = math.log(math.expm1(0.02))
    assert abs(math.log1p(math.exp(raw)) - 0.02) < 1e-12
    yield run("bayes_by_backprop", 0.5, dtype)
