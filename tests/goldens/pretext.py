"""Pretext tasks without labels, three steps of SGD with momentum on supplied batches and draws; names as in `steps.py`.

The trained networks are the encoder (`model.`) and the head or decoder behind it (`head.`). x = `batch.input`, B = 8 samples.

rotation  1803.07728, equations 2 and 3: of each image all four turns, by 0, 90, 180 and 270 degrees counterclockwise, in one pass
          of 4 B, all images of a turn after all of the turn before; loss.rotation = mean over the 4 B of -log softmax(h(f(x_r)))[r].
denoise   Vincent et al. 2008, section 2.3: x̃ is x with zeros where draw `masked` [B, 64] says so; noisy is Vincent et al. 2010,
          section 3.3: x̃ = x + 0.5 draw `noise`; loss.reconstruction = mean (h(f(x̃)) - x)².
position  1505.05192, section 3: images of 3 x 3 cells of 5 x 5, patches of 4 x 4 whose first row and column in their cell are
          draw `offsets` [B, 4] (of the centre's patch, then of the other's); the other is at place k = draw `neighbor` [B] around the
          centre, row by row; loss.position = mean of -log softmax(h(f(p), f(p_k)))[k]. All 2 B patches are one pass, image by image.
          Draw `center` [B] is 0: of 3 x 3 cells one is not at the border.
jigsaw    1603.09246, section 3: images of 2 x 2 tiles of 4 x 4; the tiles in order p = draw `order` [B], one of `ORDERS`, are one
          pass of 4 B, image by image; loss.order = mean of -log softmax(h(f(t_1), ..., f(t_4)))[p]. `ORDERS` is the table of 6 that
          the paper's rule gives, from 0123 on: the farthest from those before, the first of equals in lexicographic order.

Cases are <task>_mlp, and <task>_cnn with batch norms in both networks.
"""
import itertools

import torch
from torch import nn

from case import Case, normal
from networks import unsettle
from steps import Phase, Terms, seed, train

BATCH = 8


def surprise(logits, answers):
    """Mean of -log softmax(logits)[answer]."""
    exponentials = logits.exp()
    probability = exponentials[torch.arange(len(answers)), answers] / exponentials.sum(1)
    return -probability.log().mean()


def mlp(inputs, outputs):
    return nn.Sequential(nn.Flatten(), nn.Linear(inputs, 10), nn.Tanh(), nn.Linear(10, outputs))


def cnn(channels, pixels, outputs):
    """[N, channels, H, W] of H W = pixels -> [N, outputs]."""
    return unsettle(nn.Sequential(
        nn.Conv2d(channels, 3, 3, padding=1, bias=False), nn.BatchNorm2d(3), nn.Tanh(),
        nn.Flatten(), nn.Linear(3 * pixels, outputs)))


def head(normalized, inputs, outputs):
    if not normalized:
        return nn.Sequential(nn.Linear(inputs, 8), nn.Tanh(), nn.Linear(8, outputs))
    return unsettle(nn.Sequential(nn.Linear(inputs, 8, bias=False), nn.BatchNorm1d(8), nn.Tanh(), nn.Linear(8, outputs)))


def rotation(networks, x, draw):
    turned, answers = [], []
    for turn in range(4):
        for image in x:
            # A quarter counterclockwise: the last column becomes the first row.
            for _ in range(turn):
                image = torch.stack([image[:, :, image.shape[2] - 1 - row] for row in range(image.shape[2])], dim=1)
            turned.append(image)
            answers.append(turn)
    assert torch.equal(turned[BATCH], torch.rot90(x[0], 1, (1, 2)))
    return {"rotation": surprise(networks["head"](networks["model"](torch.stack(turned))), torch.tensor(answers))}


def denoise(networks, x, draw):
    corrupted = x * (~draw["masked"]).reshape(x.shape).to(x.dtype)
    return {"reconstruction": (networks["head"](networks["model"](corrupted)) - x).square().mean()}


def noisy(networks, x, draw):
    corrupted = x + 0.5 * draw["noise"].to(x.dtype)
    return {"reconstruction": (networks["head"](networks["model"](corrupted)) - x).square().mean()}


def decoder(normalized):
    return nn.Sequential(*head(normalized, 6, 64), nn.Unflatten(1, (1, 8, 8)))


