"""The variational information bottleneck (Alemi et al. 2017, 1612.00410): three steps of SGD 0.1 from the formulas.

A network 6-8-(3 means, 3 raw deviations)-4 draws z = μ + σ ε, σ = softplus(r - 5), and minimises the cross-entropy of the labels
plus β KL(N(μ, σ²) || N(0, 1)), which torch.distributions computes too. ε is the noise of the step's stream.

`input` and `label`; `initial.*`, `evaluated` (logits of the means), and `loss` [3], `information` [3], `step<i>.*` after each
update.
"""
import torch
import torch.nn.functional as F
from torch.distributions import Normal, kl_divergence

from case import Case, assert_close, normal
from streams import generator, noise

STEPS, RATE, SEED, WIDTH = 3, 0.1, 7, 3


def parameters(dtype):
    named = {}
    for key, (out, into) in {"0": (8, 6), "2": (2 * WIDTH, 8), "4": (4, WIDTH)}.items():
        named |= {f"{key}.weight": normal(out, into, dtype=dtype, scale=0.6), f"{key}.bias": normal(out, dtype=dtype, scale=0.1)}
    with torch.no_grad():
        named["2.bias"][WIDTH:] += 4.5  # deviations that matter
    return named


def pair(v, x):
    hidden = torch.tanh(F.linear(x, v["0.weight"], v["0.bias"]))
    code = F.linear(hidden, v["2.weight"], v["2.bias"])
    return code[:, :WIDTH], F.softplus(code[:, WIDTH:] - 5)


def run(name, beta, dtype):
    named = parameters(dtype)
    x, y = normal(9, 6, dtype=dtype), torch.randint(0, 4, (9,))
    tensors = {"input": x, "label": y} | {f"initial.{key}": value for key, value in named.items()}
    with torch.no_grad():
        tensors["evaluated"] = F.linear(pair(named, x)[0], named["4.weight"], named["4.bias"])
    values, losses, information = {key: value.clone().requires_grad_() for key, value in named.items()}, [], []
    for step in range(STEPS):
        mean, deviation = pair(values, x)
        z = mean + deviation * noise(generator(SEED, "dropout", step), 9, WIDTH, dtype=dtype)
        nats = (0.5 * (mean ** 2 + deviation ** 2 - 1) - deviation.log()).sum(1).mean()
        exact = kl_divergence(Normal(mean, deviation), Normal(torch.zeros_like(mean), torch.ones_like(mean))).sum(1).mean()
        assert_close(nats.detach(), exact.detach(), "torch's divergence")
        total = F.cross_entropy(F.linear(z, values["4.weight"], values["4.bias"]), y) + beta * nats
        gradients = torch.autograd.grad(total, list(values.values()))
        values = {key: (value - RATE * gradient).detach().requires_grad_()
                  for (key, value), gradient in zip(values.items(), gradients)}
        losses.append(total.detach())
        information.append(beta * nats.detach())
        tensors |= {f"step{step}.{key}": value.detach() for key, value in values.items()}
    return Case(name, tensors | {"loss": torch.stack(losses), "information": torch.stack(information)},
                {"InformationBottleneckBeta": beta, "Seed": SEED})


def cases(dtype):
    for beta in (0.05, 0.0, 1.0):
        yield run(f"bottleneck_{beta:g}", beta, dtype)
