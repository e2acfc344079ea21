"""Augmentations with supplied draws, image by image and mostly pixel by pixel.

Motions are 3 x 3 matrices of (column, row, 1) from the image's centre, rows downwards, that say where a point of the image goes.
A policy's motions are multiplied, the later to the left; y(p) is the bilinear interpolation of x at the inverse's image of p, with zeros
outside. The colour formulas are torchvision's (float images): blend(a, b, f) = clamp(f a + (1 - f) b, 0, 1), grey = 0.2989 R + 0.587 G +
0.114 B. Hue goes through the standard library's colorsys.
"""
import colorsys
import math

import torch
import torch.nn.functional as F

from augment import draw_shift, shift
from case import Case, assert_close, normal, uniform
from tones import blur, equalize, posterize, stretch


def rotation(degrees):
    """Counter-clockwise on the screen."""
    c, s = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
    return [[c, s, 0], [-s, c, 0], [0, 0, 1]]


def scaling(factor):
    return [[factor, 0, 0], [0, factor, 0], [0, 0, 1]]


def shear(vertical, horizontal):
    """x leans first, then y: x' = x - tan(a) y, y' = y - tan(b) x'."""
    lean = torch.tensor([[1, -math.tan(math.radians(vertical)), 0], [0, 1, 0], [0, 0, 1]], dtype=torch.float64)
    rise = torch.tensor([[1, 0, 0], [-math.tan(math.radians(horizontal)), 1, 0], [0, 0, 1]], dtype=torch.float64)
    return (rise @ lean).tolist()


def translation(right, down):
    return [[1, 0, right], [0, 1, down], [0, 0, 1]]


def mirror(horizontal, vertical):
    return [[-1 if horizontal else 1, 0, 0], [0, -1 if vertical else 1, 0], [0, 0, 1]]


def move(image, *motions):
    """One image [C, H, W] under motions in the order in which they happen."""
    height, width = image.shape[1:]
    product = torch.eye(3, dtype=torch.float64)
    for motion in motions:
        product = torch.tensor(motion, dtype=torch.float64) @ product
    inverse = torch.inverse(product)
    result = torch.zeros_like(image)
    for i in range(height):
        for j in range(width):
            place = inverse @ torch.tensor([j - (width - 1) / 2, i - (height - 1) / 2, 1], dtype=torch.float64)
            column, row = place[0].item() + (width - 1) / 2, place[1].item() + (height - 1) / 2
            left, top = math.floor(column), math.floor(row)
            for r, c in ((top, left), (top, left + 1), (top + 1, left), (top + 1, left + 1)):
                if 0 <= r < height and 0 <= c < width:
                    result[:, i, j] += image[:, r, c] * (1 - abs(row - r)) * (1 - abs(column - c))
    return result


def each(function, images, *numbers):
    return torch.stack([function(image, *[n[k].tolist() for n in numbers]) for k, image in enumerate(images)])


def clamp(image):
    return image.clamp(0, 1)


def blend(image, other, factor):
    return clamp(factor * image + (1 - factor) * other)


def grey(image):
    if len(image) == 1:
        return image
    return (0.2989 * image[0] + 0.587 * image[1] + 0.114 * image[2])[None]


def brightness(image, factor):
    return clamp(image * factor)


def contrast(image, factor):
    return blend(image, grey(image).mean(), factor)


def saturation(image, factor):
    return blend(image, grey(image), factor)


def hue(image, turn):
    result = torch.empty_like(image)
    for i in range(image.shape[1]):
        for j in range(image.shape[2]):
            h, s, v = colorsys.rgb_to_hsv(*image[:, i, j].tolist())
            result[:, i, j] = torch.tensor(colorsys.hsv_to_rgb((h + turn) % 1.0, s, v), dtype=image.dtype)
    return result


def cutout(image, row, column, length):
    """The square of 1708.04552: exactly `length` pixels a side, where the authors' code takes an even number of them."""
    result = image.clone()
    top, left = row - length // 2, column - length // 2
    result[:, max(top, 0):max(top + length, 0), max(left, 0):max(left + length, 0)] = 0
    return result


