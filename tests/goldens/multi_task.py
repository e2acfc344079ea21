"""Three steps of a network with two heads whose losses are weighed by learned uncertainties, SGD with momentum.

Written from 1705.07115, equations 7 and 10: the total is the sum over heads of 1/2 exp(-s) L + 1/2 s, L the cross-entropy of a
head, s a parameter [1] from 0 on. Both heads read the same labels; one's L is counted three times (its weight).

pcgrad      2001.06782, algorithm 1, of the trunk's gradients of weight · L: g_i - min(g_i·g_j, 0) / |g_j|² g_j; heads as they are
gradnorm    1711.02257, algorithm 1: total = sum w weight · L; W the trunk's weight; w follows the gradient of
            sum |G_i - mean(G) r_i^alpha| with the target held, from autograd through the norms, and is scaled to a sum of 2.
            step<k>.after.weights are w

p<i>                    the i-th parameter of the network, trunk first, each weight before its bias, before step 0
step<k>.input, .label   k = 0, 1, 2
step<k>.loss.first, .second, .total
step<k>.gradient.p<i>, .gradient.first, .gradient.second     of s at last, which is there in uncertainty_weighting alone
step<k>.after.p<i>, .after.first, .after.second
step<k>.cosine          of the trunk's two gradients (pcgrad, gradnorm)
"""
import torch
from torch import nn

from case import Case, assert_close, normal
from objectives import cross_entropy

WEIGHTS, RATE, MOMENTUM = {"first": 1.0, "second": 3.0}, 0.1, 0.9
ALPHA, WEIGHT_RATE = 1.5, 0.025


def network(dtype, opposed):
    """A trunk and two heads; opposed, the second is nearly the first one's negative, so that their gradients conflict."""
    torch.manual_seed(23)
    trunk, first, second = (nn.Linear(*sizes).to(dtype) for sizes in ((6, 8), (8, 3), (8, 3)))
    if opposed:
        with torch.no_grad():
            second.weight.mul_(0.2).sub_(first.weight)
    return trunk, first, second


def project(own, other):
    """g_i without what points against g_j; lists of parts."""
    product = sum((a * b).sum() for a, b in zip(own, other))
    square = sum((b * b).sum() for b in other)
    return [a - torch.clamp(product, max=0) / square * b for a, b in zip(own, other)]


def cosine(first, second):
    a, b = torch.cat([g.flatten() for g in first]), torch.cat([g.flatten() for g in second])
    return a @ b / a.norm() / b.norm()


def balanced(name, dtype):
    trunk, *heads = network(dtype, name == "pcgrad")
    shared, parameters = list(trunk.parameters()), [p for layer in (trunk, *heads) for p in layer.parameters()]
    velocity = [torch.zeros_like(p) for p in parameters]
    tensors = {f"p{i}": p.detach().clone() for i, p in enumerate(parameters)}
    w, start, cosines = torch.ones(2, dtype=dtype), None, []
    for k in range(3):
        at = f"step{k}."
        x, y = normal(10, 6, dtype=dtype), torch.randint(0, 3, (10,))
        hidden = torch.tanh(trunk(x))
        losses = [cross_entropy(head(hidden), y) for head in heads]
        w.requires_grad_()
        terms = [w[i] * weight * loss for i, (weight, loss) in enumerate(zip(WEIGHTS.values(), losses))]
        own = [torch.autograd.grad(term, shared, create_graph=True) for term in terms]
        gradients = list(torch.autograd.grad(sum(terms), parameters, retain_graph=True))
        if name == "pcgrad":
            gradients[:2] = [a + b for a, b in zip(project(own[0], own[1]), project(own[1], own[0]))]
        cosines.append(cosine(*own).detach())
        tensors |= {at + "input": x, at + "label": y, at + "loss.total": sum(terms).detach(), at + "cosine": cosines[-1]}
        tensors |= {at + f"loss.{head}": loss.detach() for head, loss in zip(WEIGHTS, losses)}
        tensors |= {at + f"gradient.p{i}": g.detach() for i, g in enumerate(gradients)}
        with torch.no_grad():
            for p, v, g in zip(parameters, velocity, gradients):
                v.mul_(MOMENTUM).add_(g)
        if name == "gradnorm":
            values = torch.stack([weight * loss.detach() for weight, loss in zip(WEIGHTS.values(), losses)])
            start = values if start is None else start
            lengths = torch.stack([g[0].norm() for g in own])
            rates = values / start / (values / start).mean()
            target = (lengths.mean() * rates ** ALPHA).detach()
            step = torch.autograd.grad((lengths - target).abs().sum(), w)[0]
            w = (w - WEIGHT_RATE * step).detach()
            w = w * 2 / w.sum()
            tensors[at + "after.weights"] = w.clone()
        else:
            w = w.detach()
        with torch.no_grad():
            for p, v in zip(parameters, velocity):
                p.sub_(RATE * v)
        tensors |= {at + f"after.p{i}": p.detach().clone() for i, p in enumerate(parameters)}
    if name == "pcgrad":
        assert min(cosines) < -0.1, f"no conflict: {cosines}"
    return Case(name, tensors, {"alpha": ALPHA, "rate": WEIGHT_RATE} if name == "gradnorm" else {})


def cases(dtype):
    torch.manual_seed(21)
    trunk = nn.Linear(6, 8).to(dtype)
    heads = {"first": nn.Linear(8, 3).to(dtype), "second": nn.Linear(8, 3).to(dtype)}
    parameters = [*trunk.parameters(), *heads["first"].parameters(), *heads["second"].parameters()]
    s = {name: torch.zeros(1, dtype=dtype, requires_grad=True) for name in heads}
    learned = {f"p{i}": p for i, p in enumerate(parameters)} | s
    velocity = {name: torch.zeros_like(p) for name, p in learned.items()}
    tensors = {f"p{i}": p.detach().clone() for i, p in enumerate(parameters)}
    for k in range(3):
        at = f"step{k}."
        x, y = normal(10, 6, dtype=dtype), torch.randint(0, 3, (10,))
        hidden = torch.tanh(trunk(x))
        losses = {name: cross_entropy(head(hidden), y) for name, head in heads.items()}
        total = sum(WEIGHTS[name] * ((-s[name]).exp() / 2 * loss + s[name] / 2).sum() for name, loss in losses.items())
        gradients = dict(zip(learned, torch.autograd.grad(total, list(learned.values()))))
        for name, loss in losses.items():
            # d/ds of 1/2 exp(-s) L + 1/2 s
            expected = WEIGHTS[name] * (1 - (-s[name]).exp() * loss) / 2
            assert_close(gradients[name], expected.detach(), name)
        tensors |= {at + "input": x, at + "label": y, at + "loss.total": total.detach()}
        tensors |= {at + f"loss.{name}": loss.detach() for name, loss in losses.items()}
        tensors |= {at + f"gradient.{name}": g for name, g in gradients.items()}
        with torch.no_grad():
            for name, p in learned.items():
                velocity[name].mul_(MOMENTUM).add_(gradients[name])
                p.sub_(RATE * velocity[name])
        tensors |= {at + f"after.{name}": p.detach().clone() for name, p in learned.items()}
    yield Case("uncertainty_weighting", tensors, WEIGHTS)
    for name in ("pcgrad", "gradnorm"):
        yield balanced(name, dtype)