def cell(image, number, side, grid):
    row, column = divmod(number, grid)
    return image[:, row * side:(row + 1) * side, column * side:(column + 1) * side]


def position(networks, x, draw):
    around = [(-1, -1), (-1, 0), (-1, 1), (0, -1), (0, 1), (1, -1), (1, 0), (1, 1)]
    patches = []
    for image, neighbor, offset in zip(x, draw["neighbor"].tolist(), draw["offsets"].tolist()):
        down, right = around[neighbor]
        for number, (row, column) in zip((4, (1 + down) * 3 + 1 + right), (offset[:2], offset[2:])):
            patches.append(cell(image, number, 5, 3)[:, row:row + 4, column:column + 4])
    features = networks["model"](torch.stack(patches))
    pairs = torch.cat([features[0::2], features[1::2]], dim=1)
    return {"position": surprise(networks["head"](pairs), draw["neighbor"])}


def far_orders(tiles, count):
    """Orders by the paper's algorithm 1."""
    every = list(itertools.permutations(range(tiles)))
    chosen = [every[0]]
    while len(chosen) < count:
        chosen.append(max(every, key=lambda order: min(sum(a != b for a, b in zip(order, other)) for other in chosen)))
    return chosen


ORDERS = far_orders(4, 6)


def jigsaw(networks, x, draw):
    tiles = [cell(image, number, 4, 2) for image, order in zip(x, draw["order"].tolist()) for number in ORDERS[order]]
    features = networks["model"](torch.stack(tiles))
    together = torch.cat([features[place::4] for place in range(4)], dim=1)
    return {"order": surprise(networks["head"](together), draw["order"])}


def image(dtype):
    return normal(BATCH, 1, 8, 8, dtype=dtype)


def large_image(dtype):
    return normal(BATCH, 1, 15, 15, dtype=dtype)


def no_draw():
    return {}


def draw_mask():
    return {"masked": torch.rand(BATCH, 64) < 0.3}


def draw_noise():
    return {"noise": normal(BATCH, 1, 8, 8, dtype=torch.float32)}


def draw_position():
    return {"center": torch.zeros(BATCH, dtype=torch.int64), "neighbor": torch.randint(0, 8, (BATCH,)),
            "offsets": torch.randint(0, 2, (BATCH, 4))}


def draw_order():
    return {"order": torch.randint(0, 6, (BATCH,))}


# Rule, input, draws, then the networks without and with batch norms.
TASKS = {
    "rotation": (rotation, image, no_draw, lambda: (mlp(64, 6), head(False, 6, 4)), lambda: (cnn(1, 64, 6), head(True, 6, 4))),
    "denoise": (denoise, image, draw_mask, lambda: (mlp(64, 6), decoder(False)), lambda: (cnn(1, 64, 6), decoder(True))),
    "noisy": (noisy, image, draw_noise, lambda: (mlp(64, 6), decoder(False)), lambda: (cnn(1, 64, 6), decoder(True))),
    "position": (position, large_image, draw_position,
                 lambda: (mlp(16, 6), head(False, 12, 8)), lambda: (cnn(1, 16, 6), head(True, 12, 8))),
    "jigsaw": (jigsaw, image, draw_order, lambda: (mlp(16, 6), head(False, 24, 6)), lambda: (cnn(1, 16, 6), head(True, 24, 6))),
}
RATE = 0.1


def task(name, stack, dtype):
    case = f"{name}_{stack}"
    seed(case)
    rule, inputs, draws, plain, normalized = TASKS[name]
    model, behind = plain() if stack == "mlp" else normalized()
    networks = {"": nn.ModuleDict({"model": model, "head": behind}).to(dtype).train()}

    def supply(step):
        return {"input": inputs(dtype)}, draws()

    def terms(networks, step, batch, draw, stop):
        losses = rule(networks[""], batch["input"], draw)
        return Terms(losses, {term: 1.0 for term in losses})

    tensors = train(networks, supply, [Phase(terms)], rate=RATE)
    return Case(case, tensors, {"optimizer": "sgd", "lr": RATE, "momentum": 0.9})


def cases(dtype):
    for name in TASKS:
        for stack in ("mlp", "cnn"):
            yield task(name, stack, dtype)
