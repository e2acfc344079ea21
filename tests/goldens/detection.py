"""Detection of objects: losses on an output z with labels [N, M, 5] (class, x1, y1, x2, y2; class < 0 for no object),
and the gradient of the loss with respect to z; and boxes with what is computed of them. Written from the papers by loops
over images, priors, cells.

ssd     1512.02325, equations 1 to 3: z [N, P, 5 + K]. Priors: for each map, row, column a square of side sqrt(s_k s_k+1),
        then one of area s_k^2 for each ratio. A prior has the object of its largest overlap from a threshold on; each object its
        best prior, the later object where two want one.
        (Σ CE of matched and of the hardest 3 others each, by image, + Σ smooth L1 of offsets)/matched.
yolo    1506.02640, equation 3: z [N, 5B + K, S, S]; a cell's first object is its own.
retinanet
        1708.02002: z [N, P, 4 + K]. Anchors: for each map, row, column, scale s_k 2^(i/n), ratio. Objects from an overlap of 0.5
        on and the best anchor of each; background below 0.4; between them nothing. Offsets without variances.
        (Σ focal of every class + Σ smooth L1 (beta) of matched)/max(1, matched).
detr    2005.12872, equations 1 and 2 with the authors' weights: z [N, Q, 4 + 1 + K], sigmoids of centre and size, logits of no
        object and the classes. The matching is the best of all, found by trying each.
        Weighted mean of CE (no object 0.1) + (5 Σ L1 + 2 Σ (1 - GIoU))/max(1, objects).
boxes   overlaps, generalised overlaps (1902.09630), offsets, RoI align (1703.06870) by loops over points.
"""
import itertools
import math

import torch
import torch.nn.functional as F

from case import Case, normal, uniform

MAPS, SCALES, RATIOS = [3, 2], [0.3, 0.5, 0.9], [1.0, 2.0, 0.5]


def overlap(a, b):
    w = min(a[2], b[2]) - max(a[0], b[0])
    h = min(a[3], b[3]) - max(a[1], b[1])
    shared = max(w, 0) * max(h, 0)
    union = max(a[2] - a[0], 0) * max(a[3] - a[1], 0) + max(b[2] - b[0], 0) * max(b[3] - b[1], 0) - shared
    return shared / union if union > 0 else 0.0


def generalised(a, b):
    w = min(a[2], b[2]) - max(a[0], b[0])
    h = min(a[3], b[3]) - max(a[1], b[1])
    shared = max(w, 0) * max(h, 0)
    union = (a[2] - a[0]) * (a[3] - a[1]) + (b[2] - b[0]) * (b[3] - b[1]) - shared
    around = (max(a[2], b[2]) - min(a[0], b[0])) * (max(a[3], b[3]) - min(a[1], b[1]))
    return shared / union - (around - union) / around


def priors():
    boxes = []
    for k, cells in enumerate(MAPS):
        for row in range(cells):
            for column in range(cells):
                x, y = (column + 0.5) / cells, (row + 0.5) / cells
                side = math.sqrt(SCALES[k] * SCALES[k + 1])
                boxes.append((x, y, side, side))
                boxes += [(x, y, SCALES[k] * math.sqrt(r), SCALES[k] / math.sqrt(r)) for r in RATIOS]
    return boxes


def edges(box):
    x, y, w, h = box
    return (x - w / 2, y - h / 2, x + w / 2, y + h / 2)


def offsets(box, prior):
    x, y, w, h = prior
    return [((box[0] + box[2]) / 2 - x) / w / 0.1, ((box[1] + box[3]) / 2 - y) / h / 0.1,
            math.log((box[2] - box[0]) / w) / 0.2, math.log((box[3] - box[1]) / h) / 0.2]


def match(objects, threshold):
    """{prior: object} of one image."""
    matched, all_priors = {}, priors()
    for p, prior in enumerate(all_priors):
        best = max(objects, key=lambda o: overlap(edges(prior), o[1]), default=None)
        if best is not None and overlap(edges(prior), best[1]) >= threshold:
            matched[p] = best
    for o in objects:
        p = max(range(len(all_priors)), key=lambda p: overlap(edges(all_priors[p]), o[1]))
        matched[p] = o
    return matched


def objects_of(rows):
    return [(int(row[0]), tuple(row[1:])) for row in rows.double().tolist() if row[0] >= 0]


