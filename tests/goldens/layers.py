"""Single layers: output, input gradient and parameter gradients for a given output gradient; buffers after the pass.

linear      y = x Wᵀ + b
conv2d      y[n,o,i,j] = b[o] + Σ_{c,u,v} W[o,c,u,v] x̃[n, g(o)·C/G + c, s·i + d·u, s·j + d·v],
            x̃ = x padded with zeros, g(o) = the group of output channel o
batchnorm   training: y = γ (x - μ)/√(σ² + ε) + β with the batch's μ and biased σ² per channel (1502.03167, algorithm 1);
            running ← (1 - m)·running + m·batch, with the unbiased σ²; inference uses the running statistics
relu        y = max(0, x), with derivative 0 at 0
maxpool2d   y = maximum over the window; padding counts as -∞
flatten     [N, ...] -> [N, product]
dropout     training: y = x·keep/(1 - p) (1207.0580, scaled in training instead of in inference); inference: y = x

Every output of a layer of torch.nn is also computed from the formula above, and both must agree.
"""
import torch
import torch.nn.functional as F
from torch import nn

from case import Case, assert_close, normal
from networks import pass_through, unsettle


def linear(x, layer, training):
    y = torch.einsum("ni,oi->no", x, layer.weight)
    return y if layer.bias is None else y + layer.bias