def erase(image, erased, areas, ratios, corner, value=0.0):
    """1708.04896 with torchvision's ten attempts; the corner's uniform number chooses among the places that fit."""
    height, width = image.shape[1:]
    result = image.clone()
    if not erased:
        return result
    for area, ratio in zip(areas, ratios):
        h = round(math.sqrt(area * height * width * math.exp(ratio)))
        w = round(math.sqrt(area * height * width / math.exp(ratio)))
        if h < height and w < width:
            top, left = math.floor(corner[0] * (height - h + 1)), math.floor(corner[1] * (width - w + 1))
            result[:, top:top + h, left:left + w] = value
            break
    return result


OPERATIONS = ("identity", "auto_contrast", "equalize", "posterize", "solarize", "rotate", "shear_x", "shear_y", "translate_x", "translate_y",
              "brightness", "contrast", "sharpness", "color")


def vary(image, operations, reverse, magnitude):
    """RandAugment (1909.13719) with the magnitudes of torchvision: bins 0 ... 30."""
    level = magnitude / 30
    for number, reversed_ in zip(operations, reverse):
        name, sign = OPERATIONS[number], -1 if reversed_ else 1
        width, height = image.shape[2], image.shape[1]
        image = {
            "identity": lambda x: x,
            "auto_contrast": stretch,
            "equalize": equalize,
            "posterize": lambda x: x if round(4 * level) == 0 else posterize(x, 8 - round(4 * level)),
            "solarize": lambda x: torch.where(x > 1 - level, 1 - x, x),
            "rotate": lambda x: move(x, rotation(sign * 30 * level)),
            "shear_x": lambda x: move(x, [[1, -sign * 0.3 * level, 0], [0, 1, 0], [0, 0, 1]]),
            "shear_y": lambda x: move(x, [[1, 0, 0], [-sign * 0.3 * level, 1, 0], [0, 0, 1]]),
            "translate_x": lambda x: move(x, translation(sign * 150 / 331 * width * level, 0)),
            "translate_y": lambda x: move(x, translation(0, sign * 150 / 331 * height * level)),
            "brightness": lambda x: brightness(x, 1 + sign * 0.9 * level),
            "contrast": lambda x: contrast(x, 1 + sign * 0.9 * level),
            "sharpness": lambda x: blend(x, blur(x), 1 + sign * 0.9 * level),
            "color": lambda x: saturation(x, 1 + sign * 0.9 * level),
        }[name](image)
    return image


def images(count, channels, height, width, dtype):
    return uniform(count, channels, height, width, dtype=dtype)


def events(*shape):
    return torch.rand(*shape) < 0.5


def case(name, x, output, draws, **settings):
    return Case(name, {"input": x, **{f"draws.{key}": value for key, value in draws.items()}, "output": output}, settings)


