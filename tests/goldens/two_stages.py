"""Faster R-CNN: three steps of SGD with momentum on supplied batches and draws; names as in `steps.py`. Written from 1506.01497
by loops over images, anchors, proposals.

The networks are the backbone (`model.`), the proposer (`proposer.`) and the head of regions (`head.`). Anchors: for each cell of
the map each scale with each ratio. An anchor has the object of its largest overlap from 0.5 on, and each object its best anchor,
the later object where two want one; below 0.3 it is background. The 8 with the smallest draw count, at most 4 with an object.

loss.objectness     mean over the counting anchors of the cross-entropy of sigmoid(z)
loss.anchorOffset   sum of smooth L1, beta 1/9, of the offsets of those with an object, over the number of counting anchors
proposals           anchors in the order of z, moved, cut off at the edges; 6 at most, none that overlaps a surer one by over 0.6
regions             of an image's objects, then proposals, 6 in all, the 4 with the smallest draw, at most one of an object (0.5)
loss.regionClass    mean over regions of -log softmax(c)[y]
loss.regionOffset   sum of smooth L1 of offsets/(0.1, 0.2), over the number of regions

Objects' overlaps keep clear of every threshold. The second case has an image without objects, one whose objects are left out, a
batch normalisation, other settings; the first step of the third has no object at all; the fourth has no proposal, since every
anchor is moved out of the image, and an image without an object.
"""
import math

import torch
import torch.nn.functional as F
from torch import nn

from case import Case, normal
from detection import overlap, roi_align
from networks import unsettle
from steps import Phase, Terms, seed, train

RATE, SIZE, BATCH = 0.02, 3, 3
RATIOS = [1.0, 2.0, 0.5]


def anchors(cells, scales):
    return [((c + 0.5) / cells, (r + 0.5) / cells, s * math.sqrt(q), s / math.sqrt(q))
            for r in range(cells) for c in range(cells) for s in scales for q in RATIOS]


def edges(box):
    x, y, w, h = box
    return (x - w / 2, y - h / 2, x + w / 2, y + h / 2)


def centered(box):
    return ((box[0] + box[2]) / 2, (box[1] + box[3]) / 2, box[2] - box[0], box[3] - box[1])


def code(box, prior, center, size):
    (x, y, w, h), (px, py, pw, ph) = centered(box), prior
    return [(x - px) / pw / center, (y - py) / ph / center, math.log(w / pw) / size, math.log(h / ph) / size]


def apart(value, threshold):
    assert abs(value - threshold) > 1e-4, "an overlap at a threshold"
    return value


def smooth(errors, beta):
    size = errors.abs()
    return torch.where(size < beta, size ** 2 / (2 * beta), size - beta / 2).sum()


def assign(boxes, objects, positive, negative, forced):
    """For each box its object, "empty" or None for what lies between."""
    found = []
    for box in boxes:
        over = [overlap(box, o[1]) for o in objects]
        best = max(over, default=0.0)
        apart(best, positive), apart(best, negative)
        found.append(objects[over.index(best)] if best >= positive else "empty" if best < negative else None)
    for o in objects if forced else []:
        over = [overlap(box, o[1]) for box in boxes]
        assert sorted(over)[-1] - sorted(over)[-2] > 1e-4
        found[over.index(max(over))] = o
    return found


def take(found, draw, count, share):
    order = sorted(range(len(found)), key=lambda i: draw[i])
    shown = [i for i in order if found[i] not in ("empty", None)][:int(count * share)]
    return shown, [i for i in order if found[i] == "empty"][:count - len(shown)]


def propose(said, priors, most, limit):
    """Boxes of one image, the surest first."""
    logits = said[:, 4].tolist()
    gaps = sorted(logits)
    assert min(b - a for a, b in zip(gaps, gaps[1:])) > 1e-6, "two anchors that are equally sure"
    kept = []
    for i in sorted(range(len(priors)), key=lambda i: -logits[i]):
        (x, y, w, h), (dx, dy, dw, dh) = priors[i], said[i, :4].tolist()
        box = edges((x + dx * w, y + dy * h, w * math.exp(dw), h * math.exp(dh)))
        box = tuple(min(max(v, 0.0), 1.0) for v in box)
        if apart(box[2] - box[0], 1e-3) < 1e-3 or apart(box[3] - box[1], 1e-3) < 1e-3:
            continue
        if all(apart(overlap(box, other), limit) <= limit for other in kept):
            kept.append(box)
        if len(kept) == most:
            break
    return kept


