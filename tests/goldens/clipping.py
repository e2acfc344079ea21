"""Bounds on the gradient of four tensors: [4, 3, 2, 2], [4], [6, 64], [6].

value      g ← min(max(g, -c), c), torch's clip_grad_value_
adaptive   for each unit i (an output of a matrix or kernel; a vector is one unit), g_i ← λ max(‖W_i‖, ε)/‖g_i‖ · g_i where
           ‖g_i‖ > λ max(‖W_i‖, ε)   (2102.06171, equation 3; ε = 1e-3)
           Computed unit by unit in loops, and by the whole-tensor form of the authors' code with its 1e-6 in the divisor.
"""
import torch

from case import Case, assert_close, normal

SHAPES = {"0.weight": (4, 3, 2, 2), "0.bias": (4,), "2.weight": (6, 64), "2.bias": (6,)}


def adaptive_unit(weight, gradient, bound, eps):
    limit = bound * max(weight.square().sum().sqrt().item(), eps)
    norm = gradient.square().sum().sqrt().item()
    return gradient * (limit / norm) if norm > limit else gradient


def adaptive(weight, gradient, bound, eps):
    if weight.ndim < 2:
        return adaptive_unit(weight, gradient, bound, eps)
    return torch.stack([adaptive_unit(w, g, bound, eps) for w, g in zip(weight, gradient)])


def adaptive_whole(weight, gradient, bound, eps):
    def norm(x):
        return x.norm() if x.ndim < 2 else torch.linalg.vector_norm(x, dim=tuple(range(1, x.ndim)), keepdim=True)
    limit = norm(weight).clamp_min(eps) * bound
    size = norm(gradient)
    return torch.where(size < limit, gradient, gradient * (limit / size.clamp_min(1e-6)))


def cases(dtype):
    def tensors(scale):
        weights = {key: normal(*shape, dtype=dtype) for key, shape in SHAPES.items()}
        weights["0.bias"] = torch.zeros(4, dtype=dtype)  # limited by ε
        gradients = {key: normal(*shape, dtype=dtype, scale=scale) for key, shape in SHAPES.items()}
        gradients["0.weight"][0] *= 1e-3  # a unit that stays as it is
        gradients["2.bias"] *= 0.0
        return weights, gradients

    def case(name, weights, clip, gradients, settings):
        clipped = {key: clip(weights[key], gradients[key]) for key in weights}
        return Case(name, {**{f"weight.{key}": value for key, value in weights.items()},
                           **{f"gradient.{key}": value for key, value in gradients.items()},
                           **{f"clipped.{key}": value for key, value in clipped.items()}}, settings), clipped

    weights, gradients = tensors(1.0)
    golden, clipped = case("value", weights, lambda w, g: g.clamp(-0.5, 0.5), gradients, {"max_value": 0.5})
    for key in gradients:
        parameter = torch.nn.Parameter(weights[key].clone())
        parameter.grad = gradients[key].clone()
        torch.nn.utils.clip_grad_value_([parameter], 0.5)
        assert_close(clipped[key], parameter.grad, key)
    yield golden

    weights, gradients = tensors(0.02)
    golden, clipped = case("adaptive", weights, lambda w, g: adaptive(w, g, 0.01, 1e-3), gradients, {"clipping": 0.01})
    for key in gradients:
        assert_close(clipped[key], adaptive_whole(weights[key], gradients[key], 0.01, 1e-3), key)
    yield golden
