"""Means and variances learned together: three steps of SGD 0.1 of a small network, from the formulas.

heteroscedastic_<β>  Kendall and Gal 2017 (1703.04977), equation 8: ½ exp(-s) (y - μ)² + ½ s, at β = 0 held against torch's
                     GaussianNLLLoss; times the detached variance to the power of β (2203.09168, equation 6). Log variances are
                     clamped to [-20, 20].
homoscedastic        the same with one s for all, learned, which starts at 2 log σ.

`input` and `label`; `initial.*`, `loss` [3], and `step<i>.*` after each update.
"""
import math

import torch
import torch.nn.functional as F

from case import Case, assert_close, normal

STEPS, RATE = 3, 0.1


def parameters(dtype, heads):
    named = {"0.weight": normal(6, 3, dtype=dtype, scale=0.5), "0.bias": normal(6, dtype=dtype, scale=0.1)}
    for head in heads:
        named |= {f"{head}.weight": normal(2, 6, dtype=dtype, scale=0.5), f"{head}.bias": normal(2, dtype=dtype, scale=0.1)}
    return named


def run(name, named, x, y, loss, settings):
    tensors = {"input": x, "label": y} | {f"initial.{key}": value for key, value in named.items()}
    values, losses = {key: value.clone().requires_grad_() for key, value in named.items()}, []
    for step in range(STEPS):
        total = loss(values, torch.tanh(F.linear(x, values["0.weight"], values["0.bias"])))
        gradients = torch.autograd.grad(total, list(values.values()))
        values = {key: (value - RATE * gradient).detach().requires_grad_()
                  for (key, value), gradient in zip(values.items(), gradients)}
        losses.append(total.detach())
        tensors |= {f"step{step}.{key}": value.detach() for key, value in values.items()}
    return Case(name, tensors | {"loss": torch.stack(losses)}, settings)


def heteroscedastic(y, beta):
    def loss(v, body):
        mean = F.linear(body, v["mean.weight"], v["mean.bias"])
        s = F.linear(body, v["variance.weight"], v["variance.bias"]).clamp(-20, 20)
        rows = 0.5 * torch.exp(-s) * (y - mean) ** 2 + 0.5 * s
        if beta == 0:
            assert_close(rows.mean().detach(), F.gaussian_nll_loss(mean, y, s.exp(), eps=0).detach(), "torch's")
        return (rows * s.exp().detach() ** beta).mean()
    return loss


def homoscedastic(y):
    def loss(v, body):
        x = F.linear(body, v["mean.weight"], v["mean.bias"])
        return (0.5 * torch.exp(-v["s"]) * (y - x) ** 2 + 0.5 * v["s"]).mean()
    return loss


def cases(dtype):
    x, y = normal(12, 3, dtype=dtype), normal(12, 2, dtype=dtype, scale=1.5)
    both = parameters(dtype, ["mean", "variance"])
    # Some log variances beyond the clamp.
    both["variance.bias"][0] = 19.9
    plain = parameters(dtype, ["mean", "variance"])
    for beta in [0.0, 0.5, 1.0]:
        yield run(f"heteroscedastic_{beta:g}", plain, x, y, heteroscedastic(y, beta), {"GaussianNllBeta": beta})
    yield run("heteroscedastic_0_clamped", both, x, y, heteroscedastic(y, 0.0), {"GaussianNllBeta": 0.0})
    s = torch.tensor([2 * math.log(2)], dtype=torch.float32).to(dtype)
    yield run("homoscedastic", parameters(dtype, ["mean"]) | {"s": s}, x, y, homoscedastic(y),
              {"HomoscedasticNllInitialDeviation": 2})
