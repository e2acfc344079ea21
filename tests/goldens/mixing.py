"""One step on mixtures of samples, with supplied draws: losses and gradients.

mixup (1710.09412)           x' = λx + (1 - λ)x[π], L = λ CE(y, z) + (1 - λ) CE(y[π], z)
manifold mixup (1806.05236)  the same at one place of the network: the input (0) or after one of two blocks (1, 2)
CutMix (1905.04899)          a box of x is that of x[π]. Its sides are int(H √(1 - λ)) and int(W √(1 - λ)), from the centre half a side
                             (rounded down) in each direction, cut at the border; then λ = 1 - area / (H W)
AugMix (1912.02781)          x' and x'' are (1 - m)x + m Σ wᵢ cᵢ(x), cᵢ a chain of operations; L = CE(y, z) + 12 JS(p, p', p''), one
                             forward of all three. Strengths as in the authors' code, but not rounded to whole degrees and pixels

Labels are written as distributions here, λ onehot(y) + (1 - λ) onehot(y[π]).
"""
import copy
import math

import torch
import torch.nn.functional as F
from torch import nn

from augmentations import move, rotation, stretch, translation
from case import Case, assert_close, normal, uniform
from networks import cnn, gradients, mlp, state, unsettle

COUNT = 6


def soft_cross_entropy(logits, target):
    return -(target * logits.log_softmax(1)).sum(1).mean()


def mixed_labels(label, partner, share, classes, dtype):
    one_hot = F.one_hot(label, classes).to(dtype)
    return share * one_hot + (1 - share) * one_hot[partner]


def mix(x, partner, share):
    return share * x + (1 - share) * x[partner]


def batch(shape, classes, dtype):
    return uniform(COUNT, *shape, dtype=dtype), torch.randint(0, classes, (COUNT,)), torch.tensor([2, 4, 0, 3, 5, 1])


def record(name, network, x, label, draws, losses, **settings):
    """Runs losses(network), {term: value} with a total, and collects everything."""
    tensors = {"input": x, "label": label, **{f"draws.{key}": value for key, value in draws.items()}, **state(network, "initial.")}
    network = copy.deepcopy(network).train()
    values = losses(network)
    values["total"].backward()
    tensors |= {f"loss.{key}": value.detach() for key, value in values.items()}
    tensors |= {f"gradient.{key}": value for key, value in gradients(network).items()}
    tensors |= {f"after.{key}": value.clone() for key, value in network.named_buffers()}
    return Case(name, tensors, settings)


def number(value, dtype):
    """Exact in float32 whatever the dtype."""
    return torch.tensor(value, dtype=torch.float32).to(dtype)


def mixup(dtype):
    network = mlp().to(dtype)
    for name, value in (("mixup", 0.3), ("mixup_all", 1.0), ("mixup_none", 0.0)):
        x, label, partner = batch((12,), 5, dtype)
        share = number(value, dtype)
        target = mixed_labels(label, partner, share, 5, dtype)
        yield record(name, network, x, label, {"share": share, "partners": partner},
                     lambda n: {"total": soft_cross_entropy(n(mix(x, partner, share)), target)})

    # With a teacher, who sees the same mixture.
    teacher = mlp().to(dtype)
    x, label, partner = batch((12,), 5, dtype)
    share = number(0.6, dtype)

    def losses(n):
        seen = mix(x, partner, share)
        z = n(seen)
        with torch.no_grad():
            t = (teacher(seen) / 4).softmax(1)
        hard = soft_cross_entropy(z, mixed_labels(label, partner, share, 5, dtype))
        soft = 16 * (t * (t.log() - (z / 4).log_softmax(1))).sum(1).mean()
        return {"cross_entropy": hard, "distill": soft, "total": 0.1 * hard + 0.9 * soft}

    case = record("mixup_distill", network, x, label, {"share": share, "partners": partner}, losses)
    case.tensors.update(state(teacher, "initial.teacher."))
    yield case


