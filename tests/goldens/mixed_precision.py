"""Whole models whose products take factors of 16 bits (1710.03740, 1905.12322): [MixedPrecision].

round(x)          the nearest bfloat16, kept in the computation's precision
product           round(Σ round(a)·round(b)): sums of the computation's precision, the result rounded
its derivative    da = product(round(g), bᵀ), db = product(aᵀ, round(g)): the same of a rounded gradient
linear, conv      product(x, W), and the bias added to what came of it with all bits
attention         scores and mixtures are products too; softmax and its argument are not rounded

Everything else has the computation's precision. No sum is so long that its order decides where it is rounded to, but for single
elements.
"""
import math

import torch
import torch.nn.functional as F
from torch import nn

from case import Case, normal, uniform
from networks import mlp, pass_through, unsettle


def rounded(x):
    return x.to(torch.bfloat16).to(x.dtype)


def product(function, a, b):
    """A bilinear function of rounded factors whose result and gradients are rounded."""

    class Product(torch.autograd.Function):
        @staticmethod
        def forward(context, a, b):
            context.save_for_backward(rounded(a), rounded(b))
            return rounded(function(rounded(a), rounded(b)))

        @staticmethod
        def backward(context, gradient):
            with torch.enable_grad():
                factors = [factor.detach().requires_grad_() for factor in context.saved_tensors]
                gradients = torch.autograd.grad(function(*factors), factors, rounded(gradient))
            return tuple(rounded(each) for each in gradients)

    return Product.apply(a, b)


class Linear(nn.Linear):
    def forward(self, x):
        return product(F.linear, x, self.weight) + self.bias


class Conv2d(nn.Conv2d):
    def forward(self, x):
        y = product(lambda x, w: F.conv2d(x, w, None, self.stride, self.padding), x, self.weight)
        return y if self.bias is None else y + self.bias[:, None, None]


class SelfAttention(nn.Module):
    """Two heads of four features, with PyTorch's names."""

    def __init__(self, features, heads):
        super().__init__()
        self.heads = heads
        self.in_proj_weight = nn.Parameter(normal(3 * features, features, dtype=torch.float32, scale=0.4))
        self.in_proj_bias = nn.Parameter(normal(3 * features, dtype=torch.float32, scale=0.1))
        self.out_proj = Linear(features, features)

    def forward(self, x):
        joined = product(F.linear, x, self.in_proj_weight) + self.in_proj_bias
        heads = (each.unflatten(2, (self.heads, -1)).transpose(1, 2) for each in joined.chunk(3, -1))
        q, k, v = heads
        scores = product(lambda q, k: q @ k.transpose(2, 3), q / math.sqrt(q.shape[-1]), k)
        mixed = product(torch.matmul, scores.softmax(-1), v)
        return self.out_proj(mixed.transpose(1, 2).flatten(2))


def rounding(network):
    """The same stack with layers of the classes above."""
    for layer in network.modules():
        if type(layer) in (nn.Linear, nn.Conv2d):
            layer.__class__ = Linear if isinstance(layer, nn.Linear) else Conv2d
    return network


def cases(dtype):
    yield Case("mlp", pass_through(rounding(mlp()).to(dtype), normal(6, 12, dtype=dtype), normal(6, 5, dtype=dtype)),
               {"stack": "Linear(16), ReLU, Linear(5)"})
    yield Case("cnn", pass_through(rounding(unsettle(nn.Sequential(
                   nn.Conv2d(2, 4, 3, padding=1, bias=False), nn.BatchNorm2d(4), nn.ReLU(),
                   nn.Conv2d(4, 6, 3), nn.ReLU(), nn.MaxPool2d(2), nn.Flatten(), nn.Linear(24, 5)))).to(dtype),
               uniform(3, 2, 6, 6, dtype=dtype, high=2), normal(3, 5, dtype=dtype, scale=0.2)),
               {"stack": "Conv2d(4, 3, padding 1), BatchNorm2d, ReLU, Conv2d(6, 3), ReLU, MaxPool2d(2), Flatten, Linear(5)"})
    yield Case("attention", pass_through(nn.Sequential(SelfAttention(8, 2)).to(dtype), normal(3, 5, 8, dtype=dtype),
                                         normal(3, 5, 8, dtype=dtype)),
               {"stack": "SelfAttention(2)"})
