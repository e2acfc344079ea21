"""Weight normalisation, w = g·v/‖v‖ for each output (1602.07868, equation 2): three steps of a temporal convolutional network and of a
linear one by SGD with momentum 0.9 and rate 0.1, with gradients of v and g by autograd.

Spectral normalisation, w = W/(uᵀWv) with one power iteration before each pass and u, v constants (1802.05957, algorithm 1): the same of
a network of a kernel and a matrix, and what it gives in evaluation, which makes none.

The formula is written out, and held against torch.nn.utils.weight_norm where that applies.
"""
import torch
import torch.nn.functional as F

from case import Case, assert_close, normal


def weight(v, g):
    return torch.stack([g[i] * v[i] / (v[i] * v[i]).sum().sqrt() for i in range(len(v))])


def temporal(p, x):
    h = F.conv1d(F.pad(x, (4, 0)), weight(p["0.weight_v"], p["0.weight_g"]), p["0.bias"], dilation=2)
    h = F.conv1d(torch.tanh(h), weight(p["2.weight_v"], p["2.weight_g"]), None, padding=1, groups=2)
    return torch.tanh(h).flatten(1) @ weight(p["5.weight_v"], p["5.weight_g"]).T + p["5.bias"]


def linear(p, x):
    h = torch.tanh(x @ weight(p["0.weight_v"], p["0.weight_g"]).T + p["0.bias"])
    return h @ weight(p["2.weight_v"], p["2.weight_g"]).T


def spectral(p, x, vectors):
    def divided(key):
        matrix = p[key].reshape(len(p[key]), -1)
        u, v = vectors[key]
        return p[key] / (u @ matrix @ v)
    h = torch.tanh(F.conv1d(x, divided("0.weight_orig"), p["0.bias"], stride=2))
    return h.flatten(1) @ divided("3.weight_orig").T


def iterate(p, vectors):
    for key, (u, _) in vectors.items():
        matrix = p[key].reshape(len(p[key]), -1)
        v = u @ matrix / (u @ matrix).norm()
        vectors[key] = matrix @ v / (matrix @ v).norm(), v


def spectral_training(name, dtype):
    shapes = {"0.weight_orig": (4, 3, 3), "0.bias": (4,), "3.weight_orig": (3, 12)}
    p = {key: normal(*shape, dtype=dtype, scale=0.5) for key, shape in shapes.items()}
    vectors = {}
    for key in ("0.weight_orig", "3.weight_orig"):
        u, v = normal(shapes[key][0], dtype=dtype), normal(p[key][0].numel(), dtype=dtype)
        vectors[key] = u / u.norm(), v / v.norm()
    tensors = {f"initial.{key}": value for key, value in p.items()}
    for key, (u, v) in vectors.items():
        tensors[f"initial.{key[0]}.weight_u"], tensors[f"initial.{key[0]}.weight_v"] = u, v
    velocity = {key: torch.zeros_like(value) for key, value in p.items()}
    for step in range(3):
        x, y = normal(6, 3, 7, dtype=dtype), torch.randint(0, 3, (6,))
        tensors[f"step{step}.input"], tensors[f"step{step}.label"] = x, y
        iterate(p, vectors)
        leaves = {key: value.clone().requires_grad_(True) for key, value in p.items()}
        loss = F.cross_entropy(spectral(leaves, x, vectors), y)
        gradients = dict(zip(leaves, torch.autograd.grad(loss, list(leaves.values()))))
        tensors[f"step{step}.loss"] = loss
        for key, g in gradients.items():
            tensors[f"step{step}.gradient.{key}"] = g
            velocity[key] = 0.9 * velocity[key] + g
            p[key] = p[key] - 0.1 * velocity[key]
            tensors[f"step{step}.after.{key}"] = p[key]
        for key, (u, v) in vectors.items():
            tensors[f"step{step}.after.{key[0]}.weight_u"], tensors[f"step{step}.after.{key[0]}.weight_v"] = u, v
    tensors["evaluated"] = spectral(p, x, vectors)
    return Case(name, tensors, {})


def training(name, forward, shapes, sample, dtype):
    p = {key: normal(*shape, dtype=dtype, scale=0.5) for key, shape in shapes.items()}
    tensors = {f"initial.{key}": value for key, value in p.items()}
    velocity = {key: torch.zeros_like(value) for key, value in p.items()}
    for step in range(3):
        x, y = normal(6, *sample, dtype=dtype), torch.randint(0, 3, (6,))
        tensors[f"step{step}.input"], tensors[f"step{step}.label"] = x, y
        leaves = {key: value.clone().requires_grad_(True) for key, value in p.items()}
        loss = F.cross_entropy(forward(leaves, x), y)
        gradients = dict(zip(leaves, torch.autograd.grad(loss, list(leaves.values()))))
        tensors[f"step{step}.loss"] = loss
        for key, g in gradients.items():
            tensors[f"step{step}.gradient.{key}"] = g
            velocity[key] = 0.9 * velocity[key] + g
            p[key] = p[key] - 0.1 * velocity[key]
            tensors[f"step{step}.after.{key}"] = p[key]
    return Case(name, tensors, {})


def check(dtype):
    """The formula against torch's own."""
    layer = torch.nn.utils.weight_norm(torch.nn.Conv1d(3, 4, 3).to(dtype))
    x = normal(2, 3, 8, dtype=dtype)
    assert_close(F.conv1d(x, weight(layer.weight_v, layer.weight_g), layer.bias), layer(x), "weight_norm")


def cases(dtype):
    check(dtype)
    yield training("temporal", temporal, {
        "0.weight_v": (4, 3, 3), "0.weight_g": (4, 1, 1), "0.bias": (4,),
        "2.weight_v": (4, 2, 3), "2.weight_g": (4, 1, 1),
        "5.weight_v": (3, 28), "5.weight_g": (3, 1), "5.bias": (3,)}, (3, 7), dtype)
    yield training("linear", linear, {
        "0.weight_v": (6, 5), "0.weight_g": (6, 1), "0.bias": (6,), "2.weight_v": (3, 6), "2.weight_g": (3, 1)}, (5,), dtype)
    yield spectral_training("spectral", dtype)
