"""Attention, layers of transformers and encodings of places, on [N, T, D].

attention       softmax(q kᵀ/√d + mask) v in each of H heads of d = D/H features, with q = x Wq + bq and so on, the heads joined and
                mapped by Wo (1706.03762, equation 1 and section 3.2.2); causal: the mask is -∞ above the diagonal
rotary          q and k first: features i and i + d/2 of place p as a complex number times e^(i·p·θᵢ), θᵢ = b^(-2i/d) (2104.09864)
feed_forward    φ(x W₁ᵀ + b₁) W₂ᵀ + b₂ (1706.03762, equation 2)
encoder layer   x ← norm(x + F(x)), or x ← x + F(norm(x)) with norm_first, for F = attention, feed_forward (figure 1)
decoder layer   the same with attention to a second sequence between the two
embedding       row i of the table for index i; the padding index's row gets no gradient
sinusoids       feature 2i of place p: sin(p·b^(-2i/D)), feature 2i + 1: the cosine (section 3.5)

torch.nn's layers are compared with these formulas, written one head and one sample at a time. In models where a layer attends to
another sequence, that is the model's input, and a linear map along the places between them gives the two different lengths.
"""
import math

import torch
import torch.nn.functional as F
from torch import nn

from case import Case, assert_close, normal
from networks import pass_through


class SelfAttention(nn.MultiheadAttention):
    def __init__(self, features, heads, causal=False, bias=True):
        super().__init__(features, heads, bias=bias, batch_first=True)
        self.causal = causal

    def forward(self, x):
        with torch.enable_grad():  # PyTorch 1.13's other path, for inference, does not know bias=False
            return super().forward(x, x, x, attn_mask=causal_mask(x) if self.causal else None, need_weights=False)[0]


class Encoder(nn.TransformerEncoderLayer):
    def __init__(self, *arguments, causal=False, **options):
        super().__init__(*arguments, dropout=0.0, batch_first=True, **options)
        self.causal = causal

    def forward(self, x):
        return super().forward(x, causal_mask(x) if self.causal else None)


class Decoder(nn.TransformerDecoderLayer):
    def __init__(self, *arguments, causal=True, **options):
        super().__init__(*arguments, dropout=0.0, batch_first=True, **options)
        self.causal = causal

    def forward(self, x, memory):
        return super().forward(x, memory, causal_mask(x) if self.causal else None)


class CrossAttention(nn.MultiheadAttention):
    def forward(self, x, memory):
        return super().forward(x, memory, memory, need_weights=False)[0]


class Rotary(nn.Module):
    """No layer of torch.nn: the rotation as a product of complex numbers."""

    def __init__(self, features, heads, causal=False, base=10000.0):
        super().__init__()
        self.num_heads, self.causal, self.base = heads, causal, base
        self.in_proj_weight = nn.Parameter(torch.empty(3 * features, features))
        self.in_proj_bias = nn.Parameter(torch.empty(3 * features))
        self.out_proj = nn.Linear(features, features)

    def turn(self, x):
        half = x.shape[-1] // 2
        numbers = torch.complex(x[..., :half], x[..., half:])
        angles = torch.arange(x.shape[1], dtype=x.dtype)[:, None] * self.base ** (-torch.arange(half, dtype=x.dtype) / half)
        turned = numbers * torch.polar(torch.ones_like(angles), angles)[:, None]
        return torch.cat([turned.real, turned.imag], -1)

    def forward(self, x):
        q, k, v = (part.unflatten(-1, (self.num_heads, -1)) for part in F.linear(x, self.in_proj_weight, self.in_proj_bias).chunk(3, -1))
        scores = torch.einsum("nqhd,nkhd->nhqk", self.turn(q), self.turn(k)) / math.sqrt(q.shape[-1])
        if self.causal:
            scores = scores + causal_mask(x)
        return self.out_proj(torch.einsum("nhqk,nkhd->nqhd", scores.softmax(-1), v).flatten(2))


class FeedForward(nn.Module):
    def __init__(self, features, hidden, activation, bias=True):
        super().__init__()
        self.linear1, self.linear2 = nn.Linear(features, hidden, bias=bias), nn.Linear(hidden, features, bias=bias)
        self.activation = activation

    def forward(self, x):
        return self.linear2(self.activation(self.linear1(x)))


class Positions(nn.Module):
    def __init__(self, length, features):
        super().__init__()
        self.weight = nn.Parameter(torch.empty(length, features))

    def forward(self, x):
        return x + F.embedding(torch.arange(x.shape[1]), self.weight)


