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
"""
import torch
import torch.nn.functional as F
from torch import nn

from case import Case, assert_close, normal, uniform
from networks import unsettle
from steps import Phase, Terms, seed, train

BATCH, LATENT, WIDTH, HIDDEN = 8, 6, 10, 12
RATE, MOMENTUM, PENALTY, EVERY = 0.05, 0.5, 10.0, 2


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


def softplus(v):
    """log(1 + e^v), of numbers that are too large for e^v too."""
    result = v.clamp(min=0) + (-v.abs()).exp().log1p()
    assert_close(result.detach(), F.softplus(v).detach(), "softplus")
    return result


def one(name, loss):
    return Terms({name: loss}, {name: 1.0})


NON_SATURATING = (lambda v: softplus(-v).mean(), lambda v: softplus(v).mean(), lambda v: softplus(-v).mean())
LEAST_SQUARES = (lambda v: ((v - 1) ** 2).mean() / 2, lambda v: (v ** 2).mean() / 2, lambda v: ((v - 1) ** 2).mean() / 2)
HINGE = (lambda v: hinge(1 - v).mean(), lambda v: hinge(1 + v).mean(), lambda v: -v.mean())


def hinge(margin):
    """max(0, margin), where some are above 0 and some below, and none is at the kink."""
    assert 0 < (margin > 0).sum() <= len(margin) and margin.abs().min() > 1e-4, margin
    return margin.clamp(min=0)


def gan(name, dtype, normalized=False, losses=NON_SATURATING):
    seed(name)
    networks = {"generator.": generator(normalized).to(dtype).train(), "discriminator.": discriminator().to(dtype).train()}

    def supply(step):
        return ({"input": normal(BATCH, WIDTH, dtype=dtype, shift=0.5)},
                {f"{phase}_latent": normal(BATCH, LATENT, dtype=dtype) for phase in ("discriminator", "generator")})

    def discriminate(networks, step, batch, draw, stop):
        judge, make = networks["discriminator."], networks["generator."]
        real = losses[0](judge(batch["input"]))
        fake = losses[1](judge(stop(make(draw["discriminator_latent"]))))
        return Terms({"real": real, "fake": fake}, {"real": 1.0, "fake": 1.0})

    def generate(networks, step, batch, draw, stop):
        verdict = networks["discriminator."](networks["generator."](draw["generator_latent"]))
        return one("generator", losses[2](verdict))

    tensors = train(networks, supply, [Phase(discriminate, "discriminator.", "discriminator"),
                                       Phase(generate, "generator.", "generator")], RATE, MOMENTUM)
    return Case(name, tensors, {"generator": "mlp with batch norm" if normalized else "mlp", "discriminator": "mlp",
                                "optimizer": "sgd", "lr": RATE, "momentum": MOMENTUM})


def wgan_gp(name, dtype, activation, normalized=False):
    seed(name)
    networks = {"generator.": generator(normalized).to(dtype).train(), "critic.": critic(activation).to(dtype).train()}

    def supply(step):
        draw = {"critic_latent": normal(BATCH, LATENT, dtype=dtype), "share": uniform(BATCH, 1, dtype=dtype)}
        if (step + 1) % EVERY == 0:
            draw["generator_latent"] = normal(BATCH, LATENT, dtype=dtype)
        return {"input": normal(BATCH, WIDTH, dtype=dtype, shift=0.5)}, draw

    def criticize(networks, step, batch, draw, stop):
        judge, real = networks["critic."], batch["input"]
        fake = stop(networks["generator."](draw["critic_latent"]))
        wasserstein = -judge(real).mean() + judge(fake).mean()
        between = (draw["share"] * real + (1 - draw["share"]) * fake).requires_grad_()
        slope, = torch.autograd.grad(judge(between).sum(), between, create_graph=True)
        norms = slope.square().sum(1).sqrt()
        return Terms({"wasserstein": wasserstein, "penalty": ((norms - 1) ** 2).mean()},
                     {"wasserstein": 1.0, "penalty": PENALTY}, {"slope": norms})

    def generate(networks, step, batch, draw, stop):
        return one("generator", -networks["critic."](networks["generator."](draw["generator_latent"])).mean())

    tensors = train(networks, supply, [Phase(criticize, "critic.", "critic"),
                                       Phase(generate, "generator.", "generator", EVERY)], RATE, MOMENTUM)
    return Case(name, tensors, {"generator": "mlp with batch norm" if normalized else "mlp",
                                "critic": f"mlp with {activation.__name__.lower()}", "optimizer": "sgd", "lr": RATE,
                                "momentum": MOMENTUM, "penalty.weight": PENALTY, "generator.every": EVERY})


def cases(dtype):
    yield gan("gan", dtype)
    yield gan("gan_batch_norm", dtype, True)
    yield gan("gan_least_squares", dtype, losses=LEAST_SQUARES)
    yield gan("gan_hinge", dtype, losses=HINGE)
    yield wgan_gp("wgan_gp_tanh", dtype, nn.Tanh)
    yield wgan_gp("wgan_gp_softplus", dtype, nn.Softplus)
    yield wgan_gp("wgan_gp_batch_norm", dtype, nn.Tanh, True)
