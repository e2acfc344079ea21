"""Two domains without pairs, 1703.10593: two networks that map from one to the other, each with a judge; three steps.

Names are those of `steps.py`; prefixes `generators.model.` (G), `generators.back.` (F), `discriminator.` (D), `source_discriminator.`
(D'). x `batch.input` [6, 10], y `batch.target` [5, 10]. A step has three phases, in this order:

1. D: loss.targetreal = mean (D(y) - 1)², loss.targetfake = mean D(s)², loss.discriminator = ½ (targetreal + targetfake). s is what the
   history of 4 places gives for sg G(x), with draws `target_exchanged`, `target_place` [6].
2. D': the same of x and F(y): loss.sourcereal, sourcefake, sourcediscriminator, draws `source_exchanged`, `source_place` [5].
3. G and F, against the judges as they are now: loss.fooling = mean (D(G(x)) - 1)², sourcefooling = mean (D'(F(y)) - 1)²,
   cycle = mean |F(G(x)) - x| + mean |G(F(y)) - y|, identity = mean |G(y) - y| + mean |F(x) - x|, loss.generators = fooling +
   sourcefooling + 10 cycle + 5 identity.

A history, `target_history`, `source_history` [4, 10] with `<...>.count`, takes a batch row by row: while a place is free the row takes
it and is seen itself; then a row that is exchanged is put in its place, and what stood there is seen, and another row is seen itself.
It keeps the rows when the step has ended. cycle_tanh has generators that end in tanh, cycle_batch_norm a batch norm in them,
cycle_plain neither a history nor the identity.
"""
import torch
from torch import nn

from case import Case, normal
from networks import unsettle
from steps import Phase, Terms, seed, some, train

SOURCES, TARGETS, WIDTH, HIDDEN, PLACES = 6, 5, 10, 12, 4
RATE, MOMENTUM, CYCLE, IDENTITY = 0.02, 0.5, 10.0, 5.0


def generator(kind):
    """[N, 10] -> [N, 10]."""
    if kind == "batch_norm":
        return unsettle(nn.Sequential(nn.Linear(WIDTH, HIDDEN, bias=False), nn.BatchNorm1d(HIDDEN), nn.ReLU(),
                                      nn.Linear(HIDDEN, WIDTH)))
    layers = [nn.Linear(WIDTH, HIDDEN), nn.ReLU(), nn.Linear(HIDDEN, WIDTH)]
    return nn.Sequential(*layers, nn.Tanh()) if kind == "tanh" else nn.Sequential(*layers)


def judge():
    """[N, 10] -> [N, 3]: a verdict at each of three places."""
    return nn.Sequential(nn.Linear(WIDTH, HIDDEN), nn.LeakyReLU(0.2), nn.Linear(HIDDEN, 3))


def exchange(rows, count, made, exchanged, places):
    """What a judge sees of `made`, and the history after it, row by row."""
    rows, count, seen = list(rows), int(count), []
    for row, swaps, place in zip(made, exchanged.tolist(), places.tolist()):
        if count < PLACES:
            rows[count] = row
            count += 1
            seen.append(row)
        elif swaps:
            seen.append(rows[place])
            rows[place] = row
        else:
            seen.append(row)
    return torch.stack(seen), torch.stack(rows), torch.tensor(count)


def cycle(name, dtype, kind, plain=False):
    seed(name)
    networks = {"generators.": nn.ModuleDict({"model": generator(kind), "back": generator(kind)}).to(dtype).train(),
                "discriminator.": judge().to(dtype).train(), "source_discriminator.": judge().to(dtype).train()}
    memory = {} if plain else {name: value for side in ("target", "source") for name, value in (
        (f"{side}_history", torch.zeros(PLACES, WIDTH, dtype=dtype)), (f"{side}_history.count", torch.tensor(0)))}

    def supply(step):
        draw = {}
        for side, rows in (() if plain else (("target", SOURCES), ("source", TARGETS))):
            draw[f"{side}_exchanged"] = some(torch.arange(rows)[torch.randperm(rows)] < rows // 2 + 1)
            draw[f"{side}_place"] = torch.randint(0, PLACES, (rows,))
            draw[f"{side}_place"][-2:] = 1  # two rows of a batch at one place
            draw[f"{side}_exchanged"][-2:] = True
        return {"input": normal(SOURCES, WIDTH, dtype=dtype, scale=0.5),
                "target": normal(TARGETS, WIDTH, dtype=dtype, scale=0.5, shift=0.3)}, draw

    def discriminate(side, prefix, real, source, maker):
        def terms(networks, step, batch, draw, stop):
            made, values = stop(networks["generators."][maker](batch[source])), {}
            if not plain:
                made, rows, count = exchange(memory[f"{side}_history"], memory[f"{side}_history.count"], made,
                                             draw[f"{side}_exchanged"], draw[f"{side}_place"])
                values = {f"{side}_history": rows, f"{side}_history.count": count}
            d = networks[prefix]
            return Terms({f"{side}real": ((d(batch[real]) - 1) ** 2).mean(), f"{side}fake": (d(made) ** 2).mean()},
                         {f"{side}real": 0.5, f"{side}fake": 0.5}, values)
        return terms

    def generate(networks, step, batch, draw, stop):
        g, f = networks["generators."]["model"], networks["generators."]["back"]
        x, y = batch["input"], batch["target"]
        there, here = g(x), f(y)
        losses = {"fooling": ((networks["discriminator."](there) - 1) ** 2).mean(),
                  "sourcefooling": ((networks["source_discriminator."](here) - 1) ** 2).mean(),
                  "cycle": (f(there) - x).abs().mean() + (g(here) - y).abs().mean()}
        weights = {"fooling": 1.0, "sourcefooling": 1.0, "cycle": CYCLE}
        if not plain:
            losses["identity"] = (g(y) - y).abs().mean() + (f(x) - x).abs().mean()
            weights["identity"] = IDENTITY
        return Terms(losses, weights)

    def finish(step, batch, values):
        for key in memory:
            memory[key] = values[key].detach()

    tensors = train(networks, supply, [
        Phase(discriminate("target", "discriminator.", "target", "input", "model"), "discriminator.", "discriminator"),
        Phase(discriminate("source", "source_discriminator.", "input", "target", "back"), "source_discriminator.",
              "sourcediscriminator"),
        Phase(generate, "generators.", "generators")], RATE, MOMENTUM, memory, finish)
    return Case(name, tensors, {"optimizer": "sgd", "lr": RATE, "momentum": MOMENTUM, "cycle.weight": CYCLE,
                                "identity.weight": 0.0 if plain else IDENTITY, "history": 0 if plain else PLACES})


def cases(dtype):
    yield cycle("cycle", dtype, "plain")
    yield cycle("cycle_tanh", dtype, "tanh")
    yield cycle("cycle_batch_norm", dtype, "batch_norm")
    yield cycle("cycle_plain", dtype, "plain", plain=True)
