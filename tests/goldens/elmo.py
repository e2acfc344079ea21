"""Embeddings from a language model of both directions (1802.05365): three steps of its pre-training, and a task on its layers.

Tokens x_k are read by two LSTM layers forward and two from the end, each direction for itself; the words' table and the matrix
of logits are shared (section 3.1). The loss is the sum of both directions' mean cross-entropies, of the token behind each place
and of the one before it.

pretraining   parameters, `step<k>.input`, .loss.next, .loss.previous, .loss.total, .gradient.*, .after.*: SGD with momentum
task          gamma sum_j softmax(w)_j h_j of h_0 = [x; x], h_1 and h_2 = [forward; backward] (equation 1), and a map of it to
              classes of each token: `input`, `output`, `output_gradient`, `gradient.*`

Parameters are named after the methods of the models: words, forward1, forward2, backward1, backward2, next, previous, mix, head.
"""
import torch
import torch.nn.functional as F
from torch import nn

from case import Case, assert_close, normal

WORDS, WIDTH, PLACES, CLASSES, RATE, MOMENTUM = 11, 4, 7, 3, 0.5, 0.9
LAYERS = ("forward1", "forward2", "backward1", "backward2")


def parameters(dtype):
    named = {"words.weight": normal(WORDS, WIDTH, dtype=dtype, scale=0.5)}
    for layer in LAYERS:
        for kind in ("ih", "hh"):
            named[f"{layer}.weight_{kind}_l0"] = normal(4 * WIDTH, WIDTH, dtype=dtype, scale=0.5)
        for kind in ("ih", "hh"):
            named[f"{layer}.bias_{kind}_l0"] = normal(4 * WIDTH, dtype=dtype, scale=0.2)
    return named


def lstm(x, named, layer):
    """States of all places [N, T, D], gate by gate."""
    h = c = torch.zeros(len(x), WIDTH, dtype=x.dtype)
    states = []
    for t in range(x.shape[1]):
        gates = F.linear(x[:, t], named[f"{layer}.weight_ih_l0"], named[f"{layer}.bias_ih_l0"]) \
            + F.linear(h, named[f"{layer}.weight_hh_l0"], named[f"{layer}.bias_hh_l0"])
        i, f, g, o = gates.chunk(4, 1)
        c = torch.sigmoid(f) * c + torch.sigmoid(i) * torch.tanh(g)
        h = torch.sigmoid(o) * torch.tanh(c)
        states.append(h)
    return torch.stack(states, 1)


def layers(tokens, named):
    """The words, and the states of both layers of each direction."""
    x = named["words.weight"][tokens]
    f1 = lstm(x, named, "forward1")
    b1 = lstm(x.flip(1), named, "backward1")
    f2, b2 = lstm(f1, named, "forward2"), lstm(b1, named, "backward2").flip(1)
    return x, f1, b1.flip(1), f2, b2


def check(tokens, named):
    """The states are those of torch's bidirectional module, layer by layer."""
    x, f1, b1, _, _ = layers(tokens, named)
    module = nn.LSTM(WIDTH, WIDTH, batch_first=True, bidirectional=True).to(x.dtype)
    with torch.no_grad():
        for side, layer in (("", "forward1"), ("_reverse", "backward1")):
            for kind in ("weight_ih", "weight_hh", "bias_ih", "bias_hh"):
                getattr(module, f"{kind}_l0{side}").copy_(named[f"{layer}.{kind}_l0"])
        assert_close(torch.cat([f1, b1], 2).detach(), module(x)[0].detach(), "torch's LSTM")


def pretraining(dtype):
    named = parameters(dtype) | {"next.weight": normal(WORDS, WIDTH, dtype=dtype, scale=0.5)}
    tensors = {name: value.clone() for name, value in named.items()}
    named = {name: value.requires_grad_() for name, value in named.items()}
    velocity = {name: torch.zeros_like(value) for name, value in named.items()}
    for k in range(3):
        at, tokens = f"step{k}.", torch.randint(0, WORDS, (5, PLACES))
        check(tokens, named)
        _, _, _, forward, backward = layers(tokens, named)
        told = F.linear(forward[:, :-1], named["next.weight"]), F.linear(backward[:, 1:], named["next.weight"])
        losses = [F.cross_entropy(logits.flatten(0, 1), label.flatten())
                  for logits, label in zip(told, (tokens[:, 1:], tokens[:, :-1]))]
        gradients = dict(zip(named, torch.autograd.grad(sum(losses), list(named.values()))))
        tensors |= {at + "input": tokens, at + "loss.next": losses[0].detach(), at + "loss.previous": losses[1].detach(),
                    at + "loss.total": sum(losses).detach()}
        tensors |= {at + f"gradient.{name}": value for name, value in gradients.items()}
        with torch.no_grad():
            for name, value in named.items():
                velocity[name].mul_(MOMENTUM).add_(gradients[name])
                value.sub_(RATE * velocity[name])
        tensors |= {at + f"after.{name}": value.detach().clone() for name, value in named.items()}
    return Case("pretraining", tensors, {})


def task(dtype):
    named = parameters(dtype) | {
        "mix.weight": normal(3, dtype=dtype), "mix.scale": normal(1, dtype=dtype, shift=1.5),
        "head.weight": normal(CLASSES, 2 * WIDTH, dtype=dtype), "head.bias": normal(CLASSES, dtype=dtype)}
    tokens, upstream = torch.randint(0, WORDS, (5, PLACES)), normal(5, PLACES, CLASSES, dtype=dtype)
    tensors = {name: value.clone() for name, value in named.items()}
    named = {name: value.requires_grad_() for name, value in named.items()}
    x, f1, b1, f2, b2 = layers(tokens, named)
    states = [torch.cat(pair, 2) for pair in ((x, x), (f1, b1), (f2, b2))]
    shares = named["mix.weight"].exp() / named["mix.weight"].exp().sum()
    mixed = named["mix.scale"] * sum(share * state for share, state in zip(shares, states))
    output = F.linear(mixed, named["head.weight"], named["head.bias"])
    gradients = dict(zip(named, torch.autograd.grad(output, list(named.values()), upstream)))
    tensors |= {"input": tokens, "output": output.detach(), "output_gradient": upstream}
    return Case("task", tensors | {f"gradient.{name}": value for name, value in gradients.items()}, {})


def cases(dtype):
    yield pretraining(dtype)
    yield task(dtype)