def motions(dtype):
    x = images(6, 2, 6, 9, dtype)
    degrees = uniform(6, dtype=dtype, low=-180, high=180)
    yield case("rotation", x, each(lambda i, d: move(i, rotation(d)), x, degrees), {"degrees": degrees})
    factors = uniform(6, dtype=dtype, low=0.5, high=2)
    yield case("scaling", x, each(lambda i, f: move(i, scaling(f)), x, factors), {"factors": factors})
    leans = uniform(6, 2, dtype=dtype, low=-40, high=40)
    yield case("shear", x, each(lambda i, s: move(i, shear(*s)), x, leans), {"degrees": leans})
    shares = uniform(6, 2, dtype=dtype, low=-0.5, high=0.5)
    yield case("translation", x, each(lambda i, s: move(i, translation(s[0] * 9, s[1] * 6)), x, shares), {"shares": shares})
    flips = torch.tensor([[h, v] for h in (0, 1) for v in (0, 1)] + [[1, 0], [0, 1]]).bool()
    flipped = each(lambda i, h, v: i.flip([d for d, on in ((2, h), (1, v)) if on]), x, flips[:, 0], flips[:, 1])
    assert_close(each(lambda i, h, v: move(i, mirror(h, v)), x, flips[:, 0], flips[:, 1]), flipped, "mirrors")
    yield case("flips", x, flipped, {"horizontal": flips[:, 0], "vertical": flips[:, 1]})
    whole = torch.randint(0, 5, (6, 2))
    angle, size = uniform(6, dtype=dtype, low=-20, high=20), uniform(6, dtype=dtype, low=0.85, high=1.15)

    # An offset r in the padded image moves what is seen by 2 - r.
    def compose(i, s, a, f, h):
        return move(i, translation(2 - s[1], 2 - s[0]), rotation(a), scaling(f), mirror(h, 0))

    yield case("composed", x, each(compose, x, whole, angle, size, flips[:, 0]),
               {"shift": whole, "degrees": angle, "factors": size, "horizontal": flips[:, 0]})
    centre = (slice(None), slice(None), slice(3, 4), slice(3, 4))  # far from every border, no rounding at the edge
    theta = torch.tensor([torch.inverse(torch.tensor(rotation(a), dtype=torch.float64))[:2].tolist() for a in angle.tolist()])
    square = images(6, 1, 7, 7, dtype)
    grid = F.affine_grid(theta.to(dtype), square.shape, align_corners=False)
    assert_close(F.grid_sample(square, grid, align_corners=False)[centre], each(lambda i, a: move(i, rotation(a)), square, angle)[centre],
                 "grid_sample")


def colors(dtype):
    for channels in (1, 3):
        x = images(5, channels, 4, 6, dtype)
        factors = uniform(5, dtype=dtype, low=0, high=2)
        yield case(f"brightness_{channels}", x, each(brightness, x, factors), {"factors": factors})
        yield case(f"contrast_{channels}", x, each(contrast, x, factors), {"factors": factors})
    yield case("saturation", x, each(saturation, x, factors), {"factors": factors})
    x = x.clone()
    x[:, :, 0, 0] = 0.25  # grey, and every tie of two channels
    x[:, 0, 0, 1] = x[:, 1, 0, 1] = 0.75
    x[:, 1, 0, 2] = x[:, 2, 0, 2] = 0.75
    x[:, 0, 0, 3] = x[:, 2, 0, 3] = 0.75
    turns = uniform(5, dtype=dtype, low=-0.5, high=0.5)
    yield case("hue", x, each(hue, x, turns), {"turns": turns})


def others(dtype):
    x = images(6, 2, 7, 9, dtype)
    noise = normal(*x.shape, dtype=dtype)
    yield case("noise", x, x + 0.3 * noise, {"noise": noise}, std=0.3)
    yield case("noise_clipped", x, clamp(x + 0.3 * noise), {"noise": noise}, std=0.3)
    rows, columns = torch.tensor([[0], [6], [3], [2], [5], [0]]), torch.tensor([[0], [8], [4], [8], [1], [5]])
    for length in (1, 3, 4, 7):
        yield case(f"cutout_{length}", x, each(lambda i, r, c: cutout(i, r[0], c[0], length), x, rows, columns),
                   {"rows": rows, "columns": columns}, length=length)
    x = images(12, 2, 9, 11, dtype)
    draws = {"erased": torch.arange(12) % 4 != 0, "areas": uniform(12, 10, dtype=dtype, low=0.02, high=0.9),
             "ratios": uniform(12, 10, dtype=dtype, low=math.log(0.3), high=math.log(3.3)), "corners": uniform(12, 2, dtype=dtype)}
    draws["areas"][5] = 0.98  # no proposal fits
    draws["corners"][6] = 1 - 2 ** -24
    yield case("erasing", x, each(lambda *a: erase(*a, value=0.5), x, *draws.values()), draws, value=0.5)
    mean, std = [0.5, 0.4, 0.3], [0.2, 0.25, 0.3]
    x = images(3, 3, 4, 5, dtype)
    yield case("normalize", x, (x - torch.tensor(mean, dtype=dtype)[:, None, None]) / torch.tensor(std, dtype=dtype)[:, None, None], {})


