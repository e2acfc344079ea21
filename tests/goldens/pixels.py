"""Autoregressive models of images: masked convolutions, and three steps of SGD with momentum; names as in `steps.py`.

masked   conv2d whose window sees, in the order of reading, only what the mask leaves (1601.06759, section 3.4; 1606.05328, section
         2.2): a = pixels before the centre, b = those and the centre, above = rows above, rows = rows above and the own one. With
         G colours channel c of C is of colour floor(c G/C), and the centre is seen where the colour of what comes in is below (a),
         or at most (b), that of what comes out.
binary   x = floor(input + 1/2) in {0, 1}, a = f(x): loss.negative_log_likelihood = mean over the batch of
         -sum log Bernoulli(x; 1/(1 + exp(-a))).
levels   k = floor(3 input + 1/2) in {0, ..., 3}, x = k/3: the same with -log softmax(a)[k], a = [B, 2, 4, H, W], two colours.
row      the Row LSTM of PixelRNN (1601.06759, equation 3 with its mask B): of row r the sums of four gates are
         K_s * h(r - 1) + K_x * x(r) + b, convolutions along the row, of K_x with zeros right of the centre: only what is left
         of its kernel, [4S, C, (k+1)/2], is a parameter; c(r) = sig(f) c(r - 1) + sig(i) tanh(g), h(r) = sig(o) tanh(c(r)).
rows     levels of one colour, of a network of two Row LSTMs behind a masked convolution.
labelled levels of one colour, of a network that is given the label of each image, y = `batch.label` in {0, 1, 2}: a row of an
         embedding is added to the channels behind each masked convolution (1606.05328, equation 4, without its gate).
stacks   binary with a vertical and a horizontal stack and a gate.

`numbers` decide samples of the network as the third step leaves it, in evaluation mode: pixel by pixel, colour by colour, the level
is how many of the ends of the distribution function are at most the number; `sampled` is what comes of it.
"""
import itertools

import torch
import torch.nn.functional as F
from torch import nn

from case import Case, normal, uniform
from formulas import formula_case
from networks import unsettle
from steps import Phase, Terms, seed, train

BATCH, RATE = 8, 0.01


def color(channel, channels, colors):
    return channel * colors // channels


def sees(mask, colors, row, column, of, into):
    """Whether a window's place, counted from its centre, is seen; `of` and `into` are colours."""
    if mask in ("above", "rows"):
        return row < 0 or (mask == "rows" and row == 0)
    if (row, column) == (0, 0):
        return of < into or (mask == "b" and of == into)
    return row < 0 or (row == 0 and column < 0)


