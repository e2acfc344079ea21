"""Convolutions of one to three dimensions, transposed and causal ones.

conv             y[n,o,i] = b[o] + Σ_{c,u} W[o,c,u] x̃[n, g(o)·C/G + c, s·i + d·u], x̃ = x padded with p zeros on each side,
                 g(o) = the group of output channel o; i and u run over all spatial dimensions
conv transposed  y[n,o,s·i + d·u - p] += W[c,o,u] x[n,c,i] for c in o's group, wherever that index exists, plus b[o];
                 the size is (L - 1)·s - 2p + d·(k - 1) + output padding + 1
temporal         conv1d of x with d·(k - 1) zeros on its left (1803.01271, section 3.1)
"""
import itertools

import torch
import torch.nn.functional as F
from torch import nn

from case import normal
from formulas import formula_case


class TemporalConv(nn.Conv1d):
    """A causal convolution: y[t] depends on x[0] ... x[t]."""

    def forward(self, x):
        return super().forward(F.pad(x, (self.dilation[0] * (self.kernel_size[0] - 1), 0)))


def with_bias(y, layer):
    return y if layer.bias is None else y + layer.bias.view([1, -1] + [1] * (y.dim() - 2))


def convolution(x, layer):
    k, s, p, d, groups = layer.kernel_size, layer.stride, layer.padding, layer.dilation, layer.groups
    axes, outputs, per_group = range(len(k)), layer.weight.shape[0], layer.weight.shape[1]
    padded = F.pad(x, [p[a] for a in reversed(axes) for _ in range(2)])
    sizes = [(x.shape[2 + a] + 2 * p[a] - d[a] * (k[a] - 1) - 1) // s[a] + 1 for a in axes]
    y = x.new_zeros(x.shape[0], outputs, *sizes)
    for out in range(outputs):
        first = out // (outputs // groups) * per_group
        for offset in itertools.product(*(range(size) for size in k)):
            window = padded[(slice(None), slice(first, first + per_group))
                            + tuple(slice(d[a] * offset[a], d[a] * offset[a] + s[a] * (sizes[a] - 1) + 1, s[a]) for a in axes)]
            y[:, out] += torch.einsum("nc...,c->n...", window, layer.weight[(out, slice(None)) + offset])
    return with_bias(y, layer)


def transposed(x, layer):
    k, s, p, d, groups = layer.kernel_size, layer.stride, layer.padding, layer.dilation, layer.groups
    axes, inputs, per_group = range(len(k)), layer.weight.shape[0], layer.weight.shape[1]
    sizes = [(x.shape[2 + a] - 1) * s[a] - 2 * p[a] + d[a] * (k[a] - 1) + layer.output_padding[a] + 1 for a in axes]
    y = x.new_zeros(x.shape[0], per_group * groups, *sizes)
    for c in range(inputs):
        first = c // (inputs // groups) * per_group
        for offset in itertools.product(*(range(size) for size in k)):
            for place in itertools.product(*(range(x.shape[2 + a]) for a in axes)):
                target = [s[a] * place[a] + d[a] * offset[a] - p[a] for a in axes]
                if all(0 <= target[a] < sizes[a] for a in axes):
                    y[(slice(None), slice(first, first + per_group)) + tuple(target)] += torch.einsum(
                        "n,o->no", x[(slice(None), c) + place], layer.weight[(c, slice(None)) + offset])
    return with_bias(y, layer)


def temporal(x, layer):
    (n, _, length), (outputs, per_group, k), d = x.shape, layer.weight.shape, layer.dilation[0]
    y = x.new_zeros(n, outputs, length)
    for out in range(outputs):
        first = out // (outputs // layer.groups) * per_group
        for t, u in itertools.product(range(length), range(k)):
            source = t - d * (k - 1 - u)
            if source >= 0:
                y[:, out, t] += x[:, first:first + per_group, source] @ layer.weight[out, :, u]
    return with_bias(y, layer)


SETTINGS = ("in_channels", "out_channels", "kernel_size", "stride", "padding", "output_padding", "dilation", "groups")


def case(name, layer, formula, input):
    found = {setting: getattr(layer, setting) for setting in SETTINGS}
    found = {setting: value[0] if isinstance(value, tuple) else value for setting, value in found.items()}
    return formula_case(name, layer, formula, input, {**found, "bias": layer.bias is not None})


def cases(dtype):
    def input(*shape):
        return normal(*shape, dtype=dtype)

    yield case("conv1d", nn.Conv1d(3, 4, 3), convolution, input(3, 3, 9))
    yield case("conv1d_all_options", nn.Conv1d(4, 6, 3, stride=2, padding=2, dilation=2, groups=2, bias=False),
               convolution, input(3, 4, 10))
    yield case("conv3d", nn.Conv3d(2, 3, 3), convolution, input(2, 2, 4, 5, 6))
    yield case("conv3d_all_options", nn.Conv3d(4, 6, 2, stride=2, padding=1, dilation=2, groups=2, bias=False),
               convolution, input(2, 4, 5, 4, 6))
    yield case("conv_transpose1d", nn.ConvTranspose1d(3, 4, 3), transposed, input(3, 3, 7))
    yield case("conv_transpose1d_all_options",
               nn.ConvTranspose1d(4, 6, 3, stride=3, padding=1, output_padding=2, dilation=2, groups=2, bias=False),
               transposed, input(3, 4, 5))
    yield case("conv_transpose2d", nn.ConvTranspose2d(3, 4, 3), transposed, input(3, 3, 5, 5))
    yield case("conv_transpose2d_doubling", nn.ConvTranspose2d(3, 4, 3, stride=2, padding=1, output_padding=1),
               transposed, input(3, 3, 4, 4))
    yield case("conv_transpose2d_all_options",
               nn.ConvTranspose2d(4, 6, 2, stride=2, padding=1, output_padding=1, dilation=3, groups=2, bias=False),
               transposed, input(3, 4, 4, 3))
    yield case("temporal_conv", TemporalConv(3, 4, 3), temporal, input(3, 3, 8))
    yield case("temporal_conv_dilated", TemporalConv(4, 6, 2, dilation=4, groups=2, bias=False), temporal, input(3, 4, 9))
    yield case("temporal_conv_pointwise", TemporalConv(3, 4, 1), temporal, input(3, 3, 5))
