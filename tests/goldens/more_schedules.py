"""The learning rate of every step s = 0 ... total-1, in float64; momenta too where the schedule cycles them.

warm-up          s < W:  η (s + 1)/W, whatever follows; the schedule takes over at s = W
exponential      max(η γ^⌊s/k⌋, η_min), counted from the start of training
polynomial       η_min + (η - η_min)(1 - (s - W)/(total - W))^power
partial_cosine   η max(0, cos(2π c (s - W)/(total - W))); c = 7/32 is η cos(7πs/(16 total))   (2001.07685, section 2.4)
cosine_restarts  η_min + (η - η_min)/2 (1 + cos(π T_cur/T_i)), T_i = T_0 T_mult^i, counted from W   (1608.03983, equation 5)
one_cycle        half a cosine from η/div to η at s = pct·total - 1, another to η/(div·final) at s = total - 1; the momentum from
                 high to low and back   (1708.07120; phases and annealing as in torch)

Without warm-up and minimum, the rates must agree with those of torch.optim.lr_scheduler.
"""
import math

import numpy as np
import torch

from case import Case, assert_close

LR = 0.1


def cosine(start, end, part):
    return end + (start - end) / 2 * (1 + math.cos(math.pi * part))


def exponential(s, total, gamma, every, eta_min=0.0):
    return max(LR * gamma ** (s // every), eta_min)


def polynomial(s, total, power, eta_min=0.0):
    return eta_min + (LR - eta_min) * (1 - s / total) ** power


def partial_cosine(s, total, wave):
    return LR * max(0.0, math.cos(2 * math.pi * wave * s / total))


def cosine_restarts(s, total, t_0, t_mult, eta_min=0.0):
    start, period = 0, t_0
    while s >= start + period:
        start, period = start + period, period * t_mult
    return cosine(LR, eta_min, (s - start) / period)


def one_cycle(s, total, pct_start=0.3, div=25.0, final=1e4):
    top = pct_start * total - 1
    if s <= top:
        return cosine(LR / div, LR, s / top)
    return cosine(LR, LR / div / final, (s - top) / (total - 1 - top))


def momentum(s, total, low, high, pct_start=0.3):
    top = pct_start * total - 1
    if s <= top:
        return cosine(high, low, s / top)
    return cosine(low, high, (s - top) / (total - 1 - top))


def torch_rates(total, make):
    optimizer = torch.optim.SGD([torch.nn.Parameter(torch.zeros(1))], LR, momentum=0.9)
    scheduler, rates, momenta = make(optimizer), [], []
    for step in range(total):
        rates.append(optimizer.param_groups[0]["lr"])
        momenta.append(optimizer.param_groups[0]["momentum"])
        optimizer.step()
        if step + 1 < total:
            scheduler.step()
    return np.array(rates), np.array(momenta)


def schedule_case(name, formula, total, warmup=0, make=None, cycle=None, **settings):
    rates = np.array([LR * (s + 1) / warmup if s < warmup else formula(s - warmup, total - warmup, **settings) for s in range(total)])
    tensors = {"learning_rates": rates}
    if cycle is not None:
        tensors["momenta"] = np.array([momentum(s, total, *cycle, **settings) for s in range(total)])
    if make is not None:
        expected, momenta = torch_rates(total, make)
        assert_close(torch.from_numpy(rates), torch.from_numpy(expected), name)
        if cycle is not None:
            assert_close(torch.from_numpy(tensors["momenta"]), torch.from_numpy(momenta), name)
    return Case(name, tensors, {"schedule": formula.__name__, "total_steps": total, "warmup": warmup, **settings})


def one_cycle_sgd(name, dtype):
    """Ten steps of SGD with momentum under one cycle: torch's own."""
    torch_parameter = torch.nn.Parameter(torch.ones(37, dtype=dtype))
    optimizer = torch.optim.SGD([torch_parameter], LR, momentum=0.9)
    scheduler = torch.optim.lr_scheduler.OneCycleLR(optimizer, LR, total_steps=10)
    parameters = []
    for step in range(10):
        torch_parameter.grad = torch.full_like(torch_parameter, 1.0 + step)
        optimizer.step()
        parameters.append(torch_parameter.detach().clone())
        if step < 9:
            scheduler.step()
    return Case(name, {"parameters": torch.stack(parameters)}, {"lr": LR})


def one_cycle_adam(name, dtype):
    """The same with Adam, whose first beta is cycled."""
    torch_parameter = torch.nn.Parameter(torch.ones(37, dtype=dtype))
    optimizer = torch.optim.Adam([torch_parameter], LR)
    scheduler = torch.optim.lr_scheduler.OneCycleLR(optimizer, LR, total_steps=10)
    parameters = []
    for step in range(10):
        torch_parameter.grad = torch.full_like(torch_parameter, 1.0 + (step % 3))
        optimizer.step()
        parameters.append(torch_parameter.detach().clone())
        if step < 9:
            scheduler.step()
    return Case(name, {"parameters": torch.stack(parameters)}, {"lr": LR})


def cases(dtype):
    lr = torch.optim.lr_scheduler
    yield schedule_case("exponential", exponential, 30, gamma=0.8, every=6, make=lambda o: lr.StepLR(o, 6, 0.8))
    yield schedule_case("exponential_steps", exponential, 30, gamma=0.9, every=1, make=lambda o: lr.ExponentialLR(o, 0.9))
    yield schedule_case("exponential_minimum", exponential, 30, gamma=0.5, every=6, eta_min=0.02)
    yield schedule_case("polynomial", polynomial, 30, power=1.0, make=lambda o: lr.PolynomialLR(o, 30, 1.0))
    yield schedule_case("polynomial_square", polynomial, 30, power=2.0, make=lambda o: lr.PolynomialLR(o, 30, 2.0))
    yield schedule_case("polynomial_warmup_minimum", polynomial, 30, warmup=5, power=0.9, eta_min=0.01)
    yield schedule_case("partial_cosine", partial_cosine, 30, wave=7 / 32,
                        make=lambda o: lr.LambdaLR(o, lambda s: math.cos(7 * math.pi * s / (16 * 30))))
    yield schedule_case("partial_cosine_warmup", partial_cosine, 30, warmup=5, wave=0.25)
    yield schedule_case("cosine_restarts", cosine_restarts, 70, t_0=10, t_mult=1,
                        make=lambda o: lr.CosineAnnealingWarmRestarts(o, 10))
    yield schedule_case("cosine_restarts_doubling", cosine_restarts, 70, t_0=10, t_mult=2, eta_min=0.01,
                        make=lambda o: lr.CosineAnnealingWarmRestarts(o, 10, 2, 0.01))
    yield schedule_case("cosine_restarts_warmup", cosine_restarts, 70, warmup=4, t_0=6, t_mult=3)
    yield schedule_case("one_cycle", one_cycle, 50, cycle=(0.85, 0.95), make=lambda o: lr.OneCycleLR(o, LR, total_steps=50))
    yield schedule_case("one_cycle_early", one_cycle, 43, pct_start=0.1, cycle=(0.85, 0.95),
                        make=lambda o: lr.OneCycleLR(o, LR, total_steps=43, pct_start=0.1))
    yield one_cycle_sgd("one_cycle_sgd", dtype)
    yield one_cycle_adam("one_cycle_adam", dtype)
