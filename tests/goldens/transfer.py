"""Layers that are learned beside weights that stay: output, input gradient and the gradients of what is learned.

lora            y = x Wᵀ + b + (a / r) (x Aᵀ) Bᵀ, W and b frozen (2106.09685, equation 3); held against x (W + (a / r) B A)ᵀ + b,
                which is also what `merged` holds: that weight
adapter         y = x + W₂ gelu(W₁ x + b₁) + b₂ on the last dimension (1902.00751, figure 2)
adapter_image   the same with convolutions of size 1 (1705.08045)

Weights are drawn at random here, not as they start. lora has no gradients of `0.weight` and `0.bias`.
"""
import torch
import torch.nn.functional as F
from torch import nn

from case import Case, assert_close, normal
from formulas import formula_case
from networks import pass_through


class Lora(nn.Module):
    def __init__(self, inputs, outputs, rank, alpha, dtype):
        super().__init__()
        self.weight = nn.Parameter(normal(outputs, inputs, dtype=dtype))
        self.bias = nn.Parameter(normal(outputs, dtype=dtype))
        self.lora_A = nn.Parameter(normal(rank, inputs, dtype=dtype))
        self.lora_B = nn.Parameter(normal(outputs, rank, dtype=dtype))
        self.scale = alpha / rank

    def forward(self, x):
        return F.linear(x, self.weight, self.bias) + self.scale * F.linear(F.linear(x, self.lora_A), self.lora_B)

    def merged(self):
        return self.weight + self.scale * torch.einsum("or,ri->oi", self.lora_B, self.lora_A)


class Adapter(nn.Module):
    def __init__(self, width, bottleneck, is_image):
        super().__init__()
        self.down = nn.Conv2d(width, bottleneck, 1) if is_image else nn.Linear(width, bottleneck)
        self.up = nn.Conv2d(bottleneck, width, 1) if is_image else nn.Linear(bottleneck, width)

    def forward(self, x):
        return x + self.up(F.gelu(self.down(x)))


def adapted(x, layer):
    rows = x.movedim(1, -1) if x.dim() == 4 else x
    w1, w2 = layer.down.weight.flatten(1), layer.up.weight.flatten(1)
    h = torch.einsum("...i,oi->...o", rows, w1) + layer.down.bias
    h = h / 2 * (1 + torch.erf(h / 2 ** 0.5))
    y = rows + torch.einsum("...i,oi->...o", h, w2) + layer.up.bias
    return y.movedim(-1, 1) if x.dim() == 4 else y


def lora_case(name, alpha, dtype, *shape):
    layer = Lora(7, 5, 2, alpha, dtype)
    network = nn.Sequential(layer)
    tensors = pass_through(network, normal(*shape, dtype=dtype), normal(*shape[:-1], 5, dtype=dtype))
    expected = torch.einsum("...i,oi->...o", tensors["input"], layer.merged()) + layer.bias
    assert_close(tensors["train.output"], expected.detach(), name)
    for frozen in ("0.weight", "0.bias"):
        del tensors[f"train.{frozen}.gradient"]
    return Case(name, tensors | {"merged": layer.merged().detach()}, {"rank": 2, "alpha": alpha})


def cases(dtype):
    yield lora_case("lora", 2, dtype, 6, 7)
    yield lora_case("lora_alpha_8", 8, dtype, 6, 7)
    yield lora_case("lora_sequence", 3, dtype, 3, 4, 7)
    yield formula_case("adapter", Adapter(7, 3, False), adapted, normal(6, 7, dtype=dtype), {"bottleneck": 3})
    yield formula_case("adapter_sequence", Adapter(7, 3, False), adapted, normal(2, 4, 7, dtype=dtype), {"bottleneck": 3})
    yield formula_case("adapter_image", Adapter(4, 2, True), adapted, normal(3, 4, 5, 5, dtype=dtype), {"bottleneck": 2})
