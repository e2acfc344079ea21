"""Two networks against each other: three steps with supplied batches and draws, each network with an optimizer of its own.

Names are those of `steps.py`; prefixes `generator.`, and `discriminator.` or `critic.`. A step has two phases: one trains the
discriminator D (critic), then one trains the generator G against the D that the first has updated. Both phases record loss and
gradient, of the network that they train. Every pass is in training mode: where G has a batch norm, each of its passes, in the
first phase too, updates its running statistics. All optimizers are SGD, learning rate 0.05, momentum 0.5.

gan       1406.2661 with the non-saturating loss of section 3. x `batch.input` [B, 10], z of the phases
          `draw.discriminator_latent`, `draw.generator_latent` [B, 6]; softplus(v) = log(1 + e^v).
          1. loss.real = mean softplus(-D(x)), loss.fake = mean softplus(D(sg G(z₁))); loss.discriminator = real + fake. D sees
             x, then G(z₁), in two passes.
          2. loss.generator = mean softplus(-D(G(z₂))).
          gan, and gan_batch_norm with a batch norm in G.
gan_least_squares
          1611.04076, equation 9 with a = 0, b = c = 1: loss.real = ½ mean (D(x) - 1)², loss.fake = ½ mean D(sg G(z₁))²,
          loss.generator = ½ mean (D(G(z₂)) - 1)². Else like gan.
gan_hinge 1705.02894, equations 13 and 14: loss.real = mean max(0, 1 - D(x)), loss.fake = mean max(0, 1 + D(sg G(z₁))),
          loss.generator = -mean D(G(z₂)). Else like gan.
wgan_gp   1704.00028, algorithm 1, with one update of the critic a step and one of the generator in every second step: step s has
          the generator's phase, and its draw, if (s + 1) mod 2 = 0. `draw.critic_latent`, `draw.generator_latent`,
          u `draw.share` [B, 1]. f = sg G(z₁), in one pass for both of its uses.
          1. loss.wasserstein = mean D(f) - mean D(x); x̂ = u x + (1 - u) f; loss.penalty = mean over B of (‖∇_x̂ D(x̂)‖₂ - 1)²,
             weight 10; loss.critic = wasserstein + 10 penalty. Passes of D: x, f, x̂.
          2. loss.generator = -mean D(G(z₂)).
          wgan_gp_tanh and wgan_gp_softplus by the activation of the critic; wgan_gp_batch_norm has tanh, and a batch norm in G.
          `value.slope` [B] are the norms.
wgan      1701.07875, algorithm 1, with one update of the critic a step and one of the generator in every second step: like wgan_gp
          without the penalty and its draw; after the critic's update each of its parameters is clamped to [-0.2, 0.2].
gan_r1    gan with loss.r1 = ½ mean over B of ‖∇_x D(x)‖₂², weight 3 (1801.04406, equation 9). `value.slope` [B] are the norms.
conditional_<...>
          1411.1784, equation 2: G(z, y) and D(x, y), y = `batch.label` [B] of 3 classes, an embedding that goes beside the input.
          Samples of either phase have the labels of the batch, and D sees them with these. conditional_gan, _least_squares,
          _hinge, _wgan, _wgan_gp, the penalty's D(x̂, y) with the y of x.
"""
import torch
import torch.nn.functional as F
from torch import nn

from case import Case, assert_close, normal, uniform
from networks import unsettle
from steps import Phase, Terms, seed, train

BATCH, LATENT, WIDTH, HIDDEN = 8, 6, 10, 12
RATE, MOMENTUM, PENALTY, EVERY = 0.05, 0.5, 10.0, 2
CLIP, R1, CLASSES, EMBEDDED = 0.2, 3.0, 3, 4


def generator(normalized=False):
    """[N, 6] -> [N, 10]."""
    if not normalized:
        return nn.Sequential(nn.Linear(LATENT, HIDDEN), nn.ReLU(), nn.Linear(HIDDEN, WIDTH))
    return unsettle(nn.Sequential(nn.Linear(LATENT, HIDDEN, bias=False), nn.BatchNorm1d(HIDDEN), nn.ReLU(),
                                  nn.Linear(HIDDEN, WIDTH)))


def discriminator():
    """[N, 10] -> [N, 1]."""
    return nn.Sequential(nn.Linear(WIDTH, HIDDEN), nn.LeakyReLU(0.2), nn.Linear(HIDDEN, 1))


