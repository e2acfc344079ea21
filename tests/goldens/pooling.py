"""Pooling of sequences and images.

max           y = maximum over the window; padding counts as -∞
avg           y = sum over the window, padding as zeros, divided by the number of elements: k^dims with count_include_pad,
              else those that are not padding
adaptive avg  y[i] = mean of x[⌊i·L/s⌋ ... ⌈(i + 1)·L/s⌉ - 1] in both dimensions
global avg    the mean over all spatial dimensions, which go away (1312.4400, section 3.2)
"""
import itertools
import math

import torch
from torch import nn

from case import normal
from formulas import formula_case


class GlobalAvgPool(nn.Module):
    def forward(self, x):
        return x.flatten(2).mean(2)


def number(value):
    return value[0] if isinstance(value, tuple) else value


def windows(x, layer):
    """For each place of the output, the elements of its window that are not padding: (place, [N, C, elements])."""
    k, s, p = (number(value) for value in (layer.kernel_size, layer.stride, layer.padding))
    sizes = [(size + 2 * p - k) // s + 1 for size in x.shape[2:]]
    for place in itertools.product(*(range(size) for size in sizes)):
        inside = [slice(max(i * s - p, 0), min(i * s - p + k, size)) for i, size in zip(place, x.shape[2:])]
        yield sizes, place, x[(slice(None), slice(None), *inside)].flatten(2)


def collect(x, found):
    places = list(found)
    y = x.new_zeros(*x.shape[:2], *places[0][0])
    for _, place, value in places:
        y[(slice(None), slice(None)) + place] = value
    return y


def maximum(x, layer):
    return collect(x, ((sizes, place, window.amax(2)) for sizes, place, window in windows(x, layer)))


def average(x, layer):
    area = number(layer.kernel_size) ** (x.dim() - 2)
    return collect(x, ((sizes, place, window.sum(2) / (area if layer.count_include_pad else window.shape[2]))
                       for sizes, place, window in windows(x, layer)))


def adaptive(x, layer):
    s, (height, width) = layer.output_size, x.shape[2:]
    y = x.new_zeros(*x.shape[:2], s, s)
    for i, j in itertools.product(range(s), range(s)):
        y[:, :, i, j] = x[:, :, i * height // s:math.ceil((i + 1) * height / s),
                          j * width // s:math.ceil((j + 1) * width / s)].mean((2, 3))
    return y


def whole(x, layer):
    return torch.einsum("nc...->nc", x) / math.prod(x.shape[2:])


SETTINGS = ("kernel_size", "stride", "padding", "count_include_pad", "output_size")


def case(name, layer, formula, input):
    found = {setting: number(getattr(layer, setting)) for setting in SETTINGS if hasattr(layer, setting)}
    return formula_case(name, layer, formula, input, found)


def cases(dtype):
    def input(*shape):
        return normal(*shape, dtype=dtype)

    yield case("max_pool1d", nn.MaxPool1d(2), maximum, input(3, 2, 9))
    yield case("max_pool1d_overlapping", nn.MaxPool1d(3, 2, 1), maximum, input(3, 2, 8) - 3)  # a zero would win
    yield case("avg_pool1d", nn.AvgPool1d(2), average, input(3, 2, 9))
    yield case("avg_pool1d_padded", nn.AvgPool1d(3, 2, 1), average, input(3, 2, 8))
    yield case("avg_pool1d_padding_not_counted", nn.AvgPool1d(3, 2, 1, count_include_pad=False), average, input(3, 2, 8))
    yield case("avg_pool2d", nn.AvgPool2d(2), average, input(3, 2, 7, 6))
    yield case("avg_pool2d_padded", nn.AvgPool2d(3, 2, 1), average, input(3, 2, 8, 7))
    yield case("avg_pool2d_padding_not_counted", nn.AvgPool2d(3, 2, 1, count_include_pad=False), average, input(3, 2, 8, 7))
    yield case("adaptive_avg_pool2d", nn.AdaptiveAvgPool2d(2), adaptive, input(3, 2, 6, 4))
    yield case("adaptive_avg_pool2d_overlapping", nn.AdaptiveAvgPool2d(3), adaptive, input(3, 2, 7, 5))
    yield case("adaptive_avg_pool2d_enlarging", nn.AdaptiveAvgPool2d(4), adaptive, input(3, 2, 3, 5))
    yield case("adaptive_avg_pool2d_of_one", nn.AdaptiveAvgPool2d(1), adaptive, input(3, 2, 5, 4))
    yield case("global_avg_pool1d", GlobalAvgPool(), whole, input(3, 4, 7))
    yield case("global_avg_pool2d", GlobalAvgPool(), whole, input(3, 4, 5, 6))
