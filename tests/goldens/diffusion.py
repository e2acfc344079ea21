"""Diffusion models: three steps of SGD with momentum on supplied batches and draws, names as in `steps.py`, then whole ways from
noise to samples.

T levels t = 0, ..., T - 1 with variances b_t, a_t = product of 1 - b_s over s <= t. Training is 2006.11239, algorithm 1: x = `batch.input`,
e = draw `noise`, t = draw `time`, x_t = sqrt(a_t) x + sqrt(1 - a_t) e; loss.denoising = mean (target - f(x_t, t))².

Betas    linear: from first to last in equal steps (2006.11239, section 4); cosine: 2102.09672, equation 17.
Target   noise: e; sample: x; velocity: sqrt(a_t) e - sqrt(1 - a_t) x (2202.00512, section 4).
min_snr  the squares of a sample count min(s, g)/s with s = a_t/(1 - a_t), g = 2 (2303.09556, equation 5).
labels   y = `batch.label`, 3 classes, -100 for none; where draw `left_out` says so, or there is none, the network sees 3.

Sampling with the network of after the last step, in evaluation mode; all give what is there after every step, [steps, N, ...].

sampled.beta, .posterior    2006.11239, algorithm 2 with equation 11: x_{t-1} = (x_t - b_t/sqrt(1 - a_t) e(x_t))/sqrt(1 - b_t) + sigma z,
                            sigma² = b_t, or b_t (1 - a_{t-1})/(1 - a_t); z of step k is row k of `noise`, and none in the last step. Where the
                            network predicts something else, e(x_t) is solved from it.
sampled.clipped             the same with x estimated from e(x_t) and bounded to [-0.5, 0.5], by equation 7 (variance beta)
sampled.ddim, .ddim_noisy   2010.02502, equation 12 with sigma of equation 16: eta 0 and 0.5, of 5 steps, step i of level round(T i/5) - 1
sampled.guided              sampled.beta with e = e(without) + 2.5 (e(with) - e(without)), 2207.12598, equation 6 with w = 1.5
"""
import math

import torch
from torch import nn

from case import Case, assert_close, normal
from networks import unsettle
from steps import Phase, Terms, seed, train

BATCH, WIDTH, LEVELS, FEATURES = 8, 10, 12, 8
CLASSES, GUIDANCE, BOUND, SNR = 3, 2.5, 0.5, 2.0


