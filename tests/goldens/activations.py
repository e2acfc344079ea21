"""Activations: output, input gradient and parameter gradients for a given output gradient.

leaky_relu  y = x where x > 0, else s·x (Maas et al. 2013)
prelu       the same with a learned s, one or one for each channel (1502.01852, equation 1)
elu         y = x where x > 0, else α(eˣ - 1) (1511.07289, equation 16)
gelu        y = x Φ(x) = x/2 (1 + erf(x/√2)); its approximation x/2 (1 + tanh(√(2/π)(x + 0.044715 x³))) (1606.08415)
silu        y = x σ(x) (1702.03118)
mish        y = x tanh(ln(1 + eˣ)) (1908.08681, equation 1)
tanh        y = (eˣ - e⁻ˣ)/(eˣ + e⁻ˣ)
sigmoid     y = 1/(1 + e⁻ˣ)
softplus    y = ln(1 + e^(βx))/β, and x where βx > threshold
hardswish   y = x min(max(x + 3, 0), 6)/6 (1905.02244, section 5.2)
softmax     y = eˣ/Σeˣ over one dimension; log_softmax its logarithm

Every output of a layer of torch.nn is also computed from the formula above, and both must agree. Inputs hold a zero, where a
function is not smooth; there the derivative is that of the branch for negative numbers.
"""
import math

import torch
from torch import nn

from case import normal
from formulas import formula_case


def leaky_relu(x, layer):
    return x.clamp(min=0) + layer.negative_slope * x.clamp(max=0)


def prelu(x, layer):
    slopes = layer.weight if len(layer.weight) == 1 else layer.weight.view([-1] + [1] * (x.dim() - 2))
    return x.clamp(min=0) + slopes * x.clamp(max=0)


def elu(x, layer):
    return x.clamp(min=0) + layer.alpha * (x.clamp(max=0).exp() - 1)


def gelu(x, layer):
    if layer.approximate == "tanh":
        return x / 2 * (1 + torch.tanh(math.sqrt(2 / math.pi) * (x + 0.044715 * x ** 3)))
    return x / 2 * (1 + torch.erf(x / math.sqrt(2)))


def sigmoid(x, layer=None):
    return 1 / (1 + (-x).exp())


def silu(x, layer):
    return x * sigmoid(x)


def mish(x, layer):
    return x * torch.tanh((1 + x.exp()).log())


def tanh(x, layer):
    return (x.exp() - (-x).exp()) / (x.exp() + (-x).exp())


def softplus(x, layer):
    smooth = (1 + (layer.beta * x).exp()).log() / layer.beta
    return torch.where(layer.beta * x > layer.threshold, x, smooth)


def hardswish(x, layer):
    return x * (x + 3).clamp(0, 6) / 6


def softmax(x, layer):
    return x.exp() / x.exp().sum(layer.dim, keepdim=True)


def log_softmax(x, layer):
    return x - x.exp().sum(layer.dim, keepdim=True).log()


@torch.no_grad()
def slopes(layer):
    """Learned slopes that differ from each other."""
    layer.weight.uniform_(0.1, 0.6)
    return layer


def cases(dtype):
    x = normal(6, 10, dtype=dtype, scale=2)
    x[0, 0] = 0
    image = normal(3, 4, 5, 5, dtype=dtype)
    yield formula_case("leaky_relu", nn.LeakyReLU(), leaky_relu, x, {"negative_slope": 0.01})
    yield formula_case("leaky_relu_0.2", nn.LeakyReLU(0.2), leaky_relu, x, {"negative_slope": 0.2})
    yield formula_case("prelu", slopes(nn.PReLU()), prelu, x, {"num_parameters": 1})
    yield formula_case("prelu_image", slopes(nn.PReLU()), prelu, image, {"num_parameters": 1})
    yield formula_case("prelu_per_channel", slopes(nn.PReLU(10)), prelu, x, {"num_parameters": 10})
    yield formula_case("prelu_per_channel_image", slopes(nn.PReLU(4)), prelu, image, {"num_parameters": 4})
    yield formula_case("elu", nn.ELU(), elu, x, {"alpha": 1.0})
    yield formula_case("elu_0.5", nn.ELU(0.5), elu, x, {"alpha": 0.5})
    yield formula_case("gelu", nn.GELU(), gelu, x, {"approximate": "none"})
    yield formula_case("gelu_tanh", nn.GELU("tanh"), gelu, x, {"approximate": "tanh"})
    yield formula_case("silu", nn.SiLU(), silu, x, {})
    yield formula_case("mish", nn.Mish(), mish, x, {})
    yield formula_case("tanh", nn.Tanh(), tanh, x, {})
    yield formula_case("sigmoid", nn.Sigmoid(), sigmoid, x, {})
    yield formula_case("softplus", nn.Softplus(), softplus, x, {"beta": 1, "threshold": 20})
    yield formula_case("softplus_beta_3_threshold_4", nn.Softplus(3, 4), softplus, x, {"beta": 3, "threshold": 4})
    yield formula_case("hardswish", nn.Hardswish(), hardswish, 2 * x, {})
    yield formula_case("softmax", nn.Softmax(-1), softmax, x, {"dim": -1})
    yield formula_case("softmax_channels", nn.Softmax(1), softmax, image, {"dim": 1})
    yield formula_case("log_softmax", nn.LogSoftmax(-1), log_softmax, x, {"dim": -1})
    yield formula_case("log_softmax_channels", nn.LogSoftmax(1), log_softmax, image, {"dim": 1})
