"""Truncated backpropagation through time: a text in three parts of each of three streams, each part from the detached states
that the one before it has ended with (Williams and Peng 1990; Zaremba et al. 2014, 1409.2329, section 4.1).

rnn, lstm, gru   embedding, two recurrent layers of torch.nn and a linear layer on every place; mean cross-entropy, SGD 0.1

`tokens` [L]; `initial.*`, `loss` [4], `step<i>.*` after each update and `step<i>.state.*` behind it, in the order layer by layer,
an LSTM's cell behind its state. The fourth part is the first one of a second epoch, from zero states.
"""
import torch
import torch.nn.functional as F
from torch import nn

from case import Case, normal

STREAMS, PLACES, PARTS, TOKENS, WIDTH, HIDDEN, RATE = 3, 4, 3, 7, 5, 6, 0.1
KINDS = {"rnn": (nn.RNN, 1), "lstm": (nn.LSTM, 4), "gru": (nn.GRU, 3)}


def parameters(dtype, gates):
    named = {"0.weight": normal(TOKENS, WIDTH, dtype=dtype)}
    for layer, inputs in enumerate([WIDTH, HIDDEN]):
        named |= {f"1.weight_ih_l{layer}": normal(gates * HIDDEN, inputs, dtype=dtype, scale=0.5),
                  f"1.weight_hh_l{layer}": normal(gates * HIDDEN, HIDDEN, dtype=dtype, scale=0.5),
                  f"1.bias_ih_l{layer}": normal(gates * HIDDEN, dtype=dtype, scale=0.2),
                  f"1.bias_hh_l{layer}": normal(gates * HIDDEN, dtype=dtype, scale=0.2)}
    return named | {"2.weight": normal(TOKENS, HIDDEN, dtype=dtype, scale=0.5), "2.bias": normal(TOKENS, dtype=dtype, scale=0.1)}


def run(name, kind, gates, dtype):
    named = parameters(dtype, gates)
    each = PARTS * PLACES + 2
    tokens = torch.randint(TOKENS, (each * STREAMS + 1,))
    tensors = {"tokens": tokens} | {f"initial.{key}": value for key, value in named.items()}
    layer = kind(WIDTH, HIDDEN, num_layers=2, batch_first=True).to(dtype)
    with torch.no_grad():
        for key, value in named.items():
            if key.startswith("1."):
                getattr(layer, key[2:]).copy_(value)
    table, weight, bias = (named[key].clone().requires_grad_() for key in ("0.weight", "2.weight", "2.bias"))
    learned = {"0.weight": table, **{f"1.{key}": value for key, value in layer.named_parameters()}, "2.weight": weight,
               "2.bias": bias}
    losses, states = [], None
    for step in range(PARTS + 1):
        part = step % PARTS
        if part == 0:
            states = None
        starts = [stream * each + part * PLACES for stream in range(STREAMS)]
        inputs = torch.stack([tokens[start:start + PLACES] for start in starts])
        labels = torch.stack([tokens[start + 1:start + 1 + PLACES] for start in starts])
        output, states = layer(table[inputs], states)
        states = tuple(state.detach() for state in states) if isinstance(states, tuple) else states.detach()
        loss = F.cross_entropy((output @ weight.t() + bias).reshape(-1, TOKENS), labels.reshape(-1))
        gradients = torch.autograd.grad(loss, list(learned.values()))
        with torch.no_grad():
            for value, gradient in zip(learned.values(), gradients):
                value -= RATE * gradient
        losses.append(loss.detach())
        tensors |= {f"step{step}.{key}": value.detach().clone() for key, value in learned.items()}
        kept = [part[i] for i in range(2) for part in (states if isinstance(states, tuple) else (states,))]
        tensors |= {f"step{step}.state.{i}": state.clone() for i, state in enumerate(kept)}
    return Case(name, tensors | {"loss": torch.stack(losses)},
                {"lr": RATE, "streams": STREAMS, "length": PLACES})


def cases(dtype):
    return [run(name, kind, gates, dtype) for name, (kind, gates) in KINDS.items()]