def ssd(z, labels, threshold=0.5, negatives=3.0, weight=1.0):
    total, count = z.sum() * 0, 0
    for n in range(len(z)):
        matched = match(objects_of(labels[n]), threshold)
        ce = [-F.log_softmax(z[n, p, 4:], 0)[matched[p][0] + 1 if p in matched else 0] for p in range(z.shape[1])]
        others = sorted((p for p in range(z.shape[1]) if p not in matched), key=lambda p: -ce[p].item())
        for p in list(matched) + others[:math.ceil(negatives * len(matched))]:
            total = total + ce[p]
        for p, o in matched.items():
            e = (z[n, p, :4] - torch.tensor(offsets(o[1], priors()[p]), dtype=z.dtype)).abs()
            total = total + weight * torch.where(e < 1, e ** 2 / 2, e - 0.5).sum()
        count += len(matched)
    return total / count if count else total


def yolo(z, labels, boxes=2, coordinates=5.0, empty=0.5):
    total, side = z.sum() * 0, z.shape[2]
    for n in range(len(z)):
        own = {}
        for o in objects_of(labels[n]):
            x, y = (o[1][0] + o[1][2]) / 2, (o[1][1] + o[1][3]) / 2
            own.setdefault((min(int(y * side), side - 1), min(int(x * side), side - 1)), o)
        for i in range(side):
            for j in range(side):
                cell, said = z[n, :, i, j], []
                for b in range(boxes):
                    x, y, w, h = [v.item() for v in cell[5 * b:5 * b + 4]]
                    said.append(edges(((x + j) / side, (y + i) / side, w * w, h * h)))
                best = None
                if (i, j) in own:
                    c, box = own[(i, j)]
                    over = [overlap(s, box) for s in said]
                    best = over.index(max(over))
                    x, y = (box[0] + box[2]) / 2 * side - j, (box[1] + box[3]) / 2 * side - i
                    v = cell[5 * best:5 * best + 5]
                    total = total + coordinates * ((v[0] - x) ** 2 + (v[1] - y) ** 2)
                    total = total + coordinates * ((v[2] - math.sqrt(box[2] - box[0])) ** 2
                                                   + (v[3] - math.sqrt(box[3] - box[1])) ** 2)
                    total = total + (v[4] - over[best]) ** 2
                    for k in range(len(cell) - 5 * boxes):
                        total = total + (cell[5 * boxes + k] - (1.0 if k == c else 0.0)) ** 2
                for b in range(boxes):
                    if b != best:
                        total = total + empty * cell[5 * b + 4] ** 2
    return total / len(z)


PYRAMID, SMALLEST = [3, 2], [0.25, 0.5]


def anchors():
    boxes = []
    for k, cells in enumerate(PYRAMID):
        for row in range(cells):
            for column in range(cells):
                for scale in (SMALLEST[k], SMALLEST[k] * math.sqrt(2)):
                    boxes += [((column + 0.5) / cells, (row + 0.5) / cells, scale * math.sqrt(r), scale / math.sqrt(r))
                              for r in RATIOS]
    return boxes


def retinanet(z, labels, positive=0.5, negative=0.4, alpha=0.25, gamma=2.0, beta=0.11, weight=1.0):
    total, count, known = z.sum() * 0, 0, anchors()
    for n in range(len(z)):
        objects = objects_of(labels[n])
        state = {}
        for p, anchor in enumerate(known):
            best = max(objects, key=lambda o: overlap(edges(anchor), o[1]), default=None)
            most = overlap(edges(anchor), best[1]) if best else 0.0
            state[p] = best if most >= positive else None if most < negative else "between"
        for o in objects:
            state[max(range(len(known)), key=lambda p: overlap(edges(known[p]), o[1]))] = o
        for p, anchor in enumerate(known):
            if state[p] == "between":
                continue
            for k in range(z.shape[2] - 4):
                there = state[p] is not None and state[p][0] == k
                chance = torch.sigmoid(z[n, p, 4 + k] if there else -z[n, p, 4 + k])
                total = total - (alpha if there else 1 - alpha) * (1 - chance) ** gamma * torch.log(chance)
            if state[p] is not None:
                count += 1
                box, (x, y, w, h) = state[p][1], anchor
                target = torch.tensor([((box[0] + box[2]) / 2 - x) / w, ((box[1] + box[3]) / 2 - y) / h,
                                       math.log((box[2] - box[0]) / w), math.log((box[3] - box[1]) / h)], dtype=z.dtype)
                e = (z[n, p, :4] - target).abs()
                total = total + weight * torch.where(e < beta, e ** 2 / (2 * beta), e - beta / 2).sum()
    return total / max(1, count)