def conv2d(x, layer, training):
    (n, c, h, w), (o, per_group, k, _) = x.shape, layer.weight.shape
    s, p, d, g = layer.stride[0], layer.padding[0], layer.dilation[0], layer.groups
    padded = F.pad(x, (p, p, p, p))
    rows, columns = ((size + 2 * p - d * (k - 1) - 1) // s + 1 for size in (h, w))
    y = x.new_zeros(n, o, rows, columns)
    for out in range(o):
        first = out // (o // g) * per_group
        for u in range(k):
            for v in range(k):
                window = padded[:, first:first + per_group, d * u:, d * v:][..., ::s, ::s][..., :rows, :columns]
                y[:, out] += torch.einsum("nchw,c->nhw", window, layer.weight[out, :, u, v])
    return y if layer.bias is None else y + layer.bias.view(1, -1, 1, 1)


def batch_norm(x, layer, training):
    axes, shape = [a for a in range(x.dim()) if a != 1], [1, -1] + [1] * (x.dim() - 2)
    mean, variance = layer.running_mean, layer.running_var
    if training:
        mean = x.mean(axes)
        variance = ((x - mean.view(shape)) ** 2).mean(axes)
    normalised = (x - mean.view(shape)) / torch.sqrt(variance.view(shape) + layer.eps)
    return normalised * layer.weight.view(shape) + layer.bias.view(shape)


def running_statistics(x, layer):
    axes, m = [a for a in range(x.dim()) if a != 1], layer.momentum
    mean, variance = x.mean(axes), x.var(axes, unbiased=True)
    return (1 - m) * layer.running_mean + m * mean, (1 - m) * layer.running_var + m * variance


def relu(x, layer, training):
    return torch.where(x > 0, x, torch.zeros_like(x))


def max_pool2d(x, layer, training):
    k, s, p = layer.kernel_size, layer.stride, layer.padding
    padded = F.pad(x, (p, p, p, p), value=-float("inf"))
    return padded.unfold(2, k, s).unfold(3, k, s).amax((-1, -2))


def flatten(x, layer, training):
    return x.reshape(x.shape[0], -1)


def dropout(x, layer, training):
    if training and layer.p != 0:
        raise AssertionError("a random mask has no golden")
    return x


FORMULAS = {nn.Linear: linear, nn.Conv2d: conv2d, nn.BatchNorm1d: batch_norm, nn.BatchNorm2d: batch_norm,
            nn.ReLU: relu, nn.MaxPool2d: max_pool2d, nn.Flatten: flatten, nn.Dropout: dropout}
SETTINGS = ("in_features", "out_features", "in_channels", "out_channels", "kernel_size", "stride", "padding",
            "dilation", "groups", "num_features", "eps", "momentum", "p")


def settings(layer):
    """The layer's arguments by torch.nn's names; square ones as one number."""
    found = {name: getattr(layer, name) for name in SETTINGS if hasattr(layer, name)}
    found = {name: value[0] if isinstance(value, tuple) else value for name, value in found.items()}
    if hasattr(layer, "weight") and not hasattr(layer, "eps"):
        found["bias"] = layer.bias is not None
    return {"layer": type(layer).__name__, **found}


def layer_case(name, layer, input):
    network = unsettle(nn.Sequential(layer)).to(input.dtype)
    formula = FORMULAS[type(layer)]
    with torch.no_grad():
        expected = formula(input, layer, True)
        statistics = running_statistics(input, layer) if formula is batch_norm else None
    output_gradient = normal(*expected.shape, dtype=input.dtype)
    tensors = pass_through(network, input, output_gradient)
    assert_close(tensors["train.output"], expected, name)
    if statistics is not None:
        assert_close(tensors["train.0.running_mean"], statistics[0], name)
        assert_close(tensors["train.0.running_var"], statistics[1], name)
        layer.running_mean, layer.running_var = tensors["train.0.running_mean"], tensors["train.0.running_var"]
    with torch.no_grad():
        assert_close(tensors["eval.output"], formula(input, layer, False), name)
    return Case(name, tensors, settings(layer))


def dropout_with_mask(name, p, dtype):
    """Training with a supplied mask: `draws.keep` says which elements survive."""
    input, output_gradient, keep = normal(6, 10, dtype=dtype), normal(6, 10, dtype=dtype), torch.rand(6, 10) >= p
    x = input.clone().requires_grad_()
    output = x * keep / (1 - p)
    output.backward(output_gradient)
    tensors = {"input": input, "output_gradient": output_gradient, "draws.keep": keep, "train.output": output.detach(),
               "train.input_gradient": x.grad, "eval.output": input}
    return Case(name, tensors, {"layer": "Dropout", "p": p})


def dropout_evaluation(name, p, dtype):
    """Inference only: the identity."""
    input = normal(6, 10, dtype=dtype)
    return Case(name, {"input": input, "eval.output": nn.Dropout(p).eval()(input)}, {"layer": "Dropout", "p": p})


def cases(dtype):
    def image(channels, size=7, n=3):
        return normal(n, channels, size, size, dtype=dtype)

    yield layer_case("linear", nn.Linear(7, 5), normal(6, 7, dtype=dtype))
    yield layer_case("linear_no_bias", nn.Linear(7, 5, bias=False), normal(6, 7, dtype=dtype))
    yield layer_case("conv2d", nn.Conv2d(3, 4, 3), image(3))
    yield layer_case("conv2d_no_bias", nn.Conv2d(3, 4, 3, bias=False), image(3))
    yield layer_case("conv2d_kernel_1", nn.Conv2d(3, 4, 1), image(3))
    yield layer_case("conv2d_kernel_2_even_size", nn.Conv2d(3, 4, 2, stride=2), image(3, 8))
    yield layer_case("conv2d_stride_2", nn.Conv2d(3, 4, 3, stride=2), image(3, 8))  # the last row and column go unread
    yield layer_case("conv2d_padding_1", nn.Conv2d(3, 4, 3, padding=1), image(3))
    yield layer_case("conv2d_dilation_2", nn.Conv2d(3, 4, 3, dilation=2), image(3))
    yield layer_case("conv2d_groups_2", nn.Conv2d(4, 6, 3, groups=2), image(4))
    yield layer_case("conv2d_depthwise", nn.Conv2d(4, 4, 3, padding=1, groups=4), image(4))
    yield layer_case("conv2d_all_options",
                     nn.Conv2d(4, 6, 3, stride=2, padding=2, dilation=2, groups=2, bias=False), image(4, 9))
    yield layer_case("batchnorm1d", nn.BatchNorm1d(5), normal(8, 5, dtype=dtype, scale=2, shift=1))
    yield layer_case("batchnorm1d_momentum_eps", nn.BatchNorm1d(5, eps=1e-2, momentum=0.3),
                     normal(8, 5, dtype=dtype, scale=0.5))
    yield layer_case("batchnorm2d", nn.BatchNorm2d(4), normal(3, 4, 5, 5, dtype=dtype, scale=2, shift=1))
    yield layer_case("batchnorm2d_momentum_eps", nn.BatchNorm2d(4, eps=1e-2, momentum=0.3),
                     normal(3, 4, 5, 5, dtype=dtype, scale=0.5))
    with_zeros = normal(6, 10, dtype=dtype)
    with_zeros[0, :3] = 0
    yield layer_case("relu", nn.ReLU(), with_zeros)
    yield layer_case("maxpool2d_2", nn.MaxPool2d(2), image(3, 8))
    yield layer_case("maxpool2d_2_odd_size", nn.MaxPool2d(2), image(3, 7))
    yield layer_case("maxpool2d_3_stride_2_padding_1", nn.MaxPool2d(3, 2, 1), image(3, 8) - 3)  # a zero would win
    yield layer_case("flatten", nn.Flatten(), image(2, 4))
    yield layer_case("dropout_p_0", nn.Dropout(0.0), normal(6, 10, dtype=dtype))
    yield dropout_evaluation("dropout_evaluation", 0.5, dtype)
    yield dropout_with_mask("dropout_mask_p_0.5", 0.5, dtype)
    yield dropout_with_mask("dropout_mask_p_0.2", 0.2, dtype)
