"""The recording of consecutive steps, for trainers with several networks, states and phases.

Tensors of a case, s = 0, 1, 2:

initial.<state>                parameters and buffers of every network, each with its prefix, and other states, before step 0
step<s>.batch.<stream>         what the step is given: samples, labels, indices
step<s>.draw.<draw>            the random numbers of the step
step<s>.value.<value>          what was worked out on the way and helps to find a difference: masks, targets
step<s>.loss.<term>            a term without its weight, before the update
step<s>.weight.<term>          its weight in this step, float64
step<s>.loss.<total>           the sum of weight times term: `total`, or the name of the phase where a step has several
step<s>.gradient.<parameter>   of the total, for the network that the phase trains
step<s>.after.<state>          parameters and buffers of every network, and other states, when the step has ended

Optimizers are v ← m v + g, p ← p - r v with v = 0 at first, one for each network that is trained.

A pass is in training mode: batch norms use the batch's statistics. A frozen pass is one whose update of the running statistics
is undone; a gradient passes through it like through any other.

In float64 every gradient is held against a central difference of the total, in a random direction of all parameters. What is
behind a stop gradient keeps its value meanwhile.
"""
import copy
import zlib
from typing import Callable, NamedTuple

import numpy as np
import torch

from case import assert_close
from networks import gradients, state

STEPS = 3


class Stopped:
    """sg[·]: the value as a constant. After `replay` the values are those of the first time, in the same order."""

    def __init__(self):
        self.values, self.place = [], None

    def __call__(self, value):
        if self.place is None:
            self.values.append(value.detach())
            return self.values[-1]
        self.place += 1
        return self.values[self.place - 1]

    def replay(self):
        self.place = 0
        return self


class Terms(NamedTuple):
    losses: dict
    weights: dict
    values: dict = {}


class Phase(NamedTuple):
    """`terms` maps (networks, step, batch, draw, stop) to Terms; `trained` is the prefix of the network that is updated, and
    `after` is what its update is followed by, given that network."""
    terms: Callable
    trained: str = ""
    total: str = "total"
    every: int = 1
    after: Callable = lambda trained: None

    def happens(self, step):
        return (step + 1) % self.every == 0

    def loss(self, *given):
        terms = self.terms(*given)
        return terms, sum(terms.weights[name] * value for name, value in terms.losses.items())


def seed(name, number=0):
    """Makes a case independent of the cases before it."""
    torch.manual_seed(zlib.crc32(name.encode()) + number)


def frozen(network, x):
    """A pass that updates copies of the buffers."""
    layers = [layer for layer in network.modules() if layer._buffers]
    kept, before = [dict(layer._buffers) for layer in layers], state(network)
    for layer in layers:
        layer._buffers.update({name: value.clone() for name, value in layer._buffers.items()})
    output = network(x)
    for layer, buffers in zip(layers, kept):
        layer._buffers.update(buffers)
    assert all(torch.equal(value, before[name]) for name, value in network.state_dict().items())
    return output


def prefixed(prefix, tensors):
    return {prefix + name: value for name, value in tensors.items()}


def check_by_differences(phase, networks, given, stop, width=1e-6):
    """The phase's gradients, which its network holds, against the slope of its total at the networks from before."""
    before, trained = networks
    generator = torch.Generator().manual_seed(given[0])
    direction = [torch.randn(p.shape, generator=generator, dtype=p.dtype) for p in trained.parameters()]

    def loss(distance):
        moved = copy.deepcopy(before)
        with torch.no_grad():
            for p, along in zip(moved[phase.trained].parameters(), direction):
                p.add_(along, alpha=distance)
        return phase.loss(moved, *given, stop.replay())[1].detach()

    slope = (loss(width) - loss(-width)) / (2 * width)
    expected = sum((p.grad * along).sum() for p, along in zip(trained.parameters(), direction))
    error = (slope - expected).abs().item()
    if not error <= 1e-6 * max(1.0, expected.abs().item()):
        raise AssertionError(f"step {given[0]}: slope {slope:.9g} instead of {expected:.9g}")


def reach(value, parameters):
    """The norm of a term's own gradient."""
    if not value.requires_grad:
        return 0.0
    found = torch.autograd.grad(value, parameters, retain_graph=True, allow_unused=True)
    return sum(g.square().sum().item() for g in found if g is not None) ** 0.5


def train(networks, supply, phases, rate=0.1, momentum=0.9, memory=None, finish=None, groups=None, restart=()):
    """Runs the steps and records them.

    `networks` by prefix; the network without one has "". `supply` maps a step to (batch, draw). `memory` holds states by name,
    which `finish(step, batch, values)` changes after the updates, as it may change networks that no phase trains. `groups` maps
    a network to what the optimizer takes, where its parameters differ in their settings. Before the steps of `restart` the
    optimizers forget what they keep.
    """
    groups = groups or (lambda network: network.parameters())
    memory, reached, used = memory or {}, {}, list(phases)
    velocities = {phase.trained: torch.optim.SGD(groups(networks[phase.trained]), rate, momentum) for phase in used}

    def everything():
        found = {name: value.clone() for name, value in memory.items()}
        for prefix, network in networks.items():
            found |= state(network, prefix)
        return found

    tensors = prefixed("initial.", everything())
    for step in range(STEPS):
        batch, draw = supply(step)
        record, values = {**prefixed("batch.", batch), **prefixed("draw.", draw)}, {}
        if step in restart:
            for velocity in velocities.values():
                velocity.state.clear()
        for phase in (phase for phase in used if phase.happens(step)):
            stop, before, trained = Stopped(), copy.deepcopy(networks), networks[phase.trained]
            terms, total = phase.loss(networks, step, batch, draw, stop)
            for name, value in terms.losses.items():
                reached[name] = max(reached.get(name, 0.0), reach(value, list(trained.parameters())))
            for p, gradient in zip(trained.parameters(), torch.autograd.grad(total, list(trained.parameters()))):
                p.grad = gradient
            if total.dtype == torch.float64:
                check_by_differences(phase, (before, trained), (step, batch, draw), stop)
            losses = {**terms.losses, phase.total: total}
            record |= {f"loss.{name}": value.detach() for name, value in losses.items()}
            record |= {f"weight.{name}": np.array(float(weight)) for name, weight in terms.weights.items()}
            record |= prefixed("gradient.", gradients(trained, phase.trained))
            values |= terms.values
            velocities[phase.trained].step()
            phase.after(trained)
        if finish is not None:
            finish(step, batch, values)
        record |= prefixed("value.", {name: value.detach().clone() for name, value in values.items()})
        record |= prefixed("after.", everything())
        tensors |= prefixed(f"step{step}.", record)
    assert all(norm > 1e-2 for norm in reached.values()), f"a term that trains nothing: {reached}"
    assert all(torch.isfinite(value).all() for value in tensors.values() if isinstance(value, torch.Tensor))
    return tensors


def unit(rows):
    """Every row divided by its norm."""
    result = rows / rows.square().sum(1, keepdim=True).sqrt()
    assert_close(result.detach(), torch.nn.functional.normalize(rows.detach(), dim=1), "unit rows")
    return result


def some(mask):
    """A mask that is neither empty nor full."""
    assert 0 < mask.sum() < len(mask), f"not some but all or none: {mask.tolist()}"
    return mask


def exceeds(probability, threshold):
    """probability >= threshold, where rounding cannot decide."""
    assert (probability - threshold).abs().min() > 1e-4, "a probability at the threshold"
    return probability >= threshold
