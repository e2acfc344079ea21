"""Masked language modelling (1810.04805, section 3.1) with supplied draws, written token by token.

select    of a sequence's n own tokens max(1, round(0.15 n)), those with the least noise; never padding nor special tokens
replace   a selected token becomes the mask token where its kind is below 0.8, a drawn one where it is below 0.9, else it stays
loss      the mean of -log softmax of the selected tokens over the whole batch
spans     1907.10529, section 3.1: lengths of the geometric distribution with p = 0.2 among 1..10, starts drawn evenly, until the
          budget is spent; what happens to a token happens to its whole span

The network sees the sentence of each token and the lengths: padding has no weight as a key. It shares the table of words with its
output, as BERT does.
"""
import math

import torch
import torch.nn.functional as F
from torch import nn

from case import Case
from networks import gradients, state

PLACES, VOCABULARY, WIDTH, SPECIAL, MASK = 12, 20, 8, [0, 2, 3], 4


class Bert(nn.Module):
    def __init__(self):
        super().__init__()
        self.words, self.places = nn.Embedding(VOCABULARY, WIDTH), nn.Embedding(PLACES, WIDTH)
        self.sentences, self.norm = nn.Embedding(2, WIDTH), nn.LayerNorm(WIDTH)
        self.layer = nn.TransformerEncoderLayer(WIDTH, 2, 16, 0.0, "gelu", batch_first=True)
        self.head, self.head_norm = nn.Linear(WIDTH, WIDTH), nn.LayerNorm(WIDTH)
        self.bias = nn.Parameter(torch.randn(VOCABULARY) * 0.1)

    def forward(self, tokens, sentences, lengths):
        x = self.norm(self.words(tokens) + self.places.weight + self.sentences(sentences))
        x = self.layer(x, src_key_padding_mask=torch.arange(PLACES)[None] >= lengths[:, None])
        return F.linear(self.head_norm(F.gelu(self.head(x))), self.words.weight, self.bias)


NAMES = [("words.weight", "0.weight"), ("places.weight", "1.weight"), ("sentences.weight", "4.weight"), ("norm.", "6."),
         ("layer.", "7."), ("head.", "8."), ("head_norm.", "10."), ("bias", "11.bias")]


def renamed(tensors):
    """Names as the stack has them."""
    def new(name):
        old, prefix = next((old, prefix) for old, prefix in NAMES if name.startswith(old))
        return prefix + name[len(old):]

    return {new(name): value for name, value in tensors.items()}


def stored(network):
    """The state, with the shared table under both of its names."""
    tensors = renamed(state(network))
    return tensors | {"11.weight": tensors["0.weight"].clone()}


def candidates(row, length):
    return [i for i in range(length) if row[i] not in SPECIAL + [MASK]]


def budget(row, length, ratio):
    return min(max(1, round(length * ratio)), len(candidates(row, length)))


def select(row, length, draw, ratio):
    """Which places, and the kind of each."""
    free = sorted(candidates(row, length), key=lambda i: draw["noise"][i])
    return {i: draw["kinds"][i] for i in free[:budget(row, length, ratio)]}


def span_length(u, p=0.2, longest=10):
    """The smallest length whose distribution function is not below u."""
    weights = [p * (1 - p) ** (n - 1) for n in range(1, longest + 1)]
    total, sums = sum(weights), 0.0
    for n, weight in enumerate(weights, 1):
        sums += weight / total
        if u <= sums:
            return n
    return longest


def select_spans(row, length, draw, ratio):
    left, chosen = budget(row, length, ratio), {}
    for attempt in range(len(row)):
        start = math.floor(draw["starts"][attempt] * length)
        for i in range(start, start + span_length(draw["spans"][attempt])):
            if left > 0 and i in candidates(row, length) and i not in chosen:
                chosen[i] = draw["kinds"][attempt]
                left -= 1
    for i in sorted(candidates(row, length), key=lambda i: draw["noise"][i]):
        if left > 0 and i not in chosen:
            chosen[i] = draw["kinds"][i]
            left -= 1
    return chosen


def corrupt(tokens, lengths, draws, ratio, selection):
    corrupted, labels = tokens.clone(), torch.full_like(tokens, -100)
    for n, row in enumerate(tokens.tolist()):
        draw = {name: values[n].tolist() for name, values in draws.items()}
        for i, kind in selection(row, int(lengths[n]), draw, ratio).items():
            labels[n, i] = row[i]
            corrupted[n, i] = MASK if kind < 0.8 else draw["replacements"][i] if kind < 0.9 else row[i]
    return corrupted, labels


def batch(samples):
    tokens = torch.randint(0, VOCABULARY, (samples, PLACES))
    lengths = torch.randint(1, PLACES + 1, (samples,))
    lengths[0] = PLACES
    tokens[1] = 2  # nothing that can be selected
    return tokens, (torch.arange(PLACES) >= 5).long().repeat(samples, 1), lengths


def draw(samples, spans, dtype):
    def uniform():
        return torch.rand(samples, PLACES).to(dtype)

    draws = {"noise": uniform(), "kinds": uniform(), "replacements": torch.randint(0, VOCABULARY, (samples, PLACES))}
    return draws | ({"starts": uniform(), "spans": uniform()} if spans else {})


def case(name, ratio, selection, dtype):
    network = Bert().to(dtype)
    tensors = {f"initial.{key}": value for key, value in stored(network).items()}
    for step in range(3):
        tokens, sentences, lengths = batch(5)
        draws = draw(5, selection is select_spans, dtype)
        corrupted, labels = corrupt(tokens, lengths, draws, ratio, selection)
        network.zero_grad()
        logits = network(corrupted, sentences, lengths)
        total = F.cross_entropy(logits.flatten(0, 1), labels.flatten())
        total.backward()
        at = f"step{step}."
        tensors |= {at + "batch.input": tokens, at + "batch.sentences": sentences, at + "batch.lengths": lengths,
                    at + "loss.total": total.detach(), at + "loss.maskedtokens": total.detach(),
                    at + "value.corrupted": corrupted, at + "value.labels": labels}
        tensors |= {f"{at}draw.{key}": value for key, value in draws.items()}
        tensors |= {f"{at}gradient.{key}": value for key, value in renamed(gradients(network)).items()}
        with torch.no_grad():
            for parameter in network.parameters():
                parameter -= 0.1 * parameter.grad
        tensors |= {f"{at}after.{key}": value for key, value in stored(network).items()}
    return Case(name, tensors, {"ratio": ratio})


def cases(dtype):
    yield case("bert", 0.15, select, dtype)
    yield case("half", 0.5, select, dtype)
    yield case("spans", 0.5, select_spans, dtype)
