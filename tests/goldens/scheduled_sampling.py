"""Scheduled sampling (1506.03099), three steps of SGD with momentum on supplied batches and draws; names as in `steps.py`.

x = `batch.input` [B, T], `batch.label` [B, T] the tokens behind; a GRU over embedded tokens tells logits of the next one. A token
x_t, t > 0, is replaced where `draw.told` [B, T] says so by what is told at t - 1: the first token below whose end of the
distribution function `draw.token_number` [B, T] at t - 1 lies, or the likeliest. loss.crossEntropy is the mean over all places.

sequential: each token is told of those before it as they were seen, place by place (the paper's algorithm).
once: it is told of true tokens. greedy: once, the likeliest.
"""
import torch
from torch import nn

from case import Case
from steps import Phase, Terms, seed, train

BATCH, LENGTH, WORDS, RATE = 6, 4, 7, 0.1
SEEDS = {"sequential": 1, "once": 1, "greedy": 1}


class Writer(nn.Module):
    def __init__(self):
        super().__init__()
        for name, layer in zip("012", (nn.Embedding(WORDS, 5), nn.GRU(5, 6, batch_first=True), nn.Linear(6, WORDS))):
            self.add_module(name, layer)

    def forward(self, tokens):
        return self._modules["2"](self._modules["1"](self._modules["0"](tokens))[0])


def next_token(logits, number):
    """The token that is told, where rounding cannot decide."""
    if number is None:
        best = logits.topk(2)[0]
        assert best[0] - best[1] > 1e-4, "two tokens are as likely"
        return logits.argmax()
    ends = (logits.exp() / logits.exp().sum()).cumsum(0)
    assert (ends - number).abs().min() > 1e-4, "a number at an end"
    return (ends <= number).sum()


def seen(network, tokens, told, numbers, sequential):
    result = tokens.clone()
    with torch.no_grad():
        for i in range(BATCH):
            for t in range(1, LENGTH):
                if told[i, t]:
                    before = (result if sequential else tokens)[i:i + 1, :t]
                    result[i, t] = next_token(network(before)[0, -1], None if numbers is None else numbers[i, t - 1])
    return result


def case(name, dtype):
    seed(name, SEEDS[name])
    network = Writer().to(dtype)
    changed = []

    def supply(step):
        tokens = torch.randint(0, WORDS, (BATCH, LENGTH + 1))
        draw = {"told": torch.rand(BATCH, LENGTH, dtype=torch.float64) < 0.6}
        if name != "greedy":
            draw["token_number"] = torch.rand(BATCH, LENGTH, dtype=torch.float64).to(dtype)
        return {"input": tokens[:, :-1].clone(), "label": tokens[:, 1:].clone()}, draw

    def terms(networks, step, batch, draw, stop):
        # A small step must not tell another token: tokens are told once, by the network before the step.
        tokens = stop(seen(networks[""], batch["input"], draw["told"], draw.get("token_number"), name == "sequential"))
        changed.append((tokens != batch["input"]).any().item())
        logits, loss = networks[""](tokens), 0
        for i in range(BATCH):
            for t in range(LENGTH):
                row = logits[i, t]
                loss = loss - (row[batch["label"][i, t]].exp() / row.exp().sum()).log() / (BATCH * LENGTH)
        return Terms({"crossEntropy": loss}, {"crossEntropy": 1.0})

    tensors = train({"": network}, supply, [Phase(terms)], rate=RATE)
    assert all(changed), "a step in which no token was replaced"
    return Case(name, tensors, {"optimizer": "sgd", "lr": RATE, "momentum": 0.9})


def cases(dtype):
    for name in SEEDS:
        yield case(name, dtype)