class MaskedConv2d(nn.Conv2d):
    def __init__(self, inputs, outputs, kernel, mask, colors=1, dilation=1, groups=1, bias=True):
        super().__init__(inputs, outputs, kernel, padding=dilation * (kernel // 2), dilation=dilation, groups=groups, bias=bias)
        self.mask, self.colors = mask, colors
        ones = torch.zeros_like(self.weight)
        for o, i, u, v in itertools.product(*(range(size) for size in ones.shape)):
            source = o // (outputs // groups) * (inputs // groups) + i
            ones[o, i, u, v] = sees(mask, colors, u - kernel // 2, v - kernel // 2,
                                    color(source, inputs, colors), color(o, outputs, colors))
        self.ones = ones

    def forward(self, x):
        return self._conv_forward(x, self.weight * self.ones.to(x.dtype), self.bias)


def formula(x, layer):
    """Place by place: what a pixel sees is looked up by its own coordinates."""
    (n, inputs, height, width), (outputs, per_group, k, _), d = x.shape, layer.weight.shape, layer.dilation[0]
    y = x.new_zeros(n, outputs, height, width)
    for o, i, row, column, u, v in itertools.product(
            range(outputs), range(per_group), range(height), range(width), range(k), range(k)):
        above, left = d * (u - k // 2), d * (v - k // 2)
        source = o // (outputs // layer.groups) * per_group + i
        inside = 0 <= row + above < height and 0 <= column + left < width
        if inside and sees(layer.mask, layer.colors, above, left, color(source, inputs, layer.colors),
                           color(o, outputs, layer.colors)):
            y[:, o, row, column] += layer.weight[o, i, u, v] * x[:, source, row + above, column + left]
    return y if layer.bias is None else y + layer.bias.view(1, -1, 1, 1)


class Stacks(nn.ModuleDict):
    """Rows above, and pixels before; the numbers are those of a stack of declared layers."""

    def __init__(self):
        super().__init__({"1": MaskedConv2d(1, 4, 3, "above"), "3": MaskedConv2d(4, 4, 3, "rows"),
                          "6": MaskedConv2d(1, 4, 3, "a"), "14": MaskedConv2d(4, 1, 3, "b")})

    def forward(self, x):
        rows = self["3"](self["1"](x).tanh())
        both = self["6"](x) + rows
        return self["14"](both.sigmoid() * both.tanh())


class RowLstm(nn.Module):
    def __init__(self, inputs, hidden, kernel=3):
        super().__init__()
        self.hidden, self.kernel = hidden, kernel
        bound_x, bound_h = (inputs * (kernel + 1) // 2) ** -0.5, (hidden * kernel) ** -0.5
        self.weight_ih = nn.Parameter(torch.empty(4 * hidden, inputs, (kernel + 1) // 2).uniform_(-bound_x, bound_x))
        self.weight_hh = nn.Parameter(torch.empty(4 * hidden, hidden, kernel).uniform_(-bound_h, bound_h))
        self.bias = nn.Parameter(torch.empty(4 * hidden).uniform_(-bound_x, bound_x))

    def forward(self, x):
        half = self.kernel // 2
        masked = torch.cat([self.weight_ih, self.weight_ih.new_zeros(*self.weight_ih.shape[:2], half)], 2)
        h = c = x.new_zeros(len(x), self.hidden, x.shape[3])
        rows = []
        for row in range(x.shape[2]):
            sums = F.conv1d(x[:, :, row], masked, self.bias, padding=half) + F.conv1d(h, self.weight_hh, padding=half)
            i, f, g, o = sums.split(self.hidden, 1)
            c = f.sigmoid() * c + i.sigmoid() * g.tanh()
            h = o.sigmoid() * c.tanh()
            rows.append(h)
        return torch.stack(rows, 2)


def row_formula(x, layer):
    """Place by place."""
    (n, _, height, width), s, k = x.shape, layer.hidden, layer.kernel
    h, c = (x.new_zeros(n, s, height, width) for _ in range(2))
    for row, column in itertools.product(range(height), range(width)):
        sums = layer.bias.expand(n, 4 * s).clone()
        for place in range((k + 1) // 2):
            if column - place >= 0:
                sums += x[:, :, row, column - place] @ layer.weight_ih[:, :, (k - 1) // 2 - place].T
        for place in range(k):
            above = column + place - k // 2
            if row > 0 and 0 <= above < width:
                sums += h[:, :, row - 1, above] @ layer.weight_hh[:, :, place].T
        i, f, g, o = (1 / (1 + (-sums[:, :s]).exp()), 1 / (1 + (-sums[:, s:2 * s]).exp()), sums[:, 2 * s:3 * s].tanh(),
                      1 / (1 + (-sums[:, 3 * s:]).exp()))
        before = c[:, :, row - 1, column] if row > 0 else 0
        c[:, :, row, column] = f * before + i * g
        h[:, :, row, column] = o * c[:, :, row, column].clone().tanh()
    return h


class Labelled(nn.ModuleDict):
    """A bias by class in each layer; the numbers are those of a stack of declared layers."""

    def __init__(self):
        super().__init__({"2": nn.Embedding(3, 4), "5": MaskedConv2d(1, 4, 3, "a"), "8": MaskedConv2d(4, 4, 3, "b"),
                          "11": nn.Conv2d(4, 4, 1)})

    def forward(self, x, y):
        bias = self["2"](y)[:, :, None, None]
        return self["11"]((self["8"]((self["5"](x) + bias).tanh()) + bias).tanh())


def binary():
    return unsettle(nn.Sequential(
        MaskedConv2d(1, 4, 5, "a", bias=False), nn.BatchNorm2d(4), nn.Tanh(), MaskedConv2d(4, 4, 3, "b"), nn.ReLU(),
        nn.Conv2d(4, 1, 1)))


def rows():
    return nn.Sequential(MaskedConv2d(1, 4, 3, "a"), RowLstm(4, 4), RowLstm(4, 5), nn.Conv2d(5, 4, 1))


def levels():
    return nn.Sequential(
        MaskedConv2d(2, 6, 3, "a", colors=2), nn.Tanh(), MaskedConv2d(6, 8, 3, "b", colors=2))


NETWORKS = {"binary": (binary, 1, 2), "levels": (levels, 2, 4), "stacks": (Stacks, 1, 2), "labelled": (Labelled, 1, 4),
            "rows": (rows, 1, 4)}


def losses_of(network, x, count, *labels):
    places = (x * (count - 1) + 0.5).floor()
    logits = network(places / (count - 1), *labels)
    if count == 2:
        p = 1 / (1 + (-logits).exp())
        each = -(places * p.log() + (1 - places) * (1 - p).log())
    else:
        n, colors, height, width = x.shape
        by_level = logits.reshape(n, colors, count, height, width)
        chosen = by_level.gather(2, places.long().unsqueeze(2)).squeeze(2)
        each = by_level.exp().sum(2).log() - chosen
    return each.flatten(1).sum(1)


@torch.no_grad()
def sample(network, numbers, count, *labels):
    network.eval()
    x = torch.zeros_like(numbers)
    _, colors, height, width = x.shape
    for row, column, c in itertools.product(range(height), range(width), range(colors)):
        logits = network(x, *labels)
        if count == 2:
            zero = 1 - torch.sigmoid(logits[:, c, row, column])
            ends = zero[:, None]
        else:
            chances = F.softmax(logits[:, c * count:(c + 1) * count, row, column], 1)
            ends = chances.cumsum(1)[:, :-1]
        number = numbers[:, c, row, column, None]
        assert (ends - number).abs().min() > 1e-5, "a number at the end of a level"
        x[:, c, row, column] = (number >= ends).sum(1).to(x.dtype) / (count - 1)
    return x


def task(name, dtype):
    seed(name)
    make, colors, count = NETWORKS[name]
    networks = {"": make().to(dtype).train()}

    def supply(step):
        batch = {"input": uniform(BATCH, colors, 5, 6, dtype=dtype)}
        if name == "labelled":
            batch["label"] = torch.randperm(BATCH) % 3
        return batch, {}

    def terms(networks, step, batch, draw, stop):
        labels = [batch["label"]] if "label" in batch else []
        return Terms({"negativeLogLikelihood": losses_of(networks[""], batch["input"], count, *labels).mean()},
                     {"negativeLogLikelihood": 1.0})

    tensors = train(networks, supply, [Phase(terms)], rate=RATE)
    tensors["numbers"] = uniform(4, colors, 5, 6, dtype=dtype)
    labels = [torch.tensor([2, 0, 1, 2])] if name == "labelled" else []
    tensors.update({"labels": own for own in labels})
    tensors["sampled"] = sample(networks[""], tensors["numbers"], count, *labels)
    tensors["images"] = uniform(4, colors, 5, 6, dtype=dtype)
    with torch.no_grad():
        tensors["losses"] = losses_of(networks[""], tensors["images"], count, *labels)
    return Case(name, tensors, {"optimizer": "sgd", "lr": RATE, "momentum": 0.9})


def cases(dtype):
    def masked(name, inputs, outputs, kernel, mask, **settings):
        layer = MaskedConv2d(inputs, outputs, kernel, mask, **settings)
        return formula_case(f"masked_{name}", layer, formula, normal(2, inputs, 5, 6, dtype=dtype), {"mask": mask, **settings})

    yield masked("a", 2, 3, 3, "a")
    yield masked("b", 2, 3, 5, "b")
    yield masked("a_colors", 3, 6, 3, "a", colors=3)
    yield masked("b_colors", 6, 9, 3, "b", colors=3, bias=False)
    yield masked("b_all_options", 4, 8, 3, "b", colors=4, dilation=2, groups=2, bias=False)
    yield masked("above", 2, 3, 3, "above")
    yield masked("rows", 2, 4, 3, "rows", dilation=2, groups=2)
    for name, inputs, hidden, kernel in (("row", 2, 3, 3), ("row_wide", 3, 2, 5), ("row_one", 2, 2, 1)):
        layer = RowLstm(inputs, hidden, kernel)
        yield formula_case(name, layer, row_formula, normal(2, inputs, 4, 5, dtype=dtype), {"kernel": kernel})
    for name in NETWORKS:
        yield task(name, dtype)
