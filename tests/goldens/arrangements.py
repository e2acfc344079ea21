"""Layers that move elements: reshaping, permuting, padding, changing the resolution; and one that weighs channels.

reshape         the elements of a sample, in order, in another shape
permute         y[n, i, j, ...] = x with the same indices at the dimensions' old places
pad             zeros: x̃[i] = x[i - a] inside, 0 outside; reflect: index -i is i, and L - 1 + i is L - 1 - i
pixel shuffle   y[c, r·i + u, r·j + v] = x[c·r² + r·u + v, i, j] (1609.05158, equation 4)
upsample        nearest: y[i, j] = x[⌊i/s⌋, ⌊j/s⌋]; bilinear: at the source t = max((i + 1/2)/s - 1/2, 0), between ⌊t⌋ and
                min(⌊t⌋ + 1, L - 1) by the fraction of t, in both dimensions
squeeze-excite  y = x · σ(W₂ max(0, W₁ z + b₁) + b₂), z the mean of each channel (1709.01507, equations 2 to 4)
"""
import itertools

import torch
import torch.nn.functional as F
from torch import nn

from case import normal
from formulas import formula_case


class Function(nn.Module):
    """A layer without parameters."""

    def __init__(self, function, **settings):
        super().__init__()
        self.function, self.settings = function, settings

    def forward(self, x):
        return self.function(x)


class SqueezeExcite(nn.Module):
    """As torchvision.ops.SqueezeExcitation: the linear maps are convolutions of an image of one pixel."""

    def __init__(self, channels, reduction):
        super().__init__()
        self.fc1 = nn.Conv2d(channels, channels // reduction, 1)
        self.fc2 = nn.Conv2d(channels // reduction, channels, 1)
        self.settings = {"channels": channels, "reduction": reduction}

    def forward(self, x):
        return x * torch.sigmoid(self.fc2(F.relu(self.fc1(F.adaptive_avg_pool2d(x, 1)))))


def reshape(sizes):
    def formula(x, layer):
        y = x.new_empty(len(x), *sizes)
        y.view(-1).copy_(x.contiguous().view(-1))
        return y
    return Function(lambda x: x.unflatten(1, (x.shape[1],)).flatten(1).view(len(x), *sizes), sizes=list(sizes)), formula


def permute(dimensions):
    def formula(x, layer):
        y = x.new_empty(len(x), *(x.shape[d] for d in dimensions))
        for index in itertools.product(*(range(size) for size in y.shape[1:])):
            source = [index[dimensions.index(d)] for d in range(1, x.dim())]
            y[(slice(None), *index)] = x[(slice(None), *source)]
        return y
    return Function(lambda x: x.permute(0, *dimensions), dimensions=list(dimensions)), formula


def pad(amount, mode):
    def formula(x, layer):
        y = x
        for axis in range(2, x.dim()):
            size = x.shape[axis]
            sources = [i - amount for i in range(size + 2 * amount)]
            if mode == "reflect":
                mirrored = torch.tensor([-i if i < 0 else 2 * (size - 1) - i if i >= size else i for i in sources])
                y = y.index_select(axis, mirrored)
            else:
                slices = [y.select(axis, i) if 0 <= i < size else torch.zeros_like(y.select(axis, 0)) for i in sources]
                y = torch.stack(slices, axis)
        return y
    name = "constant" if mode == "zeros" else mode
    return Function(lambda x: F.pad(x, (amount,) * (2 * (x.dim() - 2)), mode=name), amount=amount, mode=mode), formula


def shuffle(r):
    def formula(x, layer):
        n, c, h, w = x.shape
        y = x.new_empty(n, c // r ** 2, r * h, r * w)
        for channel, u, v in itertools.product(range(c // r ** 2), range(r), range(r)):
            y[:, channel, u::r, v::r] = x[:, channel * r ** 2 + r * u + v]
        return y
    return nn.PixelShuffle(r), formula


def upsample(scale, mode):
    def line(x, axis):
        size, i = x.shape[axis], torch.arange(scale * x.shape[axis])
        if mode == "nearest":
            return x.index_select(axis, i // scale)
        t = ((i.to(x.dtype) + 0.5) / scale - 0.5).clamp_min(0)
        low, fraction = t.floor().long(), t - t.floor()
        shape = [-1 if a == axis else 1 for a in range(x.dim())]
        high = (low + 1).clamp_max(size - 1)
        return x.index_select(axis, low) * (1 - fraction).view(shape) + x.index_select(axis, high) * fraction.view(shape)

    def formula(x, layer):
        return line(line(x, 2), 3)
    corners = None if mode == "nearest" else False
    return Function(lambda x: F.interpolate(x, scale_factor=scale, mode=mode, align_corners=corners), scale=scale, mode=mode), formula


def squeeze_excite(x, layer):
    z = torch.einsum("nchw->nc", x) / (x.shape[2] * x.shape[3])
    hidden = torch.einsum("nc,sc->ns", z, layer.fc1.weight[:, :, 0, 0]) + layer.fc1.bias
    gate = torch.einsum("ns,cs->nc", hidden * (hidden > 0), layer.fc2.weight[:, :, 0, 0]) + layer.fc2.bias
    return torch.einsum("nchw,nc->nchw", x, 1 / (1 + torch.exp(-gate)))


def cases(dtype):
    def case(name, pair, *shape):
        layer, formula = pair
        return formula_case(name, layer, formula, normal(*shape, dtype=dtype), getattr(layer, "settings", {}))

    yield case("reshape", reshape((2, 3, 4)), 3, 24)
    yield case("reshape_with_an_unknown_size", reshape((4, 6)), 3, 2, 3, 4)
    yield case("permute", permute((2, 1)), 3, 4, 5)
    yield case("permute_image", permute((3, 1, 2)), 3, 4, 5, 2)
    yield case("pad_zeros_1d", pad(2, "zeros"), 3, 2, 5)
    yield case("pad_zeros_2d", pad(1, "zeros"), 3, 2, 4, 5)
    yield case("pad_reflect_1d", pad(3, "reflect"), 3, 2, 5)
    yield case("pad_reflect_2d", pad(2, "reflect"), 3, 2, 4, 3)
    yield case("pixel_shuffle", shuffle(2), 3, 8, 3, 2)
    yield case("pixel_shuffle_3", shuffle(3), 2, 9, 2, 3)
    yield case("upsample_nearest", upsample(2, "nearest"), 3, 2, 3, 4)
    yield case("upsample_bilinear", upsample(2, "bilinear"), 3, 2, 3, 4)
    yield case("upsample_bilinear_3", upsample(3, "bilinear"), 2, 2, 4, 3)
    yield case("squeeze_excite", (SqueezeExcite(8, 4), squeeze_excite), 3, 8, 4, 5)
