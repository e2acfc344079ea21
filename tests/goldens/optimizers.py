"""Ten optimizer steps on a vector, with given gradients and a learning rate that changes every step.

sgd      g ← g + λp;  v ← μv + g;  p ← p - η·v, or with Nesterov p ← p - η(g + μv)   (Sutskever et al. 2013, equations 1
         to 4, with the learning rate outside the momentum as in torch)
adam     g ← g + λp;  m ← β₁m + (1-β₁)g;  v ← β₂v + (1-β₂)g²;  p ← p - η m̂/(√v̂ + ε), m̂ = m/(1-β₁ᵗ), v̂ = v/(1-β₂ᵗ)
         (1412.6980, algorithm 1; λ is the L2 form of weight decay)
adamw    p ← p - ηλp, then adam without λ   (1711.05101, algorithm 2, with the decay scaled by η as in torch)
clip     g ← g·min(1, c/(‖g‖ + 1e-6))   (1211.5063, algorithm 1; the 1e-6 is torch's)

Each is computed by the formula and by torch.optim; both must agree.
"""
import numpy as np
import torch

from case import Case, assert_close, normal

STEPS, LENGTH = 10, 37


class Sgd:
    def __init__(self, momentum=0.0, nesterov=False, weight_decay=0.0):
        self.momentum, self.nesterov, self.weight_decay, self.v = momentum, nesterov, weight_decay, 0.0

    def step(self, p, g, lr):
        g = g + self.weight_decay * p
        self.v = self.momentum * self.v + g
        return p - lr * (g + self.momentum * self.v if self.nesterov else self.v)


class Adam:
    def __init__(self, betas=(0.9, 0.999), eps=1e-8, weight_decay=0.0, decoupled=False):
        self.betas, self.eps, self.weight_decay, self.decoupled = betas, eps, weight_decay, decoupled
        self.m, self.v, self.t = 0.0, 0.0, 0

    def step(self, p, g, lr):
        if self.decoupled:
            p = p - lr * self.weight_decay * p
        else:
            g = g + self.weight_decay * p
        (b1, b2), self.t = self.betas, self.t + 1
        self.m = b1 * self.m + (1 - b1) * g
        self.v = b2 * self.v + (1 - b2) * g ** 2
        m, v = self.m / (1 - b1 ** self.t), self.v / (1 - b2 ** self.t)
        return p - lr * m / (v.sqrt() + self.eps)


def trajectory(name, formula, torch_optimizer, lr, dtype, settings):
    initial, gradients = normal(LENGTH, dtype=dtype), normal(STEPS, LENGTH, dtype=dtype)
    rates = np.array([lr * (1 - 0.08 * step) for step in range(STEPS)])
    expected, p, parameters = torch.nn.Parameter(initial.clone()), initial, []
    optimizer = torch_optimizer([expected], lr)
    for gradient, rate in zip(gradients, rates):
        p = formula.step(p, gradient, rate)
        optimizer.param_groups[0]["lr"] = rate
        expected.grad = gradient.clone()
        optimizer.step()
        assert_close(p, expected.detach(), name)
        parameters.append(p)
    tensors = {"initial": initial, "gradients": gradients, "learning_rates": rates,
               "parameters": torch.stack(parameters)}
    return Case(name, tensors, settings)


def sgd_case(name, dtype, **options):
    options = {"momentum": 0.0, "nesterov": False, "weight_decay": 0.0, **options}
    return trajectory(name, Sgd(**options), lambda p, lr: torch.optim.SGD(p, lr, **options), 0.1, dtype,
                      {"optimizer": "sgd", **options})


def adam_case(name, dtype, decoupled=False, **options):
    options = {"betas": (0.9, 0.999), "eps": 1e-8, "weight_decay": 0.0, **options}
    kind = torch.optim.AdamW if decoupled else torch.optim.Adam
    settings = {"optimizer": "adamw" if decoupled else "adam", "beta1": options["betas"][0],
                "beta2": options["betas"][1], "eps": options["eps"], "weight_decay": options["weight_decay"]}
    return trajectory(name, Adam(**options, decoupled=decoupled), lambda p, lr: kind(p, lr, **options), 0.05, dtype,
                      settings)


def clip_case(name, scale, dtype, maximum=1.0):
    gradients = normal(LENGTH, dtype=dtype, scale=scale)
    norm = gradients.square().sum().sqrt()
    clipped = gradients * min(1.0, maximum / (norm.item() + 1e-6))
    expected = torch.nn.Parameter(torch.zeros_like(gradients))
    expected.grad = gradients.clone()
    assert_close(torch.nn.utils.clip_grad_norm_([expected], maximum), norm, name)
    assert_close(clipped, expected.grad, name)
    return Case(name, {"gradients": gradients, "norm": norm, "clipped": clipped}, {"max_norm": maximum})


def cases(dtype):
    yield sgd_case("sgd", dtype)
    yield sgd_case("sgd_momentum", dtype, momentum=0.9)
    yield sgd_case("sgd_nesterov", dtype, momentum=0.9, nesterov=True)
    yield sgd_case("sgd_weight_decay", dtype, weight_decay=0.05)
    yield sgd_case("sgd_momentum_weight_decay", dtype, momentum=0.9, weight_decay=0.05)
    yield sgd_case("sgd_nesterov_weight_decay", dtype, momentum=0.9, nesterov=True, weight_decay=0.05)
    yield adam_case("adam", dtype)
    yield adam_case("adam_weight_decay", dtype, weight_decay=0.05)
    yield adam_case("adam_betas", dtype, betas=(0.8, 0.95), eps=1e-3)
    yield adam_case("adamw", dtype, decoupled=True, weight_decay=0.05)
    yield adam_case("adamw_no_decay", dtype, decoupled=True)
    yield clip_case("clip_grad_norm", 1.0, dtype)
    yield clip_case("clip_grad_norm_below", 0.1, dtype)  # a norm below the maximum: nothing changes