def rand_augment(dtype):
    # The larger images have enough pixels to be equalized.
    for channels, count, height, width in ((1, 13, 18, 16), (3, 14, 6, 8)):
        x = images(2 * count, channels, height, width, dtype)
        x[1, 0] = 0.5  # a flat channel
        operations = torch.stack([torch.arange(count).repeat(2), torch.randint(0, count, (2 * count,))], 1)
        reverse = torch.stack([torch.arange(2 * count) < count, events(2 * count)], 1)
        for magnitude in (0, 9, 30):
            yield case(f"rand_augment_{channels}_{magnitude}", x, each(lambda i, o, r: vary(i, o, r, magnitude), x, operations, reverse),
                       {"operations": operations, "reversed": reverse}, magnitude=magnitude)


def step(name, x, seen, draws, dtype, **settings):
    """One step of a linear classifier on augmented images: loss and gradients."""
    features, classes = x[0].numel(), 5
    weight, bias = normal(classes, features, dtype=dtype, scale=0.3).requires_grad_(), normal(classes, dtype=dtype).requires_grad_()
    label = torch.randint(0, classes, (len(x),))
    loss = F.cross_entropy(seen.flatten(1) @ weight.T + bias, label)
    gradients = torch.autograd.grad(loss, (weight, bias))
    return Case(name, {"input": x, "label": label, **{f"draws.{key}": value for key, value in draws.items()}, "initial.1.weight": weight.detach(),
                       "initial.1.bias": bias.detach(), "loss": loss.detach(), "gradient.1.weight": gradients[0], "gradient.1.bias": gradients[1]}, settings)


def steps(dtype):
    x = images(6, 1, 8, 8, dtype)
    draws = {"shift": draw_shift(6), "rotation": uniform(6, dtype=dtype, low=-20, high=20), "scale": uniform(6, dtype=dtype, low=0.85, high=1.15),
             "noise": normal(*x.shape, dtype=dtype), "rows": torch.randint(0, 8, (6, 1)), "columns": torch.randint(0, 8, (6, 1))}

    def strong(i, s, a, f, noise, row, column):
        moved = move(i, translation(1 - s[1], 1 - s[0]), rotation(a), scaling(f))
        return cutout(moved + 0.1 * torch.tensor(noise, dtype=dtype), row[0], column[0], 3)

    yield step("step_grey", x, each(strong, x, *draws.values()), draws, dtype)

    x = images(6, 3, 6, 8, dtype)
    draws = {"mirrored": events(6), "crop": draw_shift(6, 2), "brightness": uniform(6, dtype=dtype, low=0.6, high=1.4),
             "contrast": uniform(6, dtype=dtype, low=0.6, high=1.4), "saturation": uniform(6, dtype=dtype, low=0.6, high=1.4),
             "hue": uniform(6, dtype=dtype, low=-0.1, high=0.1), "operations": torch.randint(0, 14, (6, 2)), "reversed": events(6, 2),
             "erased": events(6), "areas": uniform(6, 10, dtype=dtype, low=0.02, high=0.33),
             "ratios": uniform(6, 10, dtype=dtype, low=math.log(0.3), high=math.log(3.3)), "corners": uniform(6, 2, dtype=dtype)}

    def colored(i, m, c, b, k, s, h, o, r, *erasing):
        i = i.flip(2) if m else i
        i = shift(i[None], torch.tensor([c]), 2)[0]
        i = vary(hue(saturation(contrast(brightness(i, b), k), s), h), o, r, 9)
        return (erase(i, *erasing) - 0.5) / 0.25

    yield step("step_color", x, each(colored, x, *draws.values()), draws, dtype)


def cases(dtype):
    for group in (motions, colors, others, rand_augment, steps):
        yield from group(dtype)
