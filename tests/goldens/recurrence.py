"""Recurrent layers: states of sequences [N, T, D] from zero states, written from the equations, step by step.

rnn   h' = tanh(W x + b + U h + d), or max(0, ·) (Elman 1990)
lstm  i, f, o = σ(W x + b + U h + d), g = tanh(W x + b + U h + d), c' = f∘c + i∘g, h' = o∘tanh(c') (Gers et al. 2000)
gru   r, z = σ(W x + b + U h + d), n = tanh(W x + b + r∘(U h + d)), h' = (1 - z)∘n + z∘h (1406.1078; r as in PyTorch)

A backward direction reads the sequence from its end. "last" is the state that each direction of the top layer ends with.
"""
import torch
from torch import nn

from case import normal
from formulas import formula_case


def of_all_states(kind):
    """A layer of torch.nn whose output is a tensor, so that nn.Sequential takes it and names its parameters."""
    class Recurrent(kind):
        def __init__(self, *arguments, states="all", **settings):
            super().__init__(*arguments, batch_first=True, **settings)
            self.states = states

        def forward(self, x):
            output, last = super().forward(x)
            if self.states == "all":
                return output
            last = last[0] if isinstance(last, tuple) else last  # an LSTM's cells are not its output
            directions = 2 if self.bidirectional else 1
            return torch.cat(list(last[-directions:]), 1)

    Recurrent.__name__ = kind.__name__
    return Recurrent


RNN, LSTM, GRU = of_all_states(nn.RNN), of_all_states(nn.LSTM), of_all_states(nn.GRU)


def lstm_step(x, h, c, size):
    i, f, g, o = (x + h).split(size, 1)
    c = torch.sigmoid(f) * c + torch.sigmoid(i) * torch.tanh(g)
    return torch.sigmoid(o) * torch.tanh(c), c


def gru_step(x, u, h, size):
    (xr, xz, xn), (ur, uz, un) = x.split(size, 1), u.split(size, 1)
    r, z = torch.sigmoid(xr + ur), torch.sigmoid(xz + uz)
    return (1 - z) * torch.tanh(xn + r * un) + z * h


def direction(x, layer, suffix):
    """The states of one direction in the order of the sequence, and the one that it ends with."""
    weight, recurrent = getattr(layer, "weight_ih" + suffix), getattr(layer, "weight_hh" + suffix)
    b, d = (getattr(layer, "bias_ih" + suffix), getattr(layer, "bias_hh" + suffix)) if layer.bias else (0, 0)
    h = c = x.new_zeros(len(x), layer.hidden_size)
    steps = range(x.shape[1])
    states = {}
    for t in reversed(steps) if suffix.endswith("reverse") else steps:
        of_input, of_state = x[:, t] @ weight.t() + b, h @ recurrent.t() + d
        if layer.mode == "LSTM":
            h, c = lstm_step(of_input, of_state, c, layer.hidden_size)
        elif layer.mode == "GRU":
            h = gru_step(of_input, of_state, h, layer.hidden_size)
        else:
            h = torch.tanh(of_input + of_state) if layer.mode == "RNN_TANH" else (of_input + of_state).clamp(min=0)
        states[t] = h
    return torch.stack([states[t] for t in steps], 1), h


def recurrent(x, layer):
    for number in range(layer.num_layers):
        found = [direction(x, layer, f"_l{number}{suffix}") for suffix in ("", "_reverse")[:2 if layer.bidirectional else 1]]
        x = torch.cat([states for states, _ in found], 2)
    return x if layer.states == "all" else torch.cat([end for _, end in found], 1)


def case(name, layer, input):
    settings = {"hidden_size": layer.hidden_size, "num_layers": layer.num_layers, "bidirectional": layer.bidirectional,
                "bias": layer.bias, "states": layer.states}
    if layer.mode.startswith("RNN"):
        settings["nonlinearity"] = layer.nonlinearity
    return formula_case(name, layer, recurrent, input, settings)


def cases(dtype):
    for name, kind in (("rnn", RNN), ("lstm", LSTM), ("gru", GRU)):
        def input(samples=3, steps=5):
            return normal(samples, steps, 4, dtype=dtype)

        yield case(name, kind(4, 6), input())
        yield case(f"{name}_last", kind(4, 6, states="last"), input())
        yield case(f"{name}_no_bias", kind(4, 6, bias=False), input())
        yield case(f"{name}_two_layers", kind(4, 6, 2), input())
        yield case(f"{name}_two_layers_last", kind(4, 6, 2, states="last"), input())
        yield case(f"{name}_bidirectional", kind(4, 6, bidirectional=True), input())
        yield case(f"{name}_bidirectional_last", kind(4, 6, bidirectional=True, states="last"), input())
        yield case(f"{name}_bidirectional_two_layers", kind(4, 3, 2, bidirectional=True), input(2, 4))
        yield case(f"{name}_bidirectional_two_layers_last_no_bias", kind(4, 3, 2, bidirectional=True, bias=False, states="last"), input(2, 4))
        yield case(f"{name}_two_steps", kind(4, 6), input(1, 2))
    yield case("rnn_relu", RNN(4, 6, nonlinearity="relu"), normal(3, 5, 4, dtype=dtype))
    yield case("rnn_relu_bidirectional_two_layers_last",
               RNN(4, 3, 2, nonlinearity="relu", bidirectional=True, states="last"), normal(3, 5, 4, dtype=dtype))