def detr(z, labels, coordinates=5.0, overlaps=2.0, no_object=0.1):
    def giou(box, target):
        x, y, w, h = box
        a = (x - w / 2, y - h / 2, x + w / 2, y + h / 2)
        shared = (torch.clamp(torch.minimum(a[2], target[2]) - torch.maximum(a[0], target[0]), min=0)
                  * torch.clamp(torch.minimum(a[3], target[3]) - torch.maximum(a[1], target[1]), min=0))
        union = w * h + (target[2] - target[0]) * (target[3] - target[1]) - shared
        around = ((torch.maximum(a[2], target[2]) - torch.minimum(a[0], target[0]))
                  * (torch.maximum(a[3], target[3]) - torch.minimum(a[1], target[1])))
        return shared / union - (around - union) / around

    ce, weights, boxes, count = z.sum() * 0, 0.0, z.sum() * 0, 0
    queries = z.shape[1]
    for n in range(len(z)):
        objects = objects_of(labels[n])
        said = torch.sigmoid(z[n, :, :4])
        errors = [[(said[q] - torch.tensor([(b[0] + b[2]) / 2, (b[1] + b[3]) / 2, b[2] - b[0], b[3] - b[1]],
                                           dtype=z.dtype)).abs().sum() for _, b in objects] for q in range(queries)]
        alike = [[giou(said[q], torch.tensor(b, dtype=z.dtype)) for _, b in objects] for q in range(queries)]
        chances = torch.softmax(z[n, :, 4:], -1)

        def cost(q, o):
            return (-chances[q, objects[o][0] + 1] + coordinates * errors[q][o] - overlaps * alike[q][o]).item()
        if len(objects) <= queries:
            tried = (list(zip(qs, range(len(objects)))) for qs in itertools.permutations(range(queries), len(objects)))
        else:
            tried = (list(zip(range(queries), os)) for os in itertools.permutations(range(len(objects)), queries))
        matched = dict(min(tried, key=lambda pairs: sum(cost(q, o) for q, o in pairs)))
        for q in range(queries):
            w = 1.0 if q in matched else no_object
            ce = ce - w * F.log_softmax(z[n, q, 4:], 0)[objects[matched[q]][0] + 1 if q in matched else 0]
            weights += w
            if q in matched:
                boxes = boxes + coordinates * errors[q][matched[q]] + overlaps * (1 - alike[q][matched[q]])
        count += len(matched)
    return ce / weights + boxes / max(1, count)


def roi_align(features, boxes, size, points):
    n, channels, height, width = features.shape
    out = []
    for image in range(n):
        for box in boxes[image].tolist():
            x1, y1 = box[0] * width - 0.5, box[1] * height - 0.5
            w, h = (box[2] - box[0]) * width, (box[3] - box[1]) * height
            cells = []
            for i in range(size):
                for j in range(size):
                    total = torch.zeros(channels, dtype=features.dtype)
                    for a in range(points):
                        for b in range(points):
                            y = y1 + h * (i + (a + 0.5) / points) / size
                            x = x1 + w * (j + (b + 0.5) / points) / size
                            if y < -1 or y > height or x < -1 or x > width:
                                continue
                            y, x = min(max(y, 0), height - 1), min(max(x, 0), width - 1)
                            r, c = int(y), int(x)
                            r2, c2 = min(r + 1, height - 1), min(c + 1, width - 1)
                            fy, fx = y - r, x - c
                            total = total + (1 - fy) * (1 - fx) * features[image, :, r, c] \
                                + (1 - fy) * fx * features[image, :, r, c2] \
                                + fy * (1 - fx) * features[image, :, r2, c] + fy * fx * features[image, :, r2, c2]
                    cells.append(total / points ** 2)
            out.append(torch.stack(cells, 1).view(channels, size, size))
    return torch.stack(out)


LABELS = torch.tensor([
    [[0, 0.1, 0.1, 0.45, 0.43], [2, 0.5, 0.4, 0.95, 0.9], [1, 0.02, 0.7, 0.2, 0.8], [-1, 0, 0, 0, 0]],
    [[1, 0.3, 0.3, 0.7, 0.7], [-1, 0, 0, 0, 0], [-2, 0.1, 0.1, 0.4, 0.4], [-1, 0, 0, 0, 0]],
    [[-1, 0, 0, 0, 0]] * 4,
    [[0, 0.05, 0.05, 0.11, 0.12], [2, 0.06, 0.05, 0.12, 0.13], [2, 0.6, 0.1, 0.9, 0.35], [1, 0.62, 0.12, 0.9, 0.35]],
])


def case(name, z, loss, labels, settings):
    z = z.clone().requires_grad_()
    value = loss(z)
    (gradient,) = torch.autograd.grad(value, z)
    return Case(name, {"output": z.detach(), "labels": labels, "loss": value.detach(), "gradient": gradient}, settings)


