"""Model-agnostic meta-learning (1703.03400, algorithm 1) for regression: three steps with supplied tasks; names as in `steps.py`.

f is an MLP 1-16-16-1 with tanh. A step has T = 4 tasks of 5 support and 5 query samples: `batch.support_input`,
`batch.support_target`, `batch.query_input`, `batch.query_target` [T, 5, 1]. For every task, from the parameters θ,

    θ' ← θ' - α ∇_θ' mean (f(support; θ') - target)²   (from θ' = θ, `inner_steps` times)

loss.query = mean over the tasks of the mean over the query samples of (f(query; θ') - target)². Its gradient with respect to θ,
through the inner steps, is what SGD with momentum takes. α = 0.05.

anil: maml_two_steps whose inner steps change the last layer alone (1909.09157). reptile: φ after 3 inner steps, of support, query and
support samples, whose gradients are constants; loss.query = mean over the tasks of ½ ‖θ - φ‖², φ constant (1803.02999).

maml, maml_two_steps (two inner steps), maml_first_order: the inner gradients are constants there (section 5.2), so that the
gradient is the mean of ∇_θ' of the query losses. `value.support_losses` [T] before the first inner step and
`value.query_losses` [T] show the tasks.
"""
import torch
from torch import nn

from case import Case, assert_close, uniform
from steps import Phase, Terms, seed, train

TASKS, SAMPLES, INNER = 4, 5, 0.05


def network():
    """[N, 1] -> [N, 1]."""
    return nn.Sequential(nn.Linear(1, 16), nn.Tanh(), nn.Linear(16, 16), nn.Tanh(), nn.Linear(16, 1))


def predict(parameters, x):
    """The network at other parameters, by name."""
    for layer in ("0", "2", "4"):
        x = x @ parameters[f"{layer}.weight"].T + parameters[f"{layer}.bias"]
        x = x if layer == "4" else x.tanh()
    return x


def squared(parameters, x, target):
    return ((predict(parameters, x) - target) ** 2).mean()


def reached(parameters, batch, task):
    """Parameters after three inner steps, as constants."""
    own = {name: value.detach().requires_grad_() for name, value in parameters.items()}
    for part in ("support", "query", "support"):
        slopes = torch.autograd.grad(squared(own, batch[f"{part}_input"][task], batch[f"{part}_target"][task]), list(own.values()))
        own = {name: (value - INNER * slope).detach().requires_grad_() for (name, value), slope in zip(own.items(), slopes)}
    return own


def meta_loss(parameters, batch, steps, first_order, stop, adapts=lambda name: True):
    """[T] losses of the support samples and [T] of the query samples."""
    support, query = [], []
    for task in range(TASKS):
        adapted = parameters
        for step in range(steps):
            loss = squared(adapted, batch["support_input"][task], batch["support_target"][task])
            if step == 0:
                support.append(loss)
            slopes = torch.autograd.grad(loss, list(adapted.values()), create_graph=True)
            if first_order:
                slopes = [stop(slope) for slope in slopes]
            adapted = {name: value - INNER * slope * adapts(name) for (name, value), slope in zip(adapted.items(), slopes)}
        query.append(squared(adapted, batch["query_input"][task], batch["query_target"][task]))
    return torch.stack(support), torch.stack(query)


def waves(dtype):
    """Sine waves, of an amplitude and a phase for each task."""
    amplitude, phase = uniform(TASKS, 1, 1, dtype=dtype, low=0.5, high=2), uniform(TASKS, 1, 1, dtype=dtype, high=3)
    batch = {}
    for part in ("support", "query"):
        x = uniform(TASKS, SAMPLES, 1, dtype=dtype, low=-3, high=3)
        batch |= {f"{part}_input": x, f"{part}_target": (amplitude * (x + phase).sin()).float().to(dtype)}
    return batch, {}


def anil(dtype):
    seed("anil")

    def terms(networks, step, batch, draw, stop):
        parameters = dict(networks[""].named_parameters())
        support, query = meta_loss(parameters, batch, 2, False, stop, lambda name: name.startswith("4."))
        return Terms({"query": query.mean()}, {"query": 1.0}, {"query_losses": query})

    return Case("anil", train({"": network().to(dtype)}, lambda step: waves(dtype), [Phase(terms)]),
                {"lr": 0.1, "momentum": 0.9, "inner.lr": INNER})


def reptile(dtype):
    seed("reptile")

    def terms(networks, step, batch, draw, stop):
        parameters, total = dict(networks[""].named_parameters()), 0
        for task in range(TASKS):
            goal = reached(parameters, batch, task)
            total = total + sum(((value - stop(goal[name])) ** 2).sum() for name, value in parameters.items()) / 2 / TASKS
        return Terms({"query": total}, {"query": 1.0})

    return Case("reptile", train({"": network().to(dtype)}, lambda step: waves(dtype), [Phase(terms)]),
                {"lr": 0.1, "momentum": 0.9, "inner.lr": INNER})


def maml(name, dtype, steps=1, first_order=False):
    seed(name)
    networks = {"": network().to(dtype)}

    def terms(networks, step, batch, draw, stop):
        parameters = dict(networks[""].named_parameters())
        x = batch["query_input"][0]
        assert_close(predict(parameters, x).detach(), networks[""](x).detach(), "the network")
        support, query = meta_loss(parameters, batch, steps, first_order, stop)
        return Terms({"query": query.mean()}, {"query": 1.0}, {"support_losses": support, "query_losses": query})

    def check_order(networks, step, batch, draw, stop):
        """That the two orders differ here by much more than rounding."""
        parameters = dict(networks[""].named_parameters())
        found = [torch.autograd.grad(meta_loss(parameters, batch, steps, first, lambda value: value.detach())[1].mean(),
                                     list(parameters.values())) for first in (False, True)]
        apart = sum((a - b).square().sum() for a, b in zip(*found)) / sum(a.square().sum() for a in found[0])
        assert apart > 1e-4, f"the orders differ by {apart.sqrt():.3g} only"
        return terms(networks, step, batch, draw, stop)

    tensors = train(networks, lambda step: waves(dtype), [Phase(check_order)])
    return Case(name, tensors, {"stack": "1-16-16-1, tanh", "optimizer": "sgd", "lr": 0.1, "momentum": 0.9, "inner.lr": INNER,
                                "inner.steps": steps, "first_order": first_order, "tasks": TASKS})


def cases(dtype):
    yield maml("maml", dtype)
    yield maml("maml_two_steps", dtype, steps=2)
    yield maml("maml_first_order", dtype, first_order=True)
    yield anil(dtype)
    yield reptile(dtype)
