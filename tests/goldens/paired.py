"""Pairs of two encoders (2103.00020, figure 3), three steps of SGD with momentum on supplied batches; names as in `steps.py`.

x = `batch.input`, y = `batch.other`, B = 8 pairs; u = f(x) / |f(x)|, v = g(y) / |g(y)|, f `model.`, g `head.`, s `log_scale` [1];
loss.contrastive = 1/2 mean_i -log softmax_j(e^s u_i v_j)[i] + 1/2 mean_i -log softmax_j(e^s u_j v_i)[i]. s starts at -log of the
temperature, is trained like the encoders, and after each update is brought back to -log of the least temperature at most.

clip_words: y are words, the least temperature is never reached. clip_bounded: y are vectors, batch norms in both, and it is.
clip_decay: like clip_words, and weights decay by 0.2, but s does not (section 2.5: "all weights that are not gains or biases").
"""
import math

import torch
from torch import nn

from case import Case, normal
from networks import unsettle
from pretext import cnn, mlp
from steps import Phase, Terms, seed, train, unit

BATCH, RATE = 8, 0.1


class Pair(nn.ModuleDict):
    def __init__(self, model, other, temperature):
        super().__init__({"model": model, "head": other})
        self.log_scale = nn.Parameter(torch.tensor([-math.log(temperature)], dtype=torch.float64))


def words():
    return mlp(64, 6), nn.Sequential(nn.Embedding(7, 4), nn.Flatten(), nn.Linear(12, 6))


def vectors():
    return cnn(1, 64, 6), unsettle(nn.Sequential(nn.Linear(5, 10, bias=False), nn.BatchNorm1d(10), nn.Tanh(), nn.Linear(10, 6)))


# Where the bound is reached: of random pairs the scale may as well fall.
SEEDS = {"clip_bounded": 3}


def clip(name, make, other, temperature, least, dtype, decay=0.0):
    seed(name, SEEDS.get(name, 0))
    pair = Pair(*make(), temperature).to(dtype).train()
    bounded = []

    def supply(step):
        return {"input": normal(BATCH, 1, 8, 8, dtype=dtype), "other": other(dtype)}, {}

    def terms(networks, step, batch, draw, stop):
        own = networks[""]
        u, v, scale = unit(own["model"](batch["input"])), unit(own["head"](batch["other"])), own.log_scale.exp()
        loss = 0
        for i in range(BATCH):
            of_others = torch.stack([(scale * (u[i] * v[j]).sum()).exp() for j in range(BATCH)])
            of_own = torch.stack([(scale * (u[j] * v[i]).sum()).exp() for j in range(BATCH)])
            loss = loss - ((of_others[i] / of_others.sum()).log() + (of_own[i] / of_own.sum()).log()) / (2 * BATCH)
        return Terms({"contrastive": loss.squeeze()}, {"contrastive": 1.0})

    def finish(step, batch, values):
        with torch.no_grad():
            bounded.append(bool(pair.log_scale > -math.log(least)))
            pair.log_scale.clamp_(max=-math.log(least))

    def groups(pair):
        encoders = [*pair["model"].parameters(), *pair["head"].parameters()]
        return [{"params": encoders, "weight_decay": decay}, {"params": [pair.log_scale]}]

    tensors = train({"": pair}, supply, [Phase(terms)], rate=RATE, finish=finish, groups=groups)
    assert any(bounded) == (name == "clip_bounded"), f"{name}: the bound was reached at {bounded}"
    return Case(name, tensors, {"optimizer": "sgd", "lr": RATE, "momentum": 0.9, "temperature": temperature, "least": least})


def cases(dtype):
    yield clip("clip_words", words, lambda dtype: torch.randint(0, 7, (BATCH, 3)), 0.2, 0.01, dtype)
    yield clip("clip_bounded", vectors, lambda dtype: normal(BATCH, 5, dtype=dtype), 1.25, 1.248, dtype)
    yield clip("clip_decay", words, lambda dtype: torch.randint(0, 7, (BATCH, 3)), 0.2, 0.01, dtype, decay=0.2)