def rule(scales, classes, sampled, regions, most, limit, offset_weight):
    def losses(networks, step, batch, draw, stop):
        features = networks[""]["model"](batch["input"])
        priors = anchors(features.shape[2], scales)
        said = networks[""]["proposer"](features)
        constant = stop(said)
        totals, counts = {name: said.sum() * 0 for name in NAMES}, [0, 0]
        boxes, plans = [], []
        for n in range(len(said)):
            objects = [(int(row[0]), tuple(row[1:])) for row in batch["label"][n].double().tolist() if row[0] >= 0]
            found = assign([edges(p) for p in priors], objects, 0.5, 0.3, True)
            shown, empty = take(found, draw["anchor_order"][n].tolist(), sampled, 0.5)
            for i in shown + empty:
                totals["objectness"] = totals["objectness"] - F.logsigmoid(said[n, i, 4] if i in shown else -said[n, i, 4])
            for i in shown:
                target = torch.tensor(code(found[i][1], priors[i], 1, 1), dtype=said.dtype)
                totals["anchorOffset"] = totals["anchorOffset"] + smooth(said[n, i, :4] - target, 1 / 9)
            counts[0] += len(shown) + len(empty)

            candidates = ([o[1] for o in objects] + propose(constant[n], priors, most, limit))[:most]
            found = assign(candidates, objects, 0.5, 0.5, False)
            shown, empty = take(found, draw["region_order"][n].tolist(), regions, 0.25)
            counts[1] += len(shown) + len(empty)
            plan = [(candidates[i], found[i] if i in shown else None) for i in shown + empty]
            plans.append(plan)

            # What is missing runs through the head, for the sake of its statistics, and counts nothing.
            filling = [plan[0][0] if plan else (0.0, 0.0, 1.0, 1.0)] * (regions - len(plan))
            boxes.append([box for box, _ in plan] + filling)
        boxes = torch.tensor(boxes, dtype=features.dtype)
        answers = networks[""]["head"](roi_align(features, boxes, SIZE, 2))
        for n, plan in enumerate(plans):
            for j, (box, o) in enumerate(plan):
                answer = answers[n * regions + j]
                label = 0 if o is None else o[0] + 1
                totals["regionClass"] = totals["regionClass"] - F.log_softmax(answer[:classes + 1], 0)[label]
                if o is not None:
                    first = classes + 1 + 4 * o[0]
                    target = torch.tensor(code(o[1], centered(box), 0.1, 0.2), dtype=said.dtype)
                    totals["regionOffset"] = totals["regionOffset"] + smooth(answer[first:first + 4] - target, 1.0)
        means = {name: value / max(counts[name.startswith("region")], 1) for name, value in totals.items()}
        return Terms(means, {name: offset_weight if "Offset" in name else 1.0 for name in means})
    return losses


NAMES = ["objectness", "anchorOffset", "regionClass", "regionOffset"]


class Rows(nn.Module):
    """[N, 5 A, h, w] to a row of five for each anchor."""

    def forward(self, x):
        return x.permute(0, 2, 3, 1).reshape(len(x), -1, 5)


def networks(normalized, scales, classes, dtype, outside):
    a = len(scales) * len(RATIOS)
    first = [nn.Conv2d(2, 4, 3, stride=2, padding=1, bias=not normalized)] + ([nn.BatchNorm2d(4)] if normalized else [])
    model = unsettle(nn.Sequential(*first, nn.Tanh(), nn.Conv2d(4, 5, 3, padding=1), nn.Tanh()))
    proposer = nn.Sequential(nn.Conv2d(5, 6, 3, padding=1), nn.Tanh(), nn.Conv2d(6, 5 * a, 1), Rows())
    behind = [nn.Linear(5 * SIZE * SIZE, 8, bias=not normalized)] + ([nn.BatchNorm1d(8)] if normalized else [])
    head = unsettle(nn.Sequential(nn.Flatten(), *behind, nn.Tanh(), nn.Linear(8, 1 + 5 * classes)))
    with torch.no_grad():
        proposer[2].weight.view(a, 5, -1)[:, 4] *= 10  # anchors that are not nearly equally sure
        if outside:
            proposer[2].bias.view(a, 5)[:, :2] = 40
    return {"": nn.ModuleDict({"model": model, "proposer": proposer, "head": head}).to(dtype).train()}


OBJECTS = torch.tensor([
    [[0, 0.08, 0.1, 0.46, 0.43], [2, 0.5, 0.38, 0.95, 0.92], [1, 0.02, 0.58, 0.34, 0.99]],
    [[1, 0.27, 0.29, 0.71, 0.74], [-1, 0, 0, 0, 0], [-2, 0.1, 0.1, 0.4, 0.4]],
    [[2, 0.55, 0.06, 0.93, 0.36], [0, 0.1, 0.5, 0.44, 0.9], [-1, 0, 0, 0, 0]],
])
SOME = OBJECTS.clone()
SOME[1, :, 0] = -1
SOME[2, 0, 0], SOME[2, 1, 0] = -4, -2
NONE = OBJECTS.clone()
NONE[..., 0] = -1

# Normalised, labels of the first step and of others, scales, λ, whether anchors are moved out.
TASKS = {
    "faster_rcnn": (False, OBJECTS, OBJECTS, [0.35, 0.55], 1.0, False),
    "faster_rcnn_normalized": (True, SOME, SOME, [0.4], 2.0, False),
    "faster_rcnn_without_objects": (False, NONE, OBJECTS, [0.35, 0.55], 1.0, False),
    "faster_rcnn_without_proposals": (False, SOME, SOME, [0.35, 0.55], 1.0, True),
}
MOST = 6


def task(name, dtype):
    seed(name)
    normalized, first, others, scales, weight, outside = TASKS[name]
    made = networks(normalized, scales, 3, dtype, outside)
    count = 16 * len(scales) * len(RATIOS)

    def supply(step):
        return ({"input": normal(BATCH, 2, 8, 8, dtype=dtype), "label": (others if step else first).roll(step, 0).to(dtype)},
                {"anchor_order": torch.rand(BATCH, count).to(dtype), "region_order": torch.rand(BATCH, MOST).to(dtype)})

    losses = rule(scales, 3, 8, 4, MOST, 0.6, weight)
    return Case(name, train(made, supply, [Phase(losses)], rate=RATE), {"optimizer": "sgd", "lr": RATE, "momentum": 0.9})


def cases(dtype):
    for name in TASKS:
        yield task(name, dtype)
