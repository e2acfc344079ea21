"""Twenty steps of optimizers that torch.optim does not have, with given gradients, from their papers' algorithms.

lion    c = β₁m + (1-β₁)g;  p ← p - η(sign c + λp);  m ← β₂m + (1-β₂)g   (2302.06675, algorithm 2)
muon    of a kernel or matrix as [first, rest]:  m ← μm + (1-μ)g;  u = (1-μ)g + μm with Nesterov, else m;
        X = u/(‖u‖ + 1e-7), five times X ← aX + (bA + cA²)X with A = XXᵀ, on the flat side;
        p ← p(1 - ηλ) - η·√max(1, rows/columns)·X   (Jordan 2024)
        all others and the last matrix by Adam with decoupled decay, at a rate of its own.
Element by element or matrix by matrix in loops: nothing is shared with the implementation under test.
"""
import torch

from case import Case, normal

STEPS = 20
TWO_LAYERS = {"0.weight": (6, 5), "0.bias": (6,), "2.weight": (3, 6), "2.bias": (3,)}
CONVOLVED = {"0.weight": (3, 2, 2, 2), "0.bias": (3,), "3.weight": (30, 27), "3.bias": (30,), "5.weight": (3, 30),
             "5.bias": (3,)}
KEPT = (0, 1, 9, 19)


def rate(lr, step):
    return lr * (1 - 0.04 * step)


class Lion:
    def __init__(self, lr, beta1=0.9, beta2=0.99, decay=0.0):
        self.lr, self.beta1, self.beta2, self.decay, self.momenta = lr, beta1, beta2, decay, {}

    def step(self, number, key, p, g):
        m = self.momenta.get(key, torch.zeros_like(p))
        direction = torch.sign(m + (1 - self.beta1) * (g - m)) + self.decay * p
        self.momenta[key] = m + (1 - self.beta2) * (g - m)
        return p - rate(self.lr, number) * direction


class Adam:
    def __init__(self, lr, betas, eps, decay):
        self.lr, self.betas, self.eps, self.decay, self.moments = lr, betas, eps, decay, {}

    def step(self, number, key, p, g):
        lr, (b1, b2), t = rate(self.lr, number), self.betas, number + 1
        m, v = self.moments.get(key, (torch.zeros_like(p), torch.zeros_like(p)))
        m, v = b1 * m + (1 - b1) * g, b2 * v + (1 - b2) * g * g
        self.moments[key] = m, v
        return p * (1 - lr * self.decay) - lr * (m / (1 - b1 ** t)) / ((v / (1 - b2 ** t)).sqrt() + self.eps)


class Muon:
    def __init__(self, lr, matrices, momentum=0.95, nesterov=True, steps=5, decay=0.0, adam_lr=3e-4, betas=(0.9, 0.95)):
        self.lr, self.matrices, self.momentum, self.nesterov, self.steps = lr, matrices, momentum, nesterov, steps
        self.decay, self.momenta, self.adam = decay, {}, Adam(adam_lr, betas, 1e-10, decay)

    def orthogonal(self, u):
        x = u / ((u * u).sum().sqrt() + 1e-7)
        flips = x.shape[0] > x.shape[1]
        x = x.T if flips else x
        for _ in range(self.steps):
            a = x @ x.T
            x = 3.4445 * x + (-4.7750 * a + 2.0315 * (a @ a)) @ x
        return x.T if flips else x

    def step(self, number, key, p, g):
        if key not in self.matrices:
            return self.adam.step(number, key, p, g)
        m = self.momentum * self.momenta.get(key, torch.zeros_like(p)) + (1 - self.momentum) * g
        self.momenta[key] = m
        u = (1 - self.momentum) * g + self.momentum * m if self.nesterov else m
        x = self.orthogonal(u.reshape(u.shape[0], -1))
        scale = max(1.0, x.shape[0] / x.shape[1]) ** 0.5
        lr = rate(self.lr, number)
        return p * (1 - lr * self.decay) - lr * scale * x.reshape(p.shape)


def steps_case(name, shapes, optimizer, settings, dtype):
    values = {key: normal(*shape, dtype=dtype, scale=0.3) for key, shape in shapes.items()}
    tensors = {f"initial.{key}": value for key, value in values.items()}
    for number in range(STEPS):
        for key, shape in shapes.items():
            gradient = normal(*shape, dtype=dtype)
            tensors[f"step{number}.gradient.{key}"] = gradient
            values[key] = optimizer.step(number, key, values[key], gradient)
            if number in KEPT:
                tensors[f"step{number}.after.{key}"] = values[key]
    return Case(name, tensors, settings)


def cases(dtype):
    yield steps_case("lion", TWO_LAYERS, Lion(0.01), {"lr": 0.01}, dtype)
    yield steps_case("lion_weight_decay", TWO_LAYERS, Lion(0.01, 0.8, 0.95, 0.5), {"lr": 0.01}, dtype)
    hidden = {"0.weight", "3.weight"}
    yield steps_case("muon", CONVOLVED, Muon(0.02, hidden), {"lr": 0.02, "adam_lr": 3e-4}, dtype)
    yield steps_case("muon_weight_decay", CONVOLVED,
                     Muon(0.02, {"3.weight"}, momentum=0.9, nesterov=False, steps=4, decay=0.1, adam_lr=1e-3, betas=(0.8, 0.9)),
                     {"lr": 0.02, "adam_lr": 1e-3}, dtype)