class Sinusoids(nn.Module):
    def __init__(self, base=10000.0):
        super().__init__()
        self.base = base

    def forward(self, x):
        table = [[(math.cos if i % 2 else math.sin)(p / self.base ** (2 * (i // 2) / x.shape[2])) for i in range(x.shape[2])]
                 for p in range(x.shape[1])]
        return x + torch.tensor(table, dtype=x.dtype)


class ClassToken(nn.Module):
    def __init__(self, features):
        super().__init__()
        self.class_token = nn.Parameter(torch.empty(1, 1, features))

    def forward(self, x):
        return torch.cat([self.class_token.expand(len(x), -1, -1), x], 1)


class Place(nn.Module):
    def __init__(self, index):
        super().__init__()
        self.index = index

    def forward(self, x):
        return x[:, self.index]


class Scaled(nn.Embedding):
    def forward(self, tokens):
        return super().forward(tokens) * math.sqrt(self.embedding_dim)


class WithMemory(nn.Module):
    """The input tagged "memory", its places mapped to other ones, and a layer that attends from those to the input."""

    def __init__(self, places, others, layer, features=None):
        super().__init__()
        self.add_module("2", nn.Linear(places, others))
        self.map = None if features is None else "4"
        if self.map:
            self.add_module("4", nn.Linear(*features))
        self.last = "5" if self.map else "4"
        self.add_module(self.last, layer)

    def forward(self, memory):
        x = self.get_submodule("2")(memory.transpose(1, 2)).transpose(1, 2)
        if self.map:
            x = self.get_submodule(self.map)(x)
        return self.get_submodule(self.last)(x, memory)


def causal_mask(x):
    return torch.full((x.shape[1], x.shape[1]), -math.inf, dtype=x.dtype).triu(1)


def attention(x, memory, layer, causal):
    """One sample and one head at a time."""
    features, heads = x.shape[-1], layer.num_heads
    size = features // heads
    if getattr(layer, "in_proj_weight", None) is not None:
        weights = layer.in_proj_weight.chunk(3)
    else:
        weights = layer.q_proj_weight, layer.k_proj_weight, layer.v_proj_weight
    biases = [torch.zeros(features, dtype=x.dtype)] * 3 if layer.in_proj_bias is None else layer.in_proj_bias.chunk(3)
    outputs = []
    for queries, others in zip(x, memory):
        mixed = []
        for h in range(heads):
            part = slice(h * size, (h + 1) * size)
            q, k, v = (rows @ w[part].T + b[part] for rows, w, b in zip((queries, others, others), weights, biases))
            scores = q @ k.T / math.sqrt(size)
            if causal:
                scores = scores.masked_fill(torch.ones_like(scores).triu(1) > 0, -math.inf)
            mixed.append(torch.exp(scores - scores.logsumexp(1, keepdim=True)) @ v)
        outputs.append(torch.cat(mixed, 1) @ layer.out_proj.weight.T)
    y = torch.stack(outputs)
    return y if layer.out_proj.bias is None else y + layer.out_proj.bias


def transformer_layer(x, memory, layer, causal):
    parts = [(layer.norm1, lambda y: attention(y, y, layer.self_attn, causal))]
    if memory is not None:
        parts.append((layer.norm2, lambda y: attention(y, memory, layer.multihead_attn, False)))
    parts.append((layer.norm2 if memory is None else layer.norm3,
                  lambda y: layer.activation(y @ layer.linear1.weight.T + layer.linear1.bias) @ layer.linear2.weight.T + layer.linear2.bias))
    for norm, part in parts:
        x = x + part(standardise(x, norm)) if layer.norm_first else standardise(x + part(x), norm)
    return x


def standardise(x, norm):
    centred = x - x.mean(-1, keepdim=True)
    return centred / torch.sqrt((centred ** 2).mean(-1, keepdim=True) + norm.eps) * norm.weight + norm.bias


@torch.no_grad()
def unsettle(network):
    """Scales that are not 1 and shifts that are not 0; weights large enough that attention is not even."""
    for name, parameter in network.named_parameters():
        if "norm" in name and name.endswith("weight"):
            parameter.uniform_(0.5, 1.5)
        else:
            parameter.normal_(0, 0.5 if parameter.dim() > 1 else 0.3)
    return network


def embedding_case(name, layer, dtype, **settings):
    """Integers have no gradient: output and the table's gradient."""
    layer = unsettle(layer).to(dtype)
    tokens = torch.tensor([[0, 2, 2, 5], [6, 2, 1, 0]])
    output = layer(tokens)
    gradient = normal(*output.shape, dtype=dtype)
    output.backward(gradient)
    factor = math.sqrt(6) if isinstance(layer, Scaled) else 1
    assert_close(output.detach(), F.one_hot(tokens, 7).to(dtype) @ layer.weight.detach() * factor, name)
    return Case(name, {"tokens": tokens, "0.weight": layer.weight.detach(), "output": output, "output_gradient": gradient,
                       "0.weight.gradient": layer.weight.grad}, settings)


def cases(dtype):
    x = normal(3, 5, 8, dtype=dtype)

    def case(name, network, formula=None, input=x, **settings):
        network = unsettle(network).to(dtype)
        with torch.no_grad():
            output = network(input)
            if formula is not None:
                assert_close(output, formula(input, network), name)
        return Case(name, pass_through(network, input, normal(*output.shape, dtype=dtype)), settings)

    def single(name, layer, formula=None, **settings):
        return case(name, nn.Sequential(layer), formula and (lambda y, network: formula(y, network[0])), **settings)

    yield single("self_attention", SelfAttention(8, 2), lambda y, l: attention(y, y, l, False), num_heads=2)
    yield single("self_attention_4_heads", SelfAttention(8, 4), lambda y, l: attention(y, y, l, False), num_heads=4)
    yield single("self_attention_causal", SelfAttention(8, 2, causal=True), lambda y, l: attention(y, y, l, True), num_heads=2, causal=True)
    yield single("self_attention_no_bias", SelfAttention(8, 2, bias=False), lambda y, l: attention(y, y, l, False), num_heads=2, bias=False)
    yield single("self_attention_rotary", Rotary(8, 2), num_heads=2, rotary=True)
    yield single("self_attention_rotary_causal", Rotary(8, 1, causal=True, base=100.0), num_heads=1, rotary=True, causal=True, base=100)
    yield case("cross_attention", WithMemory(5, 3, CrossAttention(8, 2, batch_first=True)), num_heads=2)
    yield case("cross_attention_no_bias", WithMemory(5, 3, CrossAttention(8, 2, bias=False, batch_first=True)), num_heads=2, bias=False)
    yield case("cross_attention_other_features", WithMemory(5, 3, CrossAttention(6, 3, kdim=8, vdim=8, batch_first=True), (8, 6)),
               lambda y, n: attention(n.get_submodule("4")(n.get_submodule("2")(y.mT).mT), y, n.get_submodule("5"), False), num_heads=3, kdim=8)
    yield single("feed_forward", FeedForward(8, 12, F.relu), activation="relu")
    yield single("feed_forward_gelu", FeedForward(8, 12, F.gelu), activation="gelu")
    yield single("feed_forward_gelu_tanh", FeedForward(8, 12, lambda y: F.gelu(y, approximate="tanh")), activation="gelu_tanh")
    yield single("feed_forward_silu_no_bias", FeedForward(8, 12, F.silu, bias=False), activation="silu", bias=False)

    def encoder(causal=False):
        return lambda y, l: transformer_layer(y, None, l, causal)

    yield single("encoder", Encoder(8, 2, 12), encoder())
    yield single("encoder_norm_first", Encoder(8, 2, 12, norm_first=True), encoder(), norm_first=True)
    yield single("encoder_gelu_causal", Encoder(8, 2, 12, norm_first=True, activation=F.gelu, causal=True), encoder(True),
                 norm_first=True, causal=True, activation="gelu")
    yield single("encoder_eps", Encoder(8, 4, 12, layer_norm_eps=0.01), encoder(), layer_norm_eps=0.01)

    def decoder(causal=True):
        return lambda y, n: transformer_layer(n.get_submodule("2")(y.mT).mT, y, n.get_submodule("4"), causal)

    yield case("decoder", WithMemory(5, 3, Decoder(8, 2, 12)), decoder())
    yield case("decoder_norm_first", WithMemory(5, 3, Decoder(8, 2, 12, norm_first=True, activation=F.gelu)), decoder(),
               norm_first=True, activation="gelu")
    yield case("decoder_not_causal", WithMemory(5, 3, Decoder(8, 2, 12, causal=False)), decoder(False), causal=False)
    yield embedding_case("embedding", nn.Embedding(7, 6), dtype)
    yield embedding_case("embedding_padding", nn.Embedding(7, 6, padding_idx=2), dtype, padding_idx=2)
    yield embedding_case("embedding_scaled", Scaled(7, 6), dtype)
    yield single("positions", Positions(5, 8))
    yield single("positions_of_more", Positions(7, 8))
    yield single("class_token", ClassToken(8))
    yield single("place", Place(2), index=2)
    yield single("place_last", Place(-1), index=-1)
    yield single("sinusoids", Sinusoids())
    yield case("sinusoids_odd", nn.Sequential(Sinusoids(100.0)), input=normal(2, 6, 7, dtype=dtype), base=100)