def critic(activation):
    """[N, 10] -> [N, 1], twice differentiable."""
    return nn.Sequential(nn.Linear(WIDTH, HIDDEN), activation(), nn.Linear(HIDDEN, HIDDEN), activation(), nn.Linear(HIDDEN, 1))


class Conditional(nn.Module):
    """[N, width], labels [N] -> [N, outputs]: what an embedding says of a label goes behind the input."""

    def __init__(self, width, activation, outputs):
        super().__init__()
        for place, layer in ((2, nn.Embedding(CLASSES, EMBEDDED)), (6, nn.Linear(width + EMBEDDED, HIDDEN)), (7, activation),
                             (8, nn.Linear(HIDDEN, outputs))):
            self.add_module(str(place), layer)

    def forward(self, x, y):
        at = self._modules
        return at["8"](at["7"](at["6"](torch.cat([x, at["2"](y)], 1))))


def softplus(v):
    """log(1 + e^v), of numbers that are too large for e^v too."""
    result = v.clamp(min=0) + (-v.abs()).exp().log1p()
    assert_close(result.detach(), F.softplus(v).detach(), "softplus")
    return result


def generated(loss, samples, data):
    """The generator's loss, and how far its samples are spread: their deviation in units of the data's."""
    def deviation(x):
        x = x.detach()
        return ((x - x.mean(0)).square().sum(0) / (len(x) - 1)).mean().sqrt()
    return Terms({"generator": loss}, {"generator": 1.0}, {"samplespread": deviation(samples) / deviation(data)})


def one(name, loss):
    return Terms({name: loss}, {name: 1.0})


NON_SATURATING = (lambda v: softplus(-v).mean(), lambda v: softplus(v).mean(), lambda v: softplus(-v).mean())
LEAST_SQUARES = (lambda v: ((v - 1) ** 2).mean() / 2, lambda v: (v ** 2).mean() / 2, lambda v: ((v - 1) ** 2).mean() / 2)
HINGE = (lambda v: hinge(1 - v).mean(), lambda v: hinge(1 + v).mean(), lambda v: -v.mean())


def hinge(margin):
    """max(0, margin), where some are above 0 and some below, and none is at the kink."""
    assert 0 < (margin > 0).sum() <= len(margin) and margin.abs().min() > 1e-4, margin
    return margin.clamp(min=0)


def slopes(judge, x, *label):
    """The norms of the gradients of a judge by its samples, [B], and what it gives for these."""
    x = x.clone().requires_grad_()
    given = judge(x, *label)
    slope, = torch.autograd.grad(given.sum(), x, create_graph=True)
    return slope.square().sum(1).sqrt(), given


def networks_of(make, judge, dtype, which):
    return {"generator.": make.to(dtype).train(), which + ".": judge.to(dtype).train()}


def labels_of(batch):
    """The labels of a batch as further arguments of both networks; none where it has none."""
    return [batch["label"]] if "label" in batch else []


def batch_of(dtype, labelled):
    batch = {"input": normal(BATCH, WIDTH, dtype=dtype, shift=0.5)}
    if labelled:
        batch["label"] = torch.randperm(BATCH) % CLASSES
    return batch


def gan(name, dtype, normalized=False, losses=NON_SATURATING, labelled=False, penalized=False):
    seed(name)
    networks = networks_of(Conditional(LATENT, nn.ReLU(), WIDTH), Conditional(WIDTH, nn.LeakyReLU(0.2), 1), dtype,
                           "discriminator") if labelled else networks_of(
        generator(normalized), critic(nn.Tanh) if penalized else discriminator(), dtype, "discriminator")

    def supply(step):
        return (batch_of(dtype, labelled),
                {f"{phase}_latent": normal(BATCH, LATENT, dtype=dtype) for phase in ("discriminator", "generator")})

    def discriminate(networks, step, batch, draw, stop):
        judge, make, y = networks["discriminator."], networks["generator."], labels_of(batch)
        norms, given = slopes(judge, batch["input"], *y) if penalized else (None, judge(batch["input"], *y))
        found = {"real": losses[0](given), "fake": losses[1](judge(stop(make(draw["discriminator_latent"], *y)), *y))}
        weights = {"real": 1.0, "fake": 1.0}
        if not penalized:
            return Terms(found, weights)
        return Terms({**found, "r1": norms.square().mean() / 2}, {**weights, "r1": R1}, {"slope": norms})

    def generate(networks, step, batch, draw, stop):
        y = labels_of(batch)
        samples = networks["generator."](draw["generator_latent"], *y)
        return generated(losses[2](networks["discriminator."](samples, *y)), samples, batch["input"])

    tensors = train(networks, supply, [Phase(discriminate, "discriminator.", "discriminator"),
                                       Phase(generate, "generator.", "generator")], RATE, MOMENTUM)
    settings = {"r1": R1} if penalized else {}
    return Case(name, tensors, {"generator": "mlp with batch norm" if normalized else "mlp", "discriminator": "mlp",
                                "optimizer": "sgd", "lr": RATE, "momentum": MOMENTUM, **settings})


