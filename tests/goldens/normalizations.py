"""Normalisations without running statistics: output, input gradient and parameter gradients for a given output gradient.

layer_norm     y = (x - μ)/√(σ² + ε) w + b with μ and the biased σ² of the last dimensions (1607.06450)
group_norm     the same with those of each group of neighbouring channels (1803.08494); w and b per channel
instance_norm  the same with those of each channel (1607.08022)
rms_norm       y = x/√(mean x² + ε) w over the last dimensions (1910.07467, equation 4)
l2_normalize   y = x/max(‖x‖, ε) over one dimension

torch.nn has no RMSNorm in the version that the goldens are made with; it is compared with a second way to the same number.
"""
import torch
import torch.nn.functional as F
from torch import nn

from case import normal
from formulas import formula_case


class RMSNorm(nn.Module):
    """As PyTorch 2.4 defines it, by way of the norm: mean x² = ‖x‖²/D."""

    def __init__(self, shape, eps, affine=True):
        super().__init__()
        self.shape, self.eps = shape, eps
        self.weight = nn.Parameter(torch.ones(shape)) if affine else None

    def forward(self, x):
        flat = x.flatten(-len(self.shape))
        size = flat.shape[-1]
        y = (flat * size ** 0.5 / torch.sqrt(flat.norm(dim=-1, keepdim=True) ** 2 + size * self.eps)).view_as(x)
        return y if self.weight is None else y * self.weight


class L2Normalize(nn.Module):
    def __init__(self, dim, eps=1e-12):
        super().__init__()
        self.dim, self.eps = dim, eps

    def forward(self, x):
        return F.normalize(x, 2, self.dim, self.eps)


def standardise(x, axes, eps):
    mean = x.mean(axes, keepdim=True)
    variance = ((x - mean) ** 2).mean(axes, keepdim=True)
    return (x - mean) / torch.sqrt(variance + eps)


def learned(y, layer, shape):
    if layer.weight is None:
        return y
    y = y * layer.weight.view(shape)
    return y if layer.bias is None else y + layer.bias.view(shape)


def layer_norm(x, layer):
    shape = layer.normalized_shape
    return learned(standardise(x, list(range(-len(shape), 0)), layer.eps), layer, shape)


def per_channel(x):
    return [-1] + [1] * (x.dim() - 2)


def group_norm(x, layer):
    grouped = x.reshape(len(x), layer.num_groups, -1)
    return learned(standardise(grouped, [2], layer.eps).view_as(x), layer, per_channel(x))


def instance_norm(x, layer):
    return learned(standardise(x, list(range(2, x.dim())), layer.eps), layer, per_channel(x))


def rms_norm(x, layer):
    y = x / torch.sqrt((x * x).mean(list(range(-len(layer.shape), 0)), keepdim=True) + layer.eps)
    return y if layer.weight is None else y * layer.weight


def l2_normalize(x, layer):
    return x / (x * x).sum(layer.dim, keepdim=True).sqrt().clamp(min=layer.eps)


class LayerNormWithoutBias(nn.LayerNorm):
    """PyTorch 2.1's bias=False."""

    def __init__(self, shape):
        super().__init__(shape)
        self.bias = None


@torch.no_grad()
def unsettle(layer):
    """Scales and shifts that are not 1 and 0."""
    for name, parameter in layer.named_parameters():
        parameter.uniform_(0.5, 1.5) if name == "weight" else parameter.normal_(0, 0.3)
    return layer


def cases(dtype):
    def case(name, layer, formula, input, **settings):
        return formula_case(name, unsettle(layer), formula, input, settings)

    rows = normal(6, 10, dtype=dtype, scale=2, shift=1)
    sequence = normal(3, 4, 6, dtype=dtype, scale=2, shift=1)
    image = normal(3, 4, 5, 5, dtype=dtype, scale=2, shift=1)
    yield case("layer_norm", nn.LayerNorm(10), layer_norm, rows, eps=1e-5)
    yield case("layer_norm_eps", nn.LayerNorm(10, eps=1e-2), layer_norm, rows / 4, eps=1e-2)
    yield case("layer_norm_sequence", nn.LayerNorm(6), layer_norm, sequence, eps=1e-5)
    yield case("layer_norm_image", nn.LayerNorm([4, 5, 5]), layer_norm, image, eps=1e-5)
    yield case("layer_norm_no_affine", nn.LayerNorm(10, elementwise_affine=False), layer_norm, rows, affine=False)
    yield case("layer_norm_no_bias", LayerNormWithoutBias(10), layer_norm, rows, bias=False)
    yield case("group_norm_2", nn.GroupNorm(2, 4), group_norm, image, num_groups=2)
    yield case("group_norm_1_eps", nn.GroupNorm(1, 4, eps=1e-2), group_norm, image / 4, num_groups=1, eps=1e-2)
    yield case("group_norm_rows", nn.GroupNorm(2, 10), group_norm, rows, num_groups=2)
    yield case("group_norm_no_affine", nn.GroupNorm(2, 4, affine=False), group_norm, image, num_groups=2, affine=False)
    yield case("instance_norm1d", nn.InstanceNorm1d(4), instance_norm, sequence)
    yield case("instance_norm1d_affine", nn.InstanceNorm1d(4, affine=True), instance_norm, sequence, affine=True)
    yield case("instance_norm2d", nn.InstanceNorm2d(4), instance_norm, image)
    yield case("instance_norm2d_affine_eps", nn.InstanceNorm2d(4, affine=True, eps=1e-2), instance_norm, image / 4,
               affine=True, eps=1e-2)
    yield case("rms_norm", RMSNorm([10], 2.0 ** -23), rms_norm, rows, eps=2.0 ** -23)
    yield case("rms_norm_image_eps", RMSNorm([5, 5], 1e-2), rms_norm, image / 4, eps=1e-2)
    yield case("rms_norm_no_affine", RMSNorm([10], 2.0 ** -23, affine=False), rms_norm, rows, affine=False)
    yield case("l2_normalize", L2Normalize(1), l2_normalize, rows, dim=1)
    yield case("l2_normalize_channels", L2Normalize(1), l2_normalize, image, dim=1)
    yield case("l2_normalize_last", L2Normalize(-1), l2_normalize, image, dim=-1)
    yield case("l2_normalize_eps", L2Normalize(1, 6.0), l2_normalize, rows, dim=1, eps=6.0)  # some rows are shorter