def disturbed(dtype):
    """Labels are disturbed first (1605.00055): what is mixed are the disturbed labels of a sample and of its partner."""
    network = mlp().to(dtype)
    chances, classes = torch.randint(0, 1 << 24, (COUNT, 1)), torch.randint(0, 5, (COUNT, 1))
    for name, value in (("mixup_disturbed", 0.3), ("mixup_disturbed_all", 1.0)):
        x, label, partner = batch((12,), 5, dtype)
        share, seen = number(value, dtype), label.clone()
        for n in range(COUNT):
            if chances[n, 0] < 0.5 * (1 << 24):
                seen[n] = classes[n, 0]
        assert (seen != label).any() and (seen == label).any()
        target = mixed_labels(seen, partner, share, 5, dtype)
        yield record(name, network, x, label, {"share": share, "partners": partner, "chance": chances, "class": classes},
                     lambda n: {"total": soft_cross_entropy(n(mix(x, partner, share)), target)})


def box(height, width, share, row, column):
    """The part of 1905.04899's code: rows and columns of the box."""
    cut = math.sqrt(1 - share)
    rows, columns = int(height * cut), int(width * cut)
    clip = lambda value, size: min(max(value, 0), size)
    return (slice(clip(row - rows // 2, height), clip(row + rows // 2, height)),
            slice(clip(column - columns // 2, width), clip(column + columns // 2, width)))


def cut_mix(dtype):
    network = unsettle(cnn()).to(dtype)
    for name, value, row, column in (("cutmix", 0.4, 3, 4), ("cutmix_border", 0.2, 0, 7), ("cutmix_exact", 0.75, 4, 4),
                                     ("cutmix_whole", 0.0, 4, 4), ("cutmix_nothing", 1.0, 2, 2)):
        x, label, partner = batch((1, 8, 8), 10, dtype)
        drawn = number(value, dtype)
        rows, columns = box(8, 8, drawn.item(), row, column)
        seen = x.clone()
        seen[:, :, rows, columns] = x[partner][:, :, rows, columns]
        share = 1 - (rows.stop - rows.start) * (columns.stop - columns.start) / 64
        yield record(name, network, x, label,
                     {"share": drawn, "row": torch.tensor(row), "column": torch.tensor(column), "partners": partner},
                     lambda n: {"total": soft_cross_entropy(n(seen), mixed_labels(label, partner, share, 10, dtype))}, share=share)


def manifold(dtype):
    """The places are nn.Identity, so that names are those of the declared stack."""
    network = unsettle(nn.Sequential(
        nn.Conv2d(1, 4, 3, padding=1), nn.BatchNorm2d(4), nn.ReLU(), nn.Identity(), nn.Conv2d(4, 8, 3, padding=1), nn.BatchNorm2d(8), nn.ReLU(),
        nn.MaxPool2d(2), nn.Identity(), nn.Flatten(), nn.Linear(128, 10))).to(dtype)
    for place in range(3):
        x, label, partner = batch((1, 8, 8), 10, dtype)
        share = number(0.35, dtype)

        def forward(n):
            h = x
            for k, part in enumerate((n[:4], n[4:9], n[9:])):
                h = part(mix(h, partner, share) if k == place else h)
            return h

        yield record(f"manifold_{place}", network, x, label, {"share": share, "partners": partner, "place": torch.tensor(place)},
                     lambda n: {"total": soft_cross_entropy(forward(n), mixed_labels(label, partner, share, 10, dtype))})


def posterize(image, bits):
    return ((image * 255).round().to(torch.int64) & ~(2 ** (8 - bits) - 1)).to(image.dtype) / 255


OPERATIONS = ("auto_contrast", "posterize", "solarize", "rotate", "shear_x", "shear_y", "translate_x", "translate_y")


def operate(image, number, level, reversed_):
    strength, sign = level / 10, -1 if reversed_ else 1
    height, width = image.shape[1:]
    return {
        "auto_contrast": stretch,
        "posterize": lambda x: posterize(x, 4 - int(4 * strength)),
        "solarize": lambda x: torch.where(x >= 1 - strength, 1 - x, x),
        "rotate": lambda x: move(x, rotation(sign * 30 * strength)),
        "shear_x": lambda x: move(x, [[1, -sign * 0.3 * strength, 0], [0, 1, 0], [0, 0, 1]]),
        "shear_y": lambda x: move(x, [[1, 0, 0], [-sign * 0.3 * strength, 1, 0], [0, 0, 1]]),
        "translate_x": lambda x: move(x, translation(sign * width / 3 * strength, 0)),
        "translate_y": lambda x: move(x, translation(0, sign * height / 3 * strength)),
    }[OPERATIONS[number]](image)


def view(x, draws):
    """(1 - m)x + m Σ wᵢ cᵢ(x), image by image."""
    result = []
    width = draws["weights"].shape[1]
    depth = draws["operations"].shape[1] // width
    for n, image in enumerate(x):
        mixture = torch.zeros_like(image)
        for chain in range(width):
            c = image
            for i in range(depth if "depths" not in draws else draws["depths"][n, chain].item() + 1):
                k = chain * depth + i
                c = operate(c, draws["operations"][n, k], draws["levels"][n, k].item(), draws["reversed"][n, k])
            mixture += draws["weights"][n, chain] * c
        m = draws["share"][n]
        result.append((1 - m) * image + m * mixture)
    return torch.stack(result)


def augmix_draws(count, width, depth, dtype, severity, vary_depth=True):
    weights = uniform(count, width, dtype=dtype, low=0.1, high=1)
    draws = {"operations": torch.randint(0, len(OPERATIONS), (count, width * depth)),
             "levels": uniform(count, width * depth, dtype=dtype, low=0.1, high=severity),
             "reversed": torch.rand(count, width * depth) < 0.5,
             "weights": (weights / weights.sum(1, keepdim=True)).float().to(dtype), "share": uniform(count, dtype=dtype)}
    return draws | ({"depths": torch.randint(0, depth, (count, width))} if vary_depth else {})


def aug_mix(dtype):
    # Every operation alone at three strengths, then chains.
    count = len(OPERATIONS)
    for severity in (3, 10):
        x = uniform(3 * count, 2, 6, 9, dtype=dtype)
        draws = {"operations": torch.arange(count).repeat(3)[:, None], "levels": uniform(3 * count, 1, dtype=dtype, low=0.1, high=severity),
                 "reversed": torch.rand(3 * count, 1) < 0.5, "weights": torch.ones(3 * count, 1, dtype=dtype), "share": torch.ones(3 * count, dtype=dtype)}
        yield Case(f"augmix_operations_{severity}", {"input": x, **{f"draws.{k}": v for k, v in draws.items()}, "output": view(x, draws)}, {})

    network = unsettle(cnn()).to(dtype)
    for name, width, depth, vary_depth in (("augmix", 3, 3, True), ("augmix_fixed", 2, 1, False)):
        x, label, _ = batch((1, 8, 8), 10, dtype)
        first, second = (augmix_draws(COUNT, width, depth, dtype, 3, vary_depth) for _ in range(2))
        views = torch.cat([x, view(x, first), view(x, second)])

        def losses(n):
            logits = n(views).split(COUNT)
            p = [z.softmax(1) for z in logits]
            m = (p[0] + p[1] + p[2]) / 3
            divergence = sum((q * (q / m).log()).sum(1).mean() for q in p) / 3
            bounded = m.clamp(1e-7, 1).log()
            assert_close(sum(F.kl_div(bounded, q, reduction="batchmean") for q in p) / 3, divergence, "the authors' code")
            clean = F.cross_entropy(logits[0], label)
            return {"cross_entropy": clean, "jensen_shannon": divergence, "total": clean + 12 * divergence}

        yield record(name, network, x, label, {f"{which}.{key}": value for which, draws in (("first", first), ("second", second))
                                               for key, value in draws.items()}, losses)


def cases(dtype):
    for group in (mixup, cut_mix, manifold, aug_mix, disturbed):
        yield from group(dtype)