@torch.no_grad()
def clip(network):
    """Clamps parameters, some of which lie outside of the bounds and some inside."""
    outside = sum((p.abs() > CLIP).sum().item() for p in network.parameters())
    assert 0 < outside < sum(p.numel() for p in network.parameters())
    for p in network.parameters():
        p.copy_(torch.where(p > CLIP, torch.full_like(p, CLIP), torch.where(p < -CLIP, torch.full_like(p, -CLIP), p)))


def wgan(name, dtype, activation, normalized=False, labelled=False, penalized=True):
    seed(name)
    networks = networks_of(Conditional(LATENT, nn.ReLU(), WIDTH), Conditional(WIDTH, activation(), 1), dtype,
                           "critic") if labelled else networks_of(generator(normalized), critic(activation), dtype, "critic")

    def supply(step):
        draw = {"critic_latent": normal(BATCH, LATENT, dtype=dtype)}
        if penalized:
            draw["share"] = uniform(BATCH, 1, dtype=dtype)
        if (step + 1) % EVERY == 0:
            draw["generator_latent"] = normal(BATCH, LATENT, dtype=dtype)
        return batch_of(dtype, labelled), draw

    def criticize(networks, step, batch, draw, stop):
        judge, real, y = networks["critic."], batch["input"], labels_of(batch)
        fake = stop(networks["generator."](draw["critic_latent"], *y))
        wasserstein = -judge(real, *y).mean() + judge(fake, *y).mean()
        if not penalized:
            return one("wasserstein", wasserstein)
        norms, _ = slopes(judge, draw["share"] * real + (1 - draw["share"]) * fake, *y)
        return Terms({"wasserstein": wasserstein, "penalty": ((norms - 1) ** 2).mean()},
                     {"wasserstein": 1.0, "penalty": PENALTY}, {"slope": norms})

    def generate(networks, step, batch, draw, stop):
        y = labels_of(batch)
        samples = networks["generator."](draw["generator_latent"], *y)
        return generated(-networks["critic."](samples, *y).mean(), samples, batch["input"])

    first = Phase(criticize, "critic.", "critic") if penalized else Phase(criticize, "critic.", "critic", after=clip)
    tensors = train(networks, supply, [first, Phase(generate, "generator.", "generator", EVERY)], RATE, MOMENTUM)
    settings = {"penalty.weight": PENALTY} if penalized else {"clip": CLIP}
    return Case(name, tensors, {"generator": "mlp with batch norm" if normalized else "mlp",
                                "critic": f"mlp with {activation.__name__.lower()}", "optimizer": "sgd", "lr": RATE,
                                "momentum": MOMENTUM, **settings, "generator.every": EVERY})


def cases(dtype):
    yield gan("gan", dtype)
    yield gan("gan_batch_norm", dtype, True)
    yield gan("gan_least_squares", dtype, losses=LEAST_SQUARES)
    yield gan("gan_hinge", dtype, losses=HINGE)
    yield gan("gan_r1", dtype, penalized=True)
    yield wgan("wgan_gp_tanh", dtype, nn.Tanh)
    yield wgan("wgan_gp_softplus", dtype, nn.Softplus)
    yield wgan("wgan_gp_batch_norm", dtype, nn.Tanh, True)
    yield wgan("wgan", dtype, nn.Tanh, penalized=False)
    yield gan("conditional_gan", dtype, labelled=True)
    yield gan("conditional_least_squares", dtype, losses=LEAST_SQUARES, labelled=True)
    yield gan("conditional_hinge", dtype, losses=HINGE, labelled=True)
    yield wgan("conditional_wgan", dtype, nn.Tanh, labelled=True, penalized=False)
    yield wgan("conditional_wgan_gp", dtype, nn.Tanh, labelled=True)
