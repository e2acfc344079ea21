"""Ten steps of torch.optim with parameter groups on a small stack: vectors without decay, a layer with its own settings.

A two-layer network's parameters [6, 5], [6], [3, 6], [3] with given gradients; weight decay λ for matrices alone, the first
layer with another λ and a fraction of the learning rate. torch.optim's own groups are the reference.
"""
import torch

from case import Case, normal

STEPS = 10
SHAPES = {"0.weight": (6, 5), "0.bias": (6,), "2.weight": (3, 6), "2.bias": (3,)}


def groups_case(name, make, settings, dtype):
    initial = {key: normal(*shape, dtype=dtype) for key, shape in SHAPES.items()}
    parameters = {key: torch.nn.Parameter(value.clone()) for key, value in initial.items()}
    optimizer = make(parameters)
    tensors = {f"initial.{key}": value for key, value in initial.items()}
    for step in range(STEPS):
        for key, parameter in parameters.items():
            parameter.grad = normal(*SHAPES[key], dtype=dtype)
            tensors[f"step{step}.gradient.{key}"] = parameter.grad.clone()
        optimizer.step()
        for key, parameter in parameters.items():
            tensors[f"step{step}.after.{key}"] = parameter.detach().clone()
    return Case(name, tensors, settings)


def matrices_alone(parameters, decay, **options):
    return [{"params": [p for p in parameters.values() if p.ndim >= 2], "weight_decay": decay, **options},
            {"params": [p for p in parameters.values() if p.ndim < 2], "weight_decay": 0.0, **options}]


def first_layer_apart(parameters, lr, scale, decay):
    return [{"params": [p for key, p in parameters.items() if key.startswith("0.")], "weight_decay": decay, "lr": lr * scale},
            {"params": [p for key, p in parameters.items() if not key.startswith("0.")], "weight_decay": 0.0}]


def cases(dtype):
    yield groups_case("adamw_matrices", lambda p: torch.optim.AdamW(matrices_alone(p, 0.1), 0.05),
                      {"optimizer": "adamw", "lr": 0.05, "weight_decay": 0.1}, dtype)
    yield groups_case("sgd_matrices", lambda p: torch.optim.SGD(matrices_alone(p, 0.1, momentum=0.9), 0.05),
                      {"optimizer": "sgd", "lr": 0.05, "weight_decay": 0.1, "momentum": 0.9}, dtype)
    yield groups_case("adam_first_layer", lambda p: torch.optim.Adam(first_layer_apart(p, 0.05, 0.1, 0.2), 0.05),
                      {"optimizer": "adam", "lr": 0.05, "scale": 0.1, "weight_decay": 0.2}, dtype)