def cases(dtype):
    z = normal(4, len(priors()), 8, dtype=dtype)
    yield case("ssd", z, lambda v: ssd(v, LABELS), LABELS, {})
    yield case("ssd_settings", z, lambda v: ssd(v, LABELS, 0.35, 1.5, 2.0), LABELS,
               {"SsdThreshold": 0.35, "SsdNegatives": 1.5, "SsdOffsetWeight": 2.0})
    none = LABELS.clone()
    none[..., 0] = -1
    yield case("ssd_without_objects", z, lambda v: ssd(v, none), none, {})
    z = normal(4, 13, 3, 3, dtype=dtype, scale=0.5)
    yield case("yolo", z, lambda v: yolo(v, LABELS), LABELS, {})
    yield case("yolo_settings", z, lambda v: yolo(v, LABELS, 2, 2.0, 0.1), LABELS,
               {"YoloCoordinateWeight": 2.0, "YoloEmptyWeight": 0.1})
    yield case("yolo_without_objects", z, lambda v: yolo(v, none), none, {})

    def boxes(n):
        first, size = uniform(n, 2, dtype=dtype, high=0.6), uniform(n, 2, dtype=dtype, low=0.1, high=0.4)
        return torch.cat([first, first + size], 1)
    a, b = boxes(6), boxes(5)
    table = lambda f: torch.tensor([[f(x, y) for y in b.tolist()] for x in a.tolist()], dtype=dtype)
    x = torch.tensor(priors()[:6], dtype=dtype)
    yield Case("geometry", {
        "a": a, "b": b, "overlaps": table(overlap), "generalized": table(generalised),
        "priors": torch.tensor(priors(), dtype=dtype),
        "offsets": torch.tensor([offsets(u, v) for u, v in zip(a.tolist(), x.tolist())], dtype=dtype)}, {})
    features = normal(2, 3, 6, 5, dtype=dtype).requires_grad_()
    rois = torch.stack([torch.cat([boxes(3), torch.tensor([[0.0, 0.0, 1.0, 1.0]], dtype=dtype)]),
                        torch.cat([boxes(3), torch.tensor([[-0.4, 0.5, 0.2, 1.6]], dtype=dtype)])])
    result = roi_align(features, rois, 3, 2)
    weight = normal(*result.shape, dtype=dtype)
    (gradient,) = torch.autograd.grad((result * weight).sum(), features)
    yield Case("roi_align", {"features": features.detach(), "boxes": rois, "result": result.detach(), "weight": weight,
                             "gradient": gradient}, {})

    # Behind the others, whose random numbers stay.
    z = normal(4, 13 * 6, 7, dtype=dtype)
    yield case("retinanet", z, lambda v: retinanet(v, LABELS), LABELS, {})
    yield case("retinanet_settings", z, lambda v: retinanet(v, LABELS, 0.45, 0.3, 0.4, 1.5, 0.5, 2.0), LABELS,
               {"RetinaNetThreshold": 0.45, "RetinaNetBackground": 0.3, "RetinaNetAlpha": 0.4, "RetinaNetGamma": 1.5,
                "RetinaNetBeta": 0.5, "RetinaNetOffsetWeight": 2.0})
    yield case("retinanet_without_objects", z, lambda v: retinanet(v, none), none, {})
    yield Case("pyramid", {"anchors": torch.tensor(anchors(), dtype=dtype)}, {})
    z = normal(4, 6, 8, dtype=dtype)
    yield case("detr", z, lambda v: detr(v, LABELS), LABELS, {})
    yield case("detr_settings", z, lambda v: detr(v, LABELS, 2.0, 0.5, 0.3), LABELS,
               {"DetrCoordinateWeight": 2.0, "DetrOverlapWeight": 0.5, "DetrNoObjectWeight": 0.3})
    yield case("detr_without_objects", z, lambda v: detr(v, none), none, {})
    z = normal(4, 2, 8, dtype=dtype)
    yield case("detr_few_queries", z, lambda v: detr(v, LABELS), LABELS, {})
    a, b = boxes(40).requires_grad_(), boxes(40)
    shared = (torch.minimum(a[:, 2:], b[:, 2:]) - torch.maximum(a[:, :2], b[:, :2])).clamp(min=0).prod(1)
    union = (a[:, 2:] - a[:, :2]).prod(1) + (b[:, 2:] - b[:, :2]).prod(1) - shared
    around = (torch.maximum(a[:, 2:], b[:, 2:]) - torch.minimum(a[:, :2], b[:, :2])).prod(1)
    result, weight = shared / union - (around - union) / around, normal(40, dtype=dtype)
    (gradient,) = torch.autograd.grad((result * weight).sum(), a)
    yield Case("generalized_pairs", {"a": a.detach(), "b": b, "result": result.detach(), "weight": weight,
                                     "gradient": gradient}, {})
