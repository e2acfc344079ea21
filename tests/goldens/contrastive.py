"""Momentum contrast (1911.05722), three steps of SGD with momentum on supplied batches and draws; names as in `steps.py`.

The query encoder f is trained, the key encoder g (`key.`) starts as a copy of it. A step, x `batch.input`, B = 8 images:

1. q = unit(f(first)), `first` a view of x: f in training mode.
2. k = unit(g(second)): g in training mode, no gradient.
3. logits [B, 1 + Q] = [q · k, q queueᵀ] / τ; loss.contrastive = mean CE of class 0. The queue is that of before the step.
4. The update of f.
5. g's parameters ← m g + (1 - m) f. No buffers: g's running statistics are those of its own passes.
6. queue[pointer ... pointer + B) ← k, pointer ← (pointer + B) mod Q.

This is the order of algorithm 1. The authors' code moves g before the passes of the next step instead: the same keys, since g
starts as a copy, and its first move there changes nothing. The assertion at the end of a step holds that.

unit(v) = v / ‖v‖₂ by row. Views are shifts by up to 1 pixel: draws `first_shift`, `second_shift`. States beside the encoders:
`queue` [Q, 12], Q = 16, unit rows at first too, and `pointer`, int64. `value.keys` are k, `value.similarities` q · k.
m = 0.9 and τ = 0.2.
"""
import copy

import torch
import torch.nn.functional as F
from torch import nn

from augment import draw_shift, shift
from case import Case, assert_close, normal
from networks import unsettle
from objectives import cross_entropy
from steps import STEPS, Phase, Terms, seed, train, unit

BATCH, QUEUE, FEATURES, KEEP, TEMPERATURE = 8, 16, 12, 0.9, 0.2


def mlp():
    """[N, 1, 8, 8] -> [N, 12]."""
    return nn.Sequential(nn.Flatten(), nn.Linear(64, 12), nn.ReLU(), nn.Linear(12, FEATURES))


def cnn():
    """[N, 1, 8, 8] -> [N, 12]."""
    return unsettle(nn.Sequential(
        nn.Conv2d(1, 3, 3, padding=1, bias=False), nn.BatchNorm2d(3), nn.ReLU(), nn.MaxPool2d(2),
        nn.Conv2d(3, 4, 3, padding=1, bias=False), nn.BatchNorm2d(4), nn.ReLU(),
        nn.Flatten(), nn.Linear(64, FEATURES)))


@torch.no_grad()
def follow(key, query):
    for theirs, ours in zip(key.parameters(), query.parameters()):
        theirs.copy_(KEEP * theirs + (1 - KEEP) * ours)


def moco(stack, dtype):
    name = f"moco_{stack.__name__}"
    seed(name)
    networks = {"": stack().to(dtype).train()}
    networks["key."] = copy.deepcopy(networks[""]).requires_grad_(False)
    rows = F.normalize(normal(QUEUE, FEATURES, dtype=torch.float64), dim=1)
    memory = {"queue": rows.float().to(dtype), "pointer": torch.tensor(0)}

    def supply(step):
        return ({"input": normal(BATCH, 1, 8, 8, dtype=dtype)},
                {"first_shift": draw_shift(BATCH), "second_shift": draw_shift(BATCH)})

    def terms(networks, step, batch, draw, stop):
        queries = unit(networks[""](shift(batch["input"], draw["first_shift"])))
        with torch.no_grad():
            keys = stop(unit(networks["key."](shift(batch["input"], draw["second_shift"]))))
        similarities, queue = (queries * keys).sum(1), memory["queue"].clone()
        logits = torch.cat([similarities[:, None], queries @ queue.T], 1) / TEMPERATURE
        loss = cross_entropy(logits, torch.zeros(BATCH, dtype=torch.long))
        # The definition as a fraction, equation 1 of the paper.
        positive, negative = (similarities / TEMPERATURE).exp(), (queries @ queue.T / TEMPERATURE).exp().sum(1)
        assert_close(loss.detach(), -(positive / (positive + negative)).log().mean().detach(), "contrast")
        return Terms({"contrastive": loss}, {"contrastive": 1.0}, {"keys": keys, "similarities": similarities})

    # What the authors' code would ask: it moves before the passes of a step.
    late, before = copy.deepcopy(networks["key."]), [copy.deepcopy(networks[""])]

    def finish(step, batch, values):
        follow(late, before[0])
        for theirs, ours in zip(late.parameters(), networks["key."].parameters()):
            assert_close(theirs, ours, "the key encoder that made the keys")
        before[0] = copy.deepcopy(networks[""])
        follow(networks["key."], networks[""])
        for key in values["keys"]:
            memory["queue"][memory["pointer"]] = key
            memory["pointer"] += 1
            memory["pointer"] %= QUEUE

    tensors = train(networks, supply, [Phase(terms)], memory=memory, finish=finish)
    assert [tensors[f"step{step}.after.pointer"].item() for step in range(STEPS)] == [8, 0, 8]
    for parameter, _ in networks[""].named_parameters():
        expected = KEEP * tensors[f"step0.after.key.{parameter}"] + (1 - KEEP) * tensors[f"step1.after.{parameter}"]
        assert_close(tensors[f"step1.after.key.{parameter}"], expected, "the average")
        assert (expected - tensors[f"step0.after.key.{parameter}"]).abs().max() > 1e-4
    return Case(name, tensors, {"stack": stack.__name__, "optimizer": "sgd", "lr": 0.1, "momentum": 0.9, "max_shift": 1,
                                "temperature": TEMPERATURE, "key.momentum": KEEP, "queue": QUEUE})


def cases(dtype):
    yield moco(mlp, dtype)
    yield moco(cnn, dtype)
