"""The learning rate of every step s = 0 ... total-1, in float64.

warm-up    s < W:  η (s + 1)/W, whatever follows; the schedule takes over at s = W
constant   η
cosine     η_min + (η - η_min)/2 · (1 + cos(π (s - W)/(total - W)))   (1608.03983, equation 5, one period)
step       η γ^⌊s/(k · steps per epoch)⌋, counted from the start of training, warm-up included

The minimum of the cosine is reached at s = total, one step after the last. Without warm-up, the rates must agree with
those of torch.optim.lr_scheduler.
"""
import math

import numpy as np
import torch

from case import Case, assert_close


def cosine(s, lr, total_steps, warmup_steps=0, eta_min=0.0):
    if s < warmup_steps:
        return lr * (s + 1) / warmup_steps
    progress = (s - warmup_steps) / (total_steps - warmup_steps)
    return eta_min + (lr - eta_min) / 2 * (1 + math.cos(math.pi * progress))


def step_decay(s, lr, gamma, every_epochs, steps_per_epoch, warmup_steps=0):
    if s < warmup_steps:
        return lr * (s + 1) / warmup_steps
    return lr * gamma ** (s // steps_per_epoch // every_epochs)


def constant(s, lr, warmup_steps=0):
    return lr * (s + 1) / warmup_steps if s < warmup_steps else lr


def torch_rates(schedule, total_steps, settings):
    """The same rates from torch's scheduler, or None where it has none."""
    if settings.get("warmup_steps"):
        return None
    optimizer = torch.optim.SGD([torch.nn.Parameter(torch.zeros(1))], settings["lr"])
    if schedule is cosine:
        scheduler = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, total_steps, settings.get("eta_min", 0.0))
    elif schedule is step_decay:
        period = settings["every_epochs"] * settings["steps_per_epoch"]
        scheduler = torch.optim.lr_scheduler.StepLR(optimizer, period, settings["gamma"])
    else:
        return None
    rates = []
    for _ in range(total_steps):
        rates.append(optimizer.param_groups[0]["lr"])
        optimizer.step()
        scheduler.step()
    return np.array(rates)


def schedule_case(name, schedule, total_steps, **settings):
    """`schedule` takes the step and the settings; the cosine also needs to know where it ends."""
    known = {"total_steps": total_steps, **settings} if schedule is cosine else settings
    rates = np.array([schedule(s, **known) for s in range(total_steps)])
    reference = torch_rates(schedule, total_steps, settings)
    if reference is not None:
        assert_close(torch.from_numpy(rates), torch.from_numpy(reference), name)
    return Case(name, {"learning_rates": rates},
                {"schedule": schedule.__name__, "total_steps": total_steps, **settings})


def cases(dtype):
    yield schedule_case("constant", constant, 20, lr=0.1)
    yield schedule_case("constant_warmup", constant, 20, lr=0.1, warmup_steps=7)
    yield schedule_case("cosine", cosine, 50, lr=0.1)
    yield schedule_case("cosine_eta_min", cosine, 50, lr=0.1, eta_min=0.01)
    yield schedule_case("cosine_warmup", cosine, 50, lr=0.1, warmup_steps=10)
    yield schedule_case("cosine_warmup_eta_min", cosine, 50, lr=0.1, warmup_steps=10, eta_min=0.01)
    decay = {"lr": 0.1, "gamma": 0.3, "every_epochs": 2, "steps_per_epoch": 6}
    yield schedule_case("step", step_decay, 60, **decay)
    yield schedule_case("step_warmup", step_decay, 60, **decay, warmup_steps=9)
    yield schedule_case("step_warmup_past_first_decay", step_decay, 60, **decay, warmup_steps=15)