def embed(t, dtype):
    """sin(t w), then cos(t w), w_i = 10000^(-2i/D)."""
    rates = torch.tensor([10000.0 ** (-2 * i / FEATURES) for i in range(FEATURES // 2)], dtype=torch.float64)
    angles = t.to(torch.float64)[:, None] * rates
    return torch.cat([angles.sin(), angles.cos()], 1).to(dtype)


class Stack(nn.Module):
    """Layers under the numbers that they have in a stack."""

    def __init__(self, **layers):
        super().__init__()
        for name, layer in layers.items():
            self.add_module(name[1:], layer)

    def at(self, number):
        return self._modules[str(number)]


class Mlp(Stack):
    def __init__(self):
        super().__init__(_3=nn.Linear(FEATURES, 6), _8=nn.Linear(WIDTH + 6, 12), _10=nn.Linear(12, WIDTH))

    def forward(self, x, t, y=None):
        level = self.at(3)(embed(t, x.dtype)).tanh()
        return self.at(10)(self.at(8)(torch.cat([x, level], 1)).tanh())


class Cnn(Stack):
    def __init__(self):
        super().__init__(_3=nn.Linear(FEATURES, 6), _6=nn.Conv2d(2, 3, 3, padding=1, bias=False), _7=nn.BatchNorm2d(3),
                         _10=nn.Conv2d(3, 2, 3, padding=1))
        unsettle(nn.Sequential(self.at(7)))

    def forward(self, x, t, y=None):
        level = self.at(3)(embed(t, x.dtype))
        features = self.at(7)(self.at(6)(x))
        modulated = torch.einsum("nchw,nc->nchw", features, 1 + level[:, :3]) + level[:, 3:, None, None]
        return self.at(10)(modulated.tanh())


class Labelled(Stack):
    def __init__(self):
        super().__init__(_5=nn.Embedding(CLASSES + 1, 5), _7=nn.Linear(5 + FEATURES, 6), _12=nn.Linear(WIDTH + 6, 12),
                         _14=nn.Linear(12, WIDTH))

    def forward(self, x, t, y):
        both = self.at(7)(torch.cat([self.at(5)(y), embed(t, x.dtype)], 1)).tanh()
        return self.at(14)(self.at(12)(torch.cat([x, both], 1)).tanh())


def linear_betas(first, last):
    return [first + (last - first) * t / (LEVELS - 1) for t in range(LEVELS)]


def cosine_betas():
    def f(t):
        return math.cos((t / LEVELS + 0.008) / 1.008 * math.pi / 2) ** 2
    return [min(1 - f(t + 1) / f(t), 0.999) for t in range(LEVELS)]


def remaining(betas):
    """a_t, by equation 4's product."""
    return [math.prod(1 - beta for beta in betas[:t + 1]) for t in range(len(betas))]


def numbers(values, t, like):
    return torch.tensor([values[level] for level in t.tolist()], dtype=like.dtype).reshape(-1, *[1] * (like.dim() - 1))


def target_of(kind, x, e, a, t):
    if kind == "noise":
        return e
    if kind == "sample":
        return x
    share = numbers(a, t, x)
    return share.sqrt() * e - (1 - share).sqrt() * x


def noise_of(kind, prediction, x, a):
    """e(x_t) from what the network says."""
    if kind == "noise":
        return prediction
    if kind == "sample":
        return (x - math.sqrt(a) * prediction) / math.sqrt(1 - a)
    # v = sqrt(a) e - sqrt(1 - a) x_0 and x = sqrt(a) x_0 + sqrt(1 - a) e, solved for e.
    return math.sqrt(a) * prediction + math.sqrt(1 - a) * x


def ancestral(predict, noise, betas, a, posterior=False, bound=None):
    x, way = noise[0], []
    for step, t in enumerate(reversed(range(len(betas)))):
        e = predict(x, t)
        if bound is None:
            mean = (x - betas[t] / math.sqrt(1 - a[t]) * e) / math.sqrt(1 - betas[t])
        else:
            estimate = ((x - math.sqrt(1 - a[t]) * e) / math.sqrt(a[t])).clamp(-bound, bound)
            before = a[t - 1] if t > 0 else 1.0
            mean = (math.sqrt(before) * betas[t] * estimate + math.sqrt(1 - betas[t]) * (1 - before) * x) / (1 - a[t])
        if t > 0:
            variance = betas[t] * (1 - a[t - 1]) / (1 - a[t]) if posterior else betas[t]
            mean = mean + math.sqrt(variance) * noise[step + 1]
        x = mean
        way.append(x)
    return torch.stack(way)


def ddim(predict, noise, a, steps, eta):
    levels = [round(len(a) * i / steps) - 1 for i in range(steps, 0, -1)]
    x, way = noise[0], []
    for step, t in enumerate(levels):
        before = a[levels[step + 1]] if step + 1 < steps else 1.0
        e = predict(x, t)
        sigma = eta * math.sqrt((1 - before) / (1 - a[t])) * math.sqrt(1 - a[t] / before)
        estimate = (x - math.sqrt(1 - a[t]) * e) / math.sqrt(a[t])
        x = math.sqrt(before) * estimate + math.sqrt(1 - before - sigma ** 2) * e
        if step + 1 < steps:
            x = x + sigma * noise[step + 1]
        way.append(x)
    return torch.stack(way)


def sample(tensors, network, kind, betas, dtype, shape, labels=None):
    a = remaining(betas)
    network.eval()

    def predict(x, t):
        return noise_of(kind, network(x, torch.full((len(x),), t), labels), x, a[t])

    with torch.no_grad():
        noise = normal(LEVELS, 4, *shape, dtype=dtype)
        tensors |= {
            "noise": noise,
            "sampled.beta": ancestral(predict, noise, betas, a),
            "sampled.posterior": ancestral(predict, noise, betas, a, posterior=True),
            "sampled.clipped": ancestral(predict, noise, betas, a, bound=BOUND),
            "sampled.ddim": ddim(predict, noise, a, 5, 0.0),
            "sampled.ddim_noisy": ddim(predict, noise, a, 5, 0.5),
        }
        if labels is not None:
            none = torch.full_like(labels, CLASSES)

            def guided(x, t):
                level = torch.full((len(x),), t)
                without = network(x, level, none)
                return noise_of(kind, without + GUIDANCE * (network(x, level, labels) - without), x, a[t])
            tensors["sampled.guided"] = ancestral(guided, noise, betas, a)
    # With eta = 1 and every level, equation 12 is equation 7 with the posterior's variance (2010.02502, section 4.1).
    assert_close(ddim(predict, noise, a, LEVELS, 1.0).detach(), tensors["sampled.posterior"].detach(), "ddim as ddpm")


def case(name, dtype, kind, betas, create=Mlp, shape=(WIDTH,), min_snr=None):
    seed(name)
    network, a = create().to(dtype).train(), remaining(betas)
    labelled = create is Labelled

    def supply(step):
        batch = {"input": normal(BATCH, *shape, dtype=dtype)}
        draw = {"noise": normal(BATCH, *shape, dtype=dtype), "time": torch.randint(0, LEVELS, (BATCH,))}
        if labelled:
            batch["label"] = torch.randint(0, CLASSES, (BATCH,))
            batch["label"][1] = -100
            draw["left_out"] = torch.arange(BATCH) % 3 == step
        return batch, draw

    def terms(networks, step, batch, draw, stop):
        x, e, t, y = batch["input"], draw["noise"], draw["time"], None
        share = numbers(a, t, x)
        if labelled:
            y = torch.tensor([CLASSES if left or label < 0 else label
                              for label, left in zip(batch["label"].tolist(), draw["left_out"].tolist())])
        errors = (target_of(kind, x, e, a, t) - networks[""](share.sqrt() * x + (1 - share).sqrt() * e, t, y)).square()
        if min_snr is not None:
            snr = share / (1 - share)
            bounded = snr.clamp(max=min_snr)
            errors = errors * {"noise": bounded / snr, "sample": bounded, "velocity": bounded / (snr + 1)}[kind]
        return Terms({"denoising": errors.mean()}, {"denoising": 1.0})

    tensors = train({"": network}, supply, [Phase(terms)], 0.05, 0.5)
    tensors |= {"betas": torch.tensor(betas, dtype=torch.float64).to(dtype), "remaining": torch.tensor(a, dtype=torch.float64).to(dtype)}
    if labelled:
        tensors["labels"] = torch.tensor([0, 1, 2, -100])
    sample(tensors, network, kind, betas, dtype, shape, torch.tensor([0, 1, 2, CLASSES]) if labelled else None)
    return Case(name, tensors, {"target": kind, "optimizer": "sgd", "lr": 0.05, "momentum": 0.5})


def cases(dtype):
    linear = linear_betas(0.02, 0.6)
    yield case("noise", dtype, "noise", linear)
    yield case("noise_cnn", dtype, "noise", linear, Cnn, (2, 4, 4))
    yield case("noise_min_snr", dtype, "noise", linear, min_snr=SNR)
    yield case("sample_cosine", dtype, "sample", cosine_betas())
    yield case("sample_min_snr", dtype, "sample", linear, min_snr=SNR)
    yield case("velocity", dtype, "velocity", linear)
    yield case("velocity_min_snr", dtype, "velocity", linear, min_snr=SNR)
    yield case("labels", dtype, "noise", linear, Labelled)
