"""Pairs without classes and self-distillation, three steps of SGD with momentum on supplied batches and draws; names as in
`steps.py`.

siamese   Hadsell et al. 2006, equation 4: pairs (x, y) `batch.input`, `batch.other`, s `batch.label`, B = 8; one network f
          (`model.`) sees x and y in one pass of 16; loss.pairs = mean 1/2 s d^2 + 1/2 (1 - s) max(0, m - d)^2, d = |f(x) - f(y)|.
          m = 0.9, so that some pairs that do not belong together are near, and some are not.
cola      2010.10915, equations 1 and 2: x `batch.input` [8, 9, 3]; of each sample 5 places from `draw.first_start`, and 5 from
          `draw.second_start`, z and z' of f (`model.`), both segments in one pass; W `head.`: loss.contrastive =
          mean_i -log exp(z_i W z'_i) / sum_j exp(z_i W z'_j).
dino      2104.14294, algorithm 1: student g (`model.`, `projection.`), teacher (`teacher.`, `teacherHead.`) a moving average in
          training mode with running statistics of its own, centre c (`center`, zeros at first). Views are shifts by up to 1 pixel.
          loss.selfDistillation = 1/2 mean H(t_1, s_2) + 1/2 mean H(t_2, s_1), t = softmax((teacher(view) - c) / 0.5),
          s = softmax(student(view) / 1.5). After update k: teacher <- d teacher + (1 - d) student, d = 1 - (1 - 0.9)(cos(pi k/3)
          + 1)/2; c <- 0.8 c + 0.2 mean of the teacher's 2 B outputs.
"""
import copy
import math

import torch
from torch import nn

from augment import draw_shift, shift
from case import Case, assert_close, normal
from self_supervised import FEATURES, WIDTH, cnn, head, mlp
from steps import Phase, Terms, seed, train

BATCH, MARGIN, LENGTH, SEGMENT, EMA, CENTER = 8, 0.9, 9, 5, 0.9, 0.8


# Draws at which no kink lies within the differences that prove the gradients.
SEEDS = {"siamese_mlp": 0, "siamese_cnn": 0, "dino_mlp": 0, "dino_cnn": 1}


def siamese(stack, dtype):
    name = f"siamese_{stack.__name__}"
    seed(name, SEEDS[name])
    networks = {"": nn.ModuleDict({"model": stack()}).to(dtype).train()}
    pushed = []

    def supply(step):
        first = normal(BATCH, 1, 8, 8, dtype=dtype)
        other = first + 0.3 * normal(BATCH, 1, 8, 8, dtype=dtype)
        other[3:5] = normal(2, 1, 8, 8, dtype=dtype)
        return {"input": first, "other": other, "label": torch.tensor([1, 0, 1, 0, 0, 1, 0, 0])}, {}

    def terms(networks, step, batch, draw, stop):
        z = networks[""]["model"](torch.cat([batch["input"], batch["other"]]))
        loss = 0
        for i in range(BATCH):
            d = (z[i] - z[BATCH + i]).square().sum().sqrt()
            if batch["label"][i] == 1:
                loss = loss + d.square() / 2
            else:
                pushed.append(bool(d < MARGIN))
                loss = loss + (MARGIN - d).clamp(min=0).square() / 2
        return Terms({"pairs": loss / BATCH}, {"pairs": 1.0})

    tensors = train(networks, supply, [Phase(terms)], rate=0.02)
    assert any(pushed) and (stack is cnn or not all(pushed)), pushed
    return Case(name, tensors, {"optimizer": "sgd", "lr": 0.02, "momentum": 0.9, "margin": MARGIN})


def cola(dtype):
    seed("cola")
    model = nn.Sequential(nn.Flatten(), nn.Linear(SEGMENT * 3, 12), nn.Tanh(), nn.Linear(12, 6))
    networks = {"": nn.ModuleDict({"model": model, "head": nn.Sequential(nn.Linear(6, 6, bias=False))}).to(dtype).train()}

    def supply(step):
        return ({"input": normal(BATCH, LENGTH, 3, dtype=dtype)},
                {name: torch.randint(0, LENGTH - SEGMENT + 1, (BATCH,)) for name in ("first_start", "second_start")})

    def terms(networks, step, batch, draw, stop):
        own = networks[""]
        def segments(starts):
            return torch.stack([batch["input"][i, starts[i]:starts[i] + SEGMENT] for i in range(BATCH)])
        z, other = own["model"](segments(draw["first_start"])), own["model"](segments(draw["second_start"]))
        loss = 0
        for i in range(BATCH):
            similar = torch.stack([(own["head"](z[i]) * other[j]).sum() for j in range(BATCH)]).exp()
            loss = loss - (similar[i] / similar.sum()).log() / BATCH
        return Terms({"contrastive": loss}, {"contrastive": 1.0})

    return Case("cola", train(networks, supply, [Phase(terms)]), {"optimizer": "sgd", "lr": 0.1, "momentum": 0.9})


def dino(stack, dtype):
    name = f"dino_{stack.__name__}"
    seed(name, SEEDS[name])
    parts = {"model": stack(), "projection": head(stack is cnn, FEATURES, 10, WIDTH)}
    networks = {"": nn.ModuleDict(parts).to(dtype).train()}
    networks["teacher."] = copy.deepcopy(networks[""]["model"]).requires_grad_(False)
    networks["teacherHead."] = copy.deepcopy(networks[""]["projection"]).requires_grad_(False)
    memory = {"center": torch.zeros(WIDTH, dtype=dtype)}

    def supply(step):
        return ({"input": normal(BATCH, 1, 8, 8, dtype=dtype)},
                {"first_shift": draw_shift(BATCH), "second_shift": draw_shift(BATCH)})

    def terms(networks, step, batch, draw, stop):
        views = [shift(batch["input"], draw["first_shift"]), shift(batch["input"], draw["second_shift"])]
        students = [networks[""]["projection"](networks[""]["model"](view)) for view in views]
        with torch.no_grad():
            taught = [networks["teacherHead."](networks["teacher."](view)) for view in views]
        taught = [stop(output) for output in taught]
        loss = 0
        for teacher, student in ((taught[0], students[1]), (taught[1], students[0])):
            sharp = ((teacher - memory["center"]) / 0.5).exp()
            told = (student / 1.5).exp()
            cross = -((sharp / sharp.sum(1, keepdim=True)) * (told / told.sum(1, keepdim=True)).log()).sum(1)
            loss = loss + cross.mean() / 2
        return Terms({"selfDistillation": loss}, {"selfDistillation": 1.0}, {"taught": torch.cat(taught)})

    @torch.no_grad()
    def finish(step, batch, values):
        decay = 1 - (1 - EMA) * (math.cos(math.pi * step / 3) + 1) / 2
        for key, part in (("teacher.", "model"), ("teacherHead.", "projection")):
            for theirs, ours in zip(networks[key].parameters(), networks[""][part].parameters()):
                theirs.copy_(decay * theirs + (1 - decay) * ours)
        memory["center"].copy_(CENTER * memory["center"] + (1 - CENTER) * values["taught"].mean(0))

    tensors = train(networks, supply, [Phase(terms)], memory=memory, finish=finish)
    assert_close(tensors["step0.after.center"], 0.2 * tensors["step0.value.taught"].mean(0), "the first centre")
    return Case(name, tensors, {"optimizer": "sgd", "lr": 0.1, "momentum": 0.9, "max_shift": 1})


def cases(dtype):
    for stack in (mlp, cnn):
        yield siamese(stack, dtype)
        yield dino(stack, dtype)
    yield cola(dtype)
