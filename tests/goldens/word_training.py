"""Vectors of words that are trained (1310.4546, equation 4; 1607.04606; Pennington et al. 2014), three steps of SGD with momentum
on supplied batches and drawn words; names as in `steps.py`. W `model.` and U `head.` are tables, B = 8 samples.

x = `batch.input` [B, L] are rows of W, o = `batch.label` [B] words, n = `draw.negatives` [B, 3] drawn words, some of which are o
and then count nothing. loss.telling = mean of -(log σ(u_o v) + Σ log σ(-u_n v)).

skip_gram: L = 1, v = w_x. cbow: v is the mean of w_x over x that is not 7, which fills up; one sample is 7 alone. fast_text: v is
the sum over x that is not 17.
glove: x and `batch.other` [B, 1] are words, `batch.label` counts; the last column of both tables is a bias.
loss.counts = mean of min(1, count / 10)^0.75 (w u + b + d - log count)^2.
"""
import torch
from torch import nn

from case import Case, normal, uniform
from steps import Phase, Terms, seed, train

BATCH, WORDS, WIDTH, DRAWN, RATE = 8, 7, 5, 3, 0.1


def table(rows, dtype, padding=None):
    embedding = nn.Embedding(rows, WIDTH, padding_idx=padding)
    return nn.Sequential(embedding).to(dtype)


def sigmoid(z):
    return 1 / (1 + (-z).exp())


def telling(v, u, label, drawn):
    """-(log σ(u_o v) + Σ log σ(-u_n v)) of a sample; v is its vector, u the table."""
    loss = -sigmoid((u[label] * v).sum()).log()
    for n in drawn:
        if n != label:
            loss = loss - sigmoid(-(u[n] * v).sum()).log()
    return loss


def sampling(name, rows, length, padding, mean, dtype):
    seed(name)
    networks = nn.ModuleDict({"model": table(rows, dtype, padding), "head": table(WORDS, dtype)})
    met = []

    def supply(step):
        x = torch.randint(0, rows if padding is None else rows - 1, (BATCH, length))
        if padding is not None:
            for i in range(1, BATCH):
                x[i, torch.randint(1 if i > 1 or not mean else 0, length + 1, ()).item():] = padding
            if mean:
                x[1] = padding
        label, drawn = torch.randint(0, WORDS, (BATCH,)), torch.randint(0, WORDS, (BATCH, DRAWN))
        met.append((drawn == label[:, None]).any().item())
        return {"input": x, "label": label}, {"negatives": drawn}

    def terms(networks, step, batch, draw, stop):
        w, u = (networks[""][name][0].weight for name in ("model", "head"))
        loss = 0
        for x, label, drawn in zip(batch["input"], batch["label"], draw["negatives"]):
            vectors = [w[i] for i in x if i != padding]
            v = sum(vectors, torch.zeros(WIDTH, dtype=w.dtype)) / (max(1, len(vectors)) if mean else 1)
            loss = loss + telling(v, u, label, drawn) / BATCH
        return Terms({"telling": loss}, {"telling": 1.0})

    tensors = train({"": networks}, supply, [Phase(terms)], rate=RATE)
    assert any(met), "no drawn word is the one that is told"
    return Case(name, tensors, {"optimizer": "sgd", "lr": RATE, "momentum": 0.9})


def glove(dtype):
    seed("glove")
    networks = nn.ModuleDict({"model": table(WORDS, dtype), "head": table(WORDS, dtype)})

    def supply(step):
        count = uniform(BATCH, dtype=dtype, low=0.2, high=25.0)
        assert (count > 10).any() and (count < 10).any()
        return {"input": torch.randint(0, WORDS, (BATCH, 1)), "other": torch.randint(0, WORDS, (BATCH, 1)), "label": count}, {}

    def terms(networks, step, batch, draw, stop):
        w, u = (networks[""][name][0].weight for name in ("model", "head"))
        loss = 0
        for i, j, count in zip(batch["input"][:, 0], batch["other"][:, 0], batch["label"]):
            error = (w[i, :-1] * u[j, :-1]).sum() + w[i, -1] + u[j, -1] - count.log()
            loss = loss + min(1.0, (count / 10).item()) ** 0.75 * error ** 2 / BATCH
        return Terms({"counts": loss}, {"counts": 1.0})

    tensors = train({"": networks}, supply, [Phase(terms)], rate=0.02)
    return Case("glove", tensors, {"optimizer": "sgd", "lr": 0.02, "momentum": 0.9})


def cases(dtype):
    yield sampling("skip_gram", WORDS, 1, None, False, dtype)
    yield sampling("cbow", WORDS + 1, 4, WORDS, True, dtype)
    yield sampling("fast_text", WORDS + 11, 6, WORDS + 10, False, dtype)
    yield glove(dtype)
