"""Language models that continue sequences: how tokens are chosen, what whole networks write, what a beam search finds.

decoding     `logits` [6, 7], `numbers` [6]; for each setting t (temperature), k, p `probabilities.<setting>` and `chosen.<setting>`:
             p = softmax(logits / t), all but the k largest set to 0, then all but the fewest largest whose sum, of what is left made
             to add up to 1, is p or more (1904.09751, section 3.1); chosen is how many ends of the distribution function, in the
             order of the tokens, are at most the number.
gpt, rotary, lstm, gru, rnn
             the logits [2, 8, 11] of `tokens` [2, 8], and `greedy`, `drawn` (t = 0.8, k = 5, p = 0.9, by `numbers` [9, 2]) and
             `ended` (greedy, with the token that comes third as the end): 9 tokens behind the first two of `tokens`, each of a pass
             over the last 8 at most.
beams        `first` [5], `table` [5, 5] logits of a token behind another one, 0 begins, 1 ends: for each width and alpha the
             sequences found, with scores, by 1609.08144, equation 14, and for width 0 by enumeration of all sequences of 4 tokens.
"""
import itertools

import numpy as np
import torch
from torch import nn

from case import Case, normal, uniform
from steps import seed

VOCABULARY, PLACES, WIDTH = 11, 8, 12


def probabilities(row, t, k, p):
    weights = [float(np.exp(value / t)) for value in row.tolist()]
    order = sorted(range(len(weights)), key=lambda token: -weights[token])
    kept = order[:k] if k else order
    total = sum(weights[token] for token in kept)
    chosen, reached = [], 0.0
    for token in kept:
        if reached >= p:
            break
        chosen.append(token)
        reached += weights[token] / total
        assert p == 1 or abs(reached - p) > 1e-4, "a sum at the bound"
    total = sum(weights[token] for token in chosen)
    return [weights[token] / total if token in chosen else 0.0 for token in range(len(weights))]


def choose(row, number, t=1.0, k=0, p=1.0):
    if t == 0:
        best = row.sort(descending=True).values
        assert best[0] - best[1] > 1e-4, "two tokens are equally likely"
        return int(row.argmax())
    end = 0.0
    for token, share in enumerate(probabilities(row, t, k, p)):
        end += share
        assert share == 0 or abs(end - number) > 1e-5, "a number at an end"
        if share > 0 and number < end:
            return token
    raise AssertionError("no token")


SETTINGS = {"plain": (1.0, 0, 1.0), "cold": (0.5, 0, 1.0), "top_k": (1.0, 3, 1.0), "top_p": (1.0, 0, 0.7), "all": (0.8, 4, 0.8)}


def decoding(dtype):
    seed("decoding")
    logits, numbers = normal(6, 7, dtype=dtype, scale=1.5), uniform(6, dtype=dtype)
    tensors = {"logits": logits, "numbers": numbers}
    for name, (t, k, p) in SETTINGS.items():
        tensors[f"probabilities.{name}"] = torch.tensor([probabilities(row, t, k, p) for row in logits], dtype=dtype)
        tensors[f"chosen.{name}"] = np.array([choose(row, float(u), t, k, p) for row, u in zip(logits, numbers)])
    return Case("decoding", tensors, {})


class Gpt(nn.Module):
    def __init__(self):
        super().__init__()
        self.layers = nn.ModuleDict({
            "0": nn.Embedding(VOCABULARY, WIDTH),
            "2": nn.TransformerEncoderLayer(WIDTH, 3, 20, dropout=0, batch_first=True, norm_first=True),
            "3": nn.TransformerEncoderLayer(WIDTH, 2, 16, dropout=0, batch_first=True),
            "4": nn.LayerNorm(WIDTH), "5": nn.Linear(WIDTH, VOCABULARY)})
        self.places = nn.Parameter(torch.randn(PLACES, WIDTH) * 0.5)

    def forward(self, tokens):
        n = self.layers
        mask = torch.full((PLACES, PLACES), float("-inf")).triu(1).to(self.places.dtype)
        x = n["0"](tokens) + self.places
        return n["5"](n["4"](n["3"](n["2"](x, mask), mask)))

    def state(self):
        return {**self.layers.state_dict(), "1.weight": self.places.detach()}


