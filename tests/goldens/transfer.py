"""Layers that are learned beside weights that stay: output, input gradient and the gradients of what is learned.

lora            y = x Wᵀ + b + (a / r) (x Aᵀ) Bᵀ, W and b frozen (2106.09685, equation 3); held against x (W + (a / r) B A)ᵀ + b,
                which is also what `merged` holds: that weight
lora_conv       y = x∗W + b + (a / r) (x∗A)∗B, B of size 1; the merged kernel is W + (a / r) sum_r B[:, r] A[r]
lora_attention  softmax(q kᵀ/√d + mask) v in heads, q = x (W_q + (a / r) B_q A_q)ᵀ + b_q, v likewise, k = x W_kᵀ + b_k
prefix          the same without changes, learned keys and values P before k and v, which no mask hides (2101.00190, section 4.2);
                [P_k, P_v] = W₂ tanh(W₁ P' + b₁) + b₂ (section 4.3), or P' itself
adapter         y = x + W₂ gelu(W₁ x + b₁) + b₂ on the last dimension (1902.00751, figure 2)
adapter_image   the same with convolutions of size 1 (1705.08045)

Weights are drawn at random here, not as they start. What is frozen has no gradient in lora* and prefix*.
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


class LoraConv(nn.Module):
    def __init__(self, inputs, outputs, size, rank, alpha, dtype, **options):
        super().__init__()
        self.weight = nn.Parameter(normal(outputs, inputs, size, size, dtype=dtype))
        self.bias = nn.Parameter(normal(outputs, dtype=dtype))
        self.lora_A = nn.Parameter(normal(rank, inputs, size, size, dtype=dtype))
        self.lora_B = nn.Parameter(normal(outputs, rank, 1, 1, dtype=dtype))
        self.scale, self.options = alpha / rank, options

    def forward(self, x):
        change = F.conv2d(F.conv2d(x, self.lora_A, **self.options), self.lora_B)
        return F.conv2d(x, self.weight, self.bias, **self.options) + self.scale * change

    def merged(self):
        return self.weight + self.scale * torch.einsum("or,rikl->oikl", self.lora_B[:, :, 0, 0], self.lora_A)


class HeldAttention(nn.Module):
    def __init__(self, features, heads, causal, dtype):
        super().__init__()
        self.heads, self.causal, self.d = heads, causal, features // heads
        self.in_proj_weight = nn.Parameter(normal(3 * features, features, dtype=dtype, scale=0.5))
        self.in_proj_bias = nn.Parameter(normal(3 * features, dtype=dtype))
        self.out_proj = nn.Linear(features, features).to(dtype)

    def attend(self, q, k, v, before=0):
        q, k, v = (part.unflatten(-1, (self.heads, self.d)) for part in (q, k, v))
        scores = torch.einsum("nqhd,nkhd->nhqk", q, k) / self.d ** 0.5
        if self.causal:
            places = torch.arange(q.shape[1])
            hidden = places[None, :] > places[:, None]
            scores = scores.masked_fill(torch.cat([torch.zeros(len(places), before, dtype=bool), hidden], 1), -torch.inf)
        return self.out_proj(torch.einsum("nhqk,nkhd->nqhd", scores.softmax(-1), v).flatten(2))


class LoraAttention(HeldAttention):
    def __init__(self, features, heads, rank, alpha, causal, dtype):
        super().__init__(features, heads, causal, dtype)
        for part in "qv":
            setattr(self, f"lora_{part}_A", nn.Parameter(normal(rank, features, dtype=dtype, scale=0.5)))
            setattr(self, f"lora_{part}_B", nn.Parameter(normal(features, rank, dtype=dtype, scale=0.5)))
        self.scale = alpha / rank

    def merged(self):
        changes = {part: getattr(self, f"lora_{part}_B") @ getattr(self, f"lora_{part}_A") for part in "qv"}
        return self.in_proj_weight + self.scale * torch.cat([changes["q"], 0 * changes["q"], changes["v"]])

    def forward(self, x):
        return self.attend(*F.linear(x, self.merged(), self.in_proj_bias).chunk(3, -1))


class PrefixAttention(HeldAttention):
    def __init__(self, features, heads, length, hidden, causal, dtype):
        super().__init__(features, heads, causal, dtype)
        self.prefix = nn.Parameter(normal(length, features if hidden else 2 * features, dtype=dtype))
        if hidden:
            self.prefix_mlp = nn.Sequential(nn.Linear(features, hidden), nn.Tanh(), nn.Linear(hidden, 2 * features)).to(dtype)

    def forward(self, x):
        q, k, v = F.linear(x, self.in_proj_weight, self.in_proj_bias).chunk(3, -1)
        pair = self.prefix_mlp(self.prefix) if hasattr(self, "prefix_mlp") else self.prefix
        pk, pv = (part.expand(len(x), -1, -1) for part in pair.chunk(2, -1))
        return self.attend(q, torch.cat([pk, k], 1), torch.cat([pv, v], 1), before=len(self.prefix))


def held_case(name, layer, settings, dtype, *shape):
    network = nn.Sequential(layer)
    x = normal(*shape, dtype=dtype)
    tensors = pass_through(network, x, normal(*network(x).shape, dtype=dtype))
    for frozen, _ in layer.named_parameters():
        if not frozen.startswith(("lora", "prefix")):
            del tensors[f"train.0.{frozen}.gradient"]
    if hasattr(layer, "merged"):
        tensors["merged"] = layer.merged().detach()
    return Case(name, tensors, settings)


def check_merged(dtype):
    layer = LoraConv(3, 5, 3, 2, 4, dtype, padding=1)
    x = normal(2, 3, 6, 6, dtype=dtype)
    assert_close(layer(x).detach(), F.conv2d(x, layer.merged(), layer.bias, padding=1).detach(), "lora_conv")


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
    check_merged(dtype)
    yield held_case("lora_conv", LoraConv(3, 5, 3, 2, 2, dtype, padding=1), {"rank": 2}, dtype, 2, 3, 6, 6)
    yield held_case("lora_conv_stride", LoraConv(3, 5, 3, 2, 6, dtype, stride=2, padding=2, dilation=2),
                    {"rank": 2, "alpha": 6}, dtype, 2, 3, 7, 6)
    yield held_case("lora_attention", LoraAttention(6, 2, 2, 2, False, dtype), {"heads": 2, "rank": 2}, dtype, 3, 4, 6)
    yield held_case("lora_attention_causal", LoraAttention(6, 3, 2, 5, True, dtype),
                    {"heads": 3, "rank": 2, "alpha": 5}, dtype, 3, 4, 6)
    yield held_case("prefix", PrefixAttention(6, 2, 3, 5, False, dtype), {"heads": 2, "length": 3, "hidden": 5}, dtype, 3, 4, 6)
    yield held_case("prefix_direct_causal", PrefixAttention(6, 3, 2, 0, True, dtype),
                    {"heads": 3, "length": 2, "hidden": 0}, dtype, 3, 4, 6)
