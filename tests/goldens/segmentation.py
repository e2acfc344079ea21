"""Dice losses of maps of classes z [3, 4, 3, 5] with labels y [3, 3, 5], and their gradient with respect to z. p = softmax(z)
over the classes; a label of -100 is none: its position is in no sum. By loops over images and classes.

dice          1606.04797, section 3: mean over images n and classes k of 1 - (2 Σ p g + ε)/(Σ p² + Σ g² + ε)
generalized   1707.03237, section 2: mean over images of 1 - (2 Σ_k w Σ p g + ε)/(Σ_k w (Σ p + Σ g) + ε), w = 1/(Σ g)²; a
              class that the image has none of weighs as the largest other weight; 1 each where there is no label
batch         sums over all images; objects: without class 0
with_entropy  plus the mean of -log p[y] over labels
scores        intersection over union and Dice coefficient of arg max z, over all images; class 3 occurs nowhere, class 4 is
              never said
"""
import torch
import torch.nn.functional as F

from case import Case, normal

IMAGES, CLASSES, HEIGHT, WIDTH = 3, 4, 3, 5


def areas(z, y):
    """For each image [(Σ p g, Σ p, Σ p², Σ g) of each class]."""
    found = []
    for n in range(len(z)):
        of_classes = []
        for k in range(z.shape[1]):
            parts = [z.new_zeros(()) for _ in range(4)]
            for i in range(z.shape[2]):
                for j in range(z.shape[3]):
                    if y[n, i, j] < 0:
                        continue
                    p, g = z[n, :, i, j].exp()[k] / z[n, :, i, j].exp().sum(), float(y[n, i, j] == k)
                    parts = [a + b for a, b in zip(parts, (p * g, p, p ** 2, g))]
            of_classes.append(parts)
        found.append(of_classes)
    return found


def together(images):
    return [[[sum(image[k][part] for image in images) for part in range(4)] for k in range(len(images[0]))]]


def dice(images, epsilon):
    losses = [1 - (2 * pg + epsilon) / (pp + g + epsilon) for image in images for pg, _, pp, g in image]
    return sum(losses) / len(losses)


def generalized(images, epsilon):
    losses = []
    for image in images:
        weights = [1 / g.item() ** 2 if g > 0 else None for _, _, _, g in image]
        largest = max((w for w in weights if w is not None), default=1.0)
        weights = [largest if w is None else w for w in weights]
        part = sum(w * pg for w, (pg, _, _, _) in zip(weights, image))
        whole = sum(w * (p + g) for w, (_, p, _, g) in zip(weights, image))
        losses.append(1 - (2 * part + epsilon) / (whole + epsilon))
    return sum(losses) / len(losses)


def entropy(z, y):
    return -torch.stack([F.log_softmax(z[n, :, i, j], 0)[y[n, i, j]] for n, i, j in (y >= 0).nonzero().tolist()]).mean()


def case(name, z, y, loss):
    z = z.clone().requires_grad_()
    value = loss(z)
    (gradient,) = torch.autograd.grad(value, z)
    return Case(name, {"output": z.detach(), "labels": y, "loss": value.detach(), "gradient": gradient}, {})


def cases(dtype):
    z = normal(IMAGES, CLASSES, HEIGHT, WIDTH, dtype=dtype, scale=1.5)
    y = torch.randint(0, CLASSES, (IMAGES, HEIGHT, WIDTH))
    y[0][y[0] == 2] = 1                 # a class that an image has nothing of
    y[1, 0, :3] = -100
    nothing = y.clone()
    nothing[2] = -100                   # an image without any label
    for suffix, labels in (("", y), ("_without_labels", nothing)):
        yield case("dice" + suffix, z, labels, lambda v: dice(areas(v, labels), 1e-5))
        yield case("generalized" + suffix, z, labels, lambda v: generalized(areas(v, labels), 1e-5))
    yield case("batch", z, y, lambda v: dice(together(areas(v, y)), 1e-5))
    yield case("generalized_batch", z, y, lambda v: generalized(together(areas(v, y)), 1e-5))
    yield case("objects", z, y, lambda v: dice([image[1:] for image in areas(v, y)], 0.5))
    yield case("with_entropy", z, y, lambda v: dice(areas(v, y), 1e-5) + entropy(v, y))
    z = normal(IMAGES, 5, HEIGHT, WIDTH, dtype=dtype)
    z[:, 3:] -= 20
    y = torch.randint(0, 3, (IMAGES, HEIGHT, WIDTH))
    y[0, 0, 0], y[2, 1, 1] = 4, -100
    said = z.argmax(1)
    known = y >= 0
    iou, coefficient = [], []
    for k in range(5):
        a, b = (said == k) & known, (y == k) & known
        union = (a | b).sum().item()
        iou.append((a & b).sum().item() / union if union else float("nan"))
        coefficient.append(2 * (a & b).sum().item() / (a.sum() + b.sum()).item() if union else float("nan"))
    real = [v for v in iou if v == v], [v for v in coefficient if v == v]
    yield Case("scores", {"output": z, "labels": y,
                          "overlaps": torch.tensor([0.0 if v != v else v for v in iou], dtype=dtype),
                          "coefficients": torch.tensor([0.0 if v != v else v for v in coefficient], dtype=dtype),
                          "mean_overlap": torch.tensor(sum(real[0]) / len(real[0]), dtype=dtype),
                          "mean_coefficient": torch.tensor(sum(real[1]) / len(real[1]), dtype=dtype)}, {})