class Rotary(nn.Module):
    """x + attention of normalised x, pairs of features turned by place times 10000^(-2i/d)."""

    def __init__(self):
        super().__init__()
        self.layers = nn.ModuleDict({"0": nn.Embedding(VOCABULARY, WIDTH), "2": nn.MultiheadAttention(WIDTH, 3, batch_first=True),
                                     "4": nn.Linear(WIDTH, VOCABULARY)})

    def turned(self, x):
        size = x.shape[-1]
        angles = torch.arange(PLACES, dtype=x.dtype)[:, None] * 10000 ** (-2 * torch.arange(size // 2, dtype=x.dtype) / size)
        a, b = x[..., :size // 2], x[..., size // 2:]
        return torch.cat([a * angles.cos() - b * angles.sin(), b * angles.cos() + a * angles.sin()], -1)

    def forward(self, tokens):
        n = self.layers
        x, attention = n["0"](tokens), n["2"]
        q, k, v = (part.unflatten(2, (3, WIDTH // 3)).transpose(1, 2) for part in torch.nn.functional.linear(
            x, attention.in_proj_weight, attention.in_proj_bias).chunk(3, 2))
        scores = self.turned(q) @ self.turned(k).transpose(2, 3) / (WIDTH // 3) ** 0.5
        later = torch.ones(PLACES, PLACES).triu(1).bool()
        mixed = scores.masked_fill(later, float("-inf")).softmax(3) @ v
        return n["4"](x + attention.out_proj(mixed.transpose(1, 2).flatten(2)))

    def state(self):
        return self.layers.state_dict()


class Recurrent(nn.Module):
    def __init__(self, kind, **settings):
        super().__init__()
        self.layers = nn.ModuleDict({"0": nn.Embedding(VOCABULARY, WIDTH), "1": kind(WIDTH, 9, 2, batch_first=True, **settings),
                                     "2": nn.Linear(9, VOCABULARY)})

    def forward(self, tokens):
        n = self.layers
        return n["2"](n["1"](n["0"](tokens))[0])

    def state(self):
        return self.layers.state_dict()


NETWORKS = {"gpt": Gpt, "rotary": Rotary, "lstm": lambda: Recurrent(nn.LSTM), "gru": lambda: Recurrent(nn.GRU),
            "rnn": lambda: Recurrent(nn.RNN, nonlinearity="relu")}


@torch.no_grad()
def written(network, prompt, numbers, end=None, **how):
    rows = []
    for row in range(len(prompt)):
        tokens = prompt[row].tolist()
        for step in range(len(numbers)):
            seen = tokens[-PLACES:]
            logits = network(torch.tensor([seen + [0] * (PLACES - len(seen))]))[0, len(seen) - 1]
            stopped = end is not None and len(tokens) > len(prompt[row]) and tokens[-1] == end
            tokens.append(end if stopped else choose(logits, float(numbers[step, row]), **how))
        rows.append(tokens)
    return np.array(rows)


def network_case(name, dtype):
    seed(name)
    network = NETWORKS[name]().to(dtype).eval()
    with torch.no_grad():
        for parameter in network.parameters():
            parameter.mul_(1.7)
    tokens, numbers = torch.randint(0, VOCABULARY, (2, PLACES)), uniform(9, 2, dtype=dtype)
    prompt = tokens[:, :2]
    greedy = written(network, prompt, numbers, t=0)
    end = int(greedy[0, 4])
    ended = written(network, prompt, numbers, end=end, t=0)
    with torch.no_grad():
        logits = network(tokens)
    tensors = {**{key: value.clone() for key, value in network.state().items()}, "tokens": tokens.numpy(), "logits": logits,
               "numbers": numbers, "greedy": greedy, "drawn": written(network, prompt, numbers, t=0.8, k=5, p=0.9),
               "ended": ended}
    return Case(name, tensors, {"end": end})


def beam(first, table, width, alpha, length=4):
    def logp(sequence):
        row = first if not sequence else table[sequence[-1]]
        return (row - row.exp().sum().log()).tolist()

    def score(sequence, value):
        return value / ((5 + len(sequence)) / 6) ** alpha

    if width == 0:
        found = []
        for size in range(1, length + 1):
            for sequence in itertools.product(range(5), repeat=size):
                if 1 in sequence[:-1] or (size < length and sequence[-1] != 1):
                    continue
                value = sum(logp(list(sequence[:i]))[token] for i, token in enumerate(sequence))
                found.append((score(sequence, value), value, list(sequence)))
        return sorted(found, reverse=True)[:3]
    beams = [(0.0, 0.0, [])]
    for _ in range(length):
        candidates = []
        for own, value, sequence in beams:
            if sequence and sequence[-1] == 1:
                candidates.append((own, value, sequence))
                continue
            for token, step in enumerate(logp(sequence)):
                longer = sequence + [token]
                candidates.append((score(longer, value + step), value + step, longer))
        candidates.sort(reverse=True)
        assert len(candidates) <= width or candidates[width - 1][0] - candidates[width][0] > 1e-5, "two are equally good"
        beams = candidates[:width]
    return beams


def beams(dtype):
    seed("beams")
    first, table = normal(5, dtype=dtype), normal(5, 5, dtype=dtype, scale=1.5)
    tensors = {"first": first, "table": table}
    for width, alpha in ((1, 0.6), (2, 0.0), (3, 0.6), (3, 1.5), (0, 0.0), (0, 0.6)):
        for rank, (score, value, sequence) in enumerate(beam(first, table, width, alpha)):
            name = f"width{width}.alpha{alpha}.{rank}"
            tensors[name] = np.array(sequence)
            tensors[name + ".score"] = np.array([score, value])
    return Case("beams", tensors, {})


def cases(dtype):
    yield decoding(dtype)
    for name in NETWORKS:
        yield network_case(name, dtype)
    yield beams(dtype)
