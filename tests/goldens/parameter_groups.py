"""Ten steps of torch.optim with parameter groups on a small stack: vectors without decay, a layer with its own settings.

A two-layer network's parameters [6, 5], [6], [3, 6], [3] with given gradients; weight decay λ for matrices alone, the first
layer with another λ and a fraction of the learning rate. torch.optim's own groups are the reference.

unfreezing_*: three layers [6, 5], [6, 6], [3, 6] with biases, from 1801.06146, sections 3.2 and 3.3: the k-th layer from the top
learns at lr / 2.6^k, and at 0 before epoch k; an epoch has three steps.
"""
import torch

from case import Case, normal

STEPS, EPOCH, FACTOR = 10, 3, 2.6
SHAPES = {"0.weight": (6, 5), "0.bias": (6,), "2.weight": (3, 6), "2.bias": (3,)}


def groups_case(name, make, settings, dtype, shapes=SHAPES, schedule=None):
    initial = {key: normal(*shape, dtype=dtype) for key, shape in shapes.items()}
    parameters = {key: torch.nn.Parameter(value.clone()) for key, value in initial.items()}
    optimizer = make(parameters)
    tensors = {f"initial.{key}": value for key, value in initial.items()}
    for step in range(STEPS):
        for key, parameter in parameters.items():
            parameter.grad = normal(*shapes[key], dtype=dtype)
            tensors[f"step{step}.gradient.{key}"] = parameter.grad.clone()
        if schedule:
            schedule(optimizer, step)
        optimizer.step()
        for key, parameter in parameters.items():
            tensors[f"step{step}.after.{key}"] = parameter.detach().clone()
    return Case(name, tensors, settings)


DEEP = {"0.weight": (6, 5), "0.bias": (6,), "2.weight": (6, 6), "2.bias": (6,), "4.weight": (3, 6), "4.bias": (3,)}


def by_layer(parameters):
    return [{"params": [p for key, p in parameters.items() if key.startswith(layer)]} for layer in ("4.", "2.", "0.")]


def unfreeze(rate):
    def schedule(optimizer, step):
        for k, group in enumerate(optimizer.param_groups):
            group["lr"] = rate / FACTOR ** k if step // EPOCH >= k else 0.0
    return schedule


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
    for name, make in (("adam", lambda p: torch.optim.Adam(by_layer(p), 0.05)),
                       ("sgd", lambda p: torch.optim.SGD(by_layer(p), 0.05, momentum=0.9, weight_decay=0.1))):
        yield groups_case(f"unfreezing_{name}", make, {"lr": 0.05, "factor": FACTOR, "steps_per_epoch": EPOCH}, dtype, DEEP,
                          unfreeze(0.05))
