"""Autoencoders, three steps of SGD with momentum on supplied batches and draws; names as in `steps.py`.

The networks are the encoder (`model.`) and the decoder behind it (`decoder.`). x = `batch.input`, B = 8 images of 64 numbers.

plain     Hinton and Salakhutdinov 2006: loss.reconstruction = mean over all numbers of (h(f(x)) - x)².
binary    the same with x in [0, 1] and logits a = h(f(x)): mean of -(x log p + (1 - x) log(1 - p)), p = 1/(1 + exp(-a)).
sparse    plain with loss.sparsity = mean over the batch of the sum of |f(x)|, weight.sparsity = 0.02.
contractive
          Rifai et al. 2011, equation 7: plain with loss.contraction = mean over the batch of the sum of the squares of all
          derivatives of f(x) by x, weight.contraction = 0.05.
vae       1312.6114, equation 10 with one draw: the encoder gives 6 means m, then 6 log variances s, clamped to [-30, 20];
          z = m + exp(s/2) draw `noise`; loss.reconstruction = mean over the batch of -log p(x|z) summed over the numbers,
          loss.divergence = mean over the batch of KL(N(m, exp(s)) || N(0, 1)) summed over z. Here p is Bernoulli by logits.
beta      the same with weight.divergence = 4 (Higgins et al. 2017) and p = N(a, 0.5²).
ramped    the same as vae with weight.divergence = 2 min(1, s/2) in step s.
capacity  1804.03599, equation 8: beta with 3 |loss.divergence - C| in the place of the weighted divergence, C = 30 min(1, s/2) in
          step s; one step has a divergence above and another one below.
clamped   the same as beta; the second log variance starts near -35, beyond the clamp, and has no gradient.
conditional
          vae and beta of networks that see the label of each sample, too (1406.5298; p(z) is N(0, 1) for every label):
          q(z|x, y) and p(x|z, y); y = `batch.label` in {0, 1, 2}, an embedding of which stands behind the input.
levels    1401.4082; 1509.00519, equations 1 and 2: L levels of 6, 4 (and 3) latent numbers; networks `model.`, `encoder2.`, ...,
          `prior1.`, ..., `decoder.`, with z_l = m_l + exp(s_l/2) draw `noise<l>`: loss.reconstruction of p(x|z_1),
          loss.divergence<l> = log q(z_l|z_(l-1)) - log p(z_l|z_(l+1)) at the draws, of the last KL(q || N(0, 1)), by the
          densities; weight.divergence<l> = 0.5 for two levels with p = N(a, 0.5²), 1 for three with Bernoulli.
vq        1711.00937, equation 3 and appendix A.1: each vector z of the encoder's output ([B, 6], or [B, 4, 4, 4] with a vector of
          the 4 channels at each of 16 places) is replaced by its nearest of 6 codes e; the decoder sees z + sg(e - z);
          loss.reconstruction = mean (h - x)², loss.commitment = mean (z - sg e)² with weight.commitment = 0.25. After the update
          counts N <- (N + n)/2 and sums m <- (m + sum of its vectors)/2; a code with N below 0.6 of the mean count gets that
          count and the sum N z, z the vector farthest from its code (the next farthest for the next such code); then
          e = m/N', N' = (N + 1e-5)/(sum N + 6e-5) sum N.

Cases are <task>_mlp, and <task>_cnn with batch norms in both networks.
"""
import math

import torch
from torch import nn
from torch.distributions import Bernoulli, Normal, kl_divergence

from case import Case, assert_close, normal, uniform
from networks import unsettle
from pretext import cnn, head, mlp
from steps import Phase, Terms, seed, train

BATCH, LATENT, RATE = 8, 6, 0.01


def decoder(normalized):
    return nn.Sequential(*head(normalized, LATENT, 64), nn.Unflatten(1, (1, 8, 8)))


def bernoulli(x, a):
    """-log p of every number."""
    p = 1 / (1 + (-a).exp())
    losses = -(x * p.log() + (1 - x) * (1 - p).log())
    assert_close(losses.detach(), -Bernoulli(logits=a, validate_args=False).log_prob(x).detach(), "Bernoulli")
    return losses


def gaussian(x, a, deviation):
    losses = ((x - a) / deviation).square() / 2 + math.log(deviation) + math.log(2 * math.pi) / 2
    assert_close(losses.detach(), -Normal(a, deviation).log_prob(x).detach(), "normal")
    return losses


def plain(networks, x, draw):
    return {"reconstruction": (networks["decoder"](networks["model"](x)) - x).square().mean()}


def binary(networks, x, draw):
    return {"reconstruction": bernoulli(x, networks["decoder"](networks["model"](x))).mean()}


def sparse(networks, x, draw):
    codes = networks["model"](x)
    restored = networks["decoder"](codes)
    return {"reconstruction": (restored - x).square().mean(), "sparsity": codes.abs().sum(1).mean()}


def contractive(networks, x, draw):
    encoder = networks["model"]
    squares = [torch.autograd.functional.jacobian(lambda one: encoder(one[None])[0], sample, create_graph=True).square().sum()
               for sample in x]
    return {**plain(networks, x, draw), "contraction": torch.stack(squares).mean()}


def variational(losses):
    def rule(networks, x, draw):
        code = networks["model"](x)
        mean, s = code[:, :LATENT], code[:, LATENT:].clamp(-30, 20)
        z = mean + s.exp().sqrt() * draw["noise"].to(x.dtype)
        divergence = (mean.square() + s.exp() - 1 - s).sum(1) / 2
        expected = kl_divergence(Normal(mean, s.exp().sqrt()), Normal(torch.zeros_like(mean), 1.0)).sum(1)
        assert_close(divergence.detach(), expected.detach(), "divergence")
        return {"reconstruction": losses(x, networks["decoder"](z)).flatten(1).sum(1).mean(), "divergence": divergence.mean()}
    return rule


CLASSES, EMBEDDED = 3, 4


class Conditional(nn.Module):
    """[N, ...], labels [N] -> [N, outputs]; the numbers are those of a stack of declared layers from `first` on."""

    def __init__(self, width, hidden, outputs, first):
        super().__init__()
        self.first = first
        for place, layer in ((2, nn.Embedding(CLASSES, EMBEDDED)), (first, nn.Linear(width + EMBEDDED, hidden)),
                             (first + 2, nn.Linear(hidden, outputs))):
            self.add_module(str(place), layer)

    def forward(self, x, y):
        at = self._modules
        hidden = at[str(self.first)](torch.cat([x.flatten(1), at["2"](y)], 1)).tanh()
        return at[str(self.first + 2)](hidden)


def conditional(name, losses, inputs, weight, dtype):
    seed(name)
    networks = {"": nn.ModuleDict({"model": Conditional(64, 10, 2 * LATENT, 7),
                                   "decoder": Conditional(LATENT, 8, 64, 6)}).to(dtype).train()}

    def supply(step):
        batch = {"input": inputs(dtype), "label": torch.randperm(BATCH) % CLASSES}
        return batch, {"noise": normal(BATCH, LATENT, dtype=torch.float32)}

    def terms(networks, step, batch, draw, stop):
        y = batch["label"]
        given = {"model": lambda x: networks[""]["model"](x, y),
                 "decoder": lambda z: networks[""]["decoder"](z, y).reshape(BATCH, 1, 8, 8)}
        return Terms(variational(losses)(given, batch["input"], draw), {"reconstruction": 1.0, "divergence": weight})

    return Case(name, train(networks, supply, [Phase(terms)], rate=RATE), {"optimizer": "sgd", "lr": RATE, "momentum": 0.9})


WIDTHS = (6, 4, 3)


def levels(count, name, losses, inputs, weight, dtype):
    seed(name)

    def normal_of(width, outputs):
        return nn.Sequential(nn.Linear(width, 5), nn.Tanh(), nn.Linear(5, 2 * outputs))

    parts = {"model": mlp(64, 2 * WIDTHS[0])}
    for level in range(2, count + 1):
        parts[f"encoder{level}"] = normal_of(WIDTHS[level - 2], WIDTHS[level - 1])
    for level in range(1, count):
        parts[f"prior{level}"] = normal_of(WIDTHS[level], WIDTHS[level - 1])
    parts["decoder"] = decoder(False)
    networks = {"": nn.ModuleDict(parts).to(dtype).train()}

    def supply(step):
        return {"input": inputs(dtype)}, {f"noise{level}": normal(BATCH, WIDTHS[level - 1], dtype=torch.float32)
                                          for level in range(1, count + 1)}

    def normal_by(network, given):
        told = network(given)
        half = told.shape[1] // 2
        return Normal(told[:, :half], (told[:, half:].clamp(-30, 20) / 2).exp())

    def terms(networks, step, batch, draw, stop):
        at, x = networks[""], batch["input"]
        below, drawn, told = x, [], []
        for level in range(1, count + 1):
            q = normal_by(at["model" if level == 1 else f"encoder{level}"], below)
            below = q.loc + q.scale * draw[f"noise{level}"].to(x.dtype)
            drawn.append(below)
            told.append(q)
        found = {"reconstruction": losses(x, at["decoder"](drawn[0])).flatten(1).sum(1).mean()}
        for level in range(1, count):
            p = normal_by(at[f"prior{level}"], drawn[level])
            estimate = told[level - 1].log_prob(drawn[level - 1]) - p.log_prob(drawn[level - 1])
            found[f"divergence{level}"] = estimate.sum(1).mean()
        top = told[-1]
        found[f"divergence{count}"] = kl_divergence(top, Normal(torch.zeros_like(top.loc), 1.0)).sum(1).mean()
        return Terms(found, {term: 1.0 if term == "reconstruction" else weight for term in found})

    return Case(name, train(networks, supply, [Phase(terms)], rate=RATE), {"optimizer": "sgd", "lr": RATE, "momentum": 0.9})


CODES, DECAY, RESTART, SMOOTHING = 6, 0.5, 0.6, 1e-5


def vectors_of(z):
    return z.flatten(2).transpose(1, 2).reshape(-1, z.shape[1]) if z.dim() == 4 else z


def nearest(vectors, codes):
    places = []
    for vector in vectors:
        distances = (codes - vector).square().sum(1).sqrt()
        first, second = distances.sort().values[:2]
        assert second - first > 1e-4, "two codes are equally near"
        places.append(distances.argmin())
    return torch.stack(places)


def quantized(stack, dtype):
    case = f"vq_{stack}"
    seed(case)
    if stack == "mlp":
        model, behind = mlp(64, LATENT), decoder(False)
    else:
        model = unsettle(nn.Sequential(nn.Conv2d(1, 4, 3, stride=2, padding=1, bias=False), nn.BatchNorm2d(4), nn.Tanh()))
        behind = unsettle(nn.Sequential(
            nn.BatchNorm2d(4), nn.Tanh(), nn.Flatten(), nn.Linear(64, 64), nn.Unflatten(1, (1, 8, 8))))
    width = LATENT if stack == "mlp" else 4
    networks = {"": nn.ModuleDict({"model": model, "decoder": behind}).to(dtype).train()}
    codes = normal(CODES, width, dtype=dtype, scale=0.5)
    memory = {"codebook": codes, "codebook.sums": codes.clone(), "codebook.counts": torch.ones(CODES, dtype=dtype)}
    restarts = []

    def terms(networks, step, batch, draw, stop):
        x, together = batch["input"], networks[""]
        z = together["model"](x)
        vectors = vectors_of(z)
        chosen = memory["codebook"][nearest(vectors.detach(), memory["codebook"])]
        if z.dim() == 4:
            chosen = chosen.reshape(BATCH, 16, width).transpose(1, 2).reshape(z.shape)
        told = together["decoder"](z + stop(chosen - z))
        losses = {"reconstruction": (told - x).square().mean(), "commitment": (z - stop(chosen)).square().mean()}
        return Terms(losses, {"reconstruction": 1.0, "commitment": 0.25}, {"vectors": vectors})

    def finish(step, batch, values):
        vectors = values["vectors"].detach()
        places = nearest(vectors, memory["codebook"])
        distances = (vectors - memory["codebook"][places]).square().sum(1)
        counts, sums = memory["codebook.counts"].clone(), memory["codebook.sums"].clone()
        for code in range(CODES):
            own = vectors[places == code]
            counts[code] = DECAY * counts[code] + (1 - DECAY) * len(own)
            sums[code] = DECAY * sums[code] + (1 - DECAY) * own.sum(0)
        mean, farthest = counts.mean(), distances.argsort(descending=True)
        assert (counts - RESTART * mean).abs().min() > 1e-4, "a count at the bound"
        dead = [code for code in range(CODES) if counts[code] < RESTART * mean]
        for code, vector in zip(dead, farthest):
            counts[code] = mean
            sums[code] = mean * vectors[vector]
        restarts.append(len(dead))
        smoothed = (counts + SMOOTHING) / (counts.sum() + CODES * SMOOTHING) * counts.sum()
        memory.update({"codebook": sums / smoothed[:, None], "codebook.sums": sums, "codebook.counts": counts})

    tensors = train(networks, lambda step: ({"input": real(dtype)}, {}), [Phase(terms)], rate=RATE, memory=memory, finish=finish)
    assert 0 < sum(restarts) < 3 * CODES, f"restarts {restarts}"
    return Case(case, tensors, {"optimizer": "sgd", "lr": RATE, "momentum": 0.9})


def real(dtype):
    return normal(BATCH, 1, 8, 8, dtype=dtype)


def share(dtype):
    return uniform(BATCH, 1, 8, 8, dtype=dtype)


# Rule, input, numbers of the code, weight of the divergence in a step.
TASKS = {
    "plain": (plain, real, LATENT, None),
    "binary": (binary, share, LATENT, None),
    "sparse": (sparse, real, LATENT, lambda step: 0.02),
    "contractive": (contractive, real, LATENT, lambda step: 0.05),
    "vae": (variational(bernoulli), share, 2 * LATENT, lambda step: 1.0),
    "beta": (variational(lambda x, a: gaussian(x, a, 0.5)), real, 2 * LATENT, lambda step: 4.0),
    "capacity": (variational(lambda x, a: gaussian(x, a, 0.5)), real, 2 * LATENT, None),
    "ramped": (variational(bernoulli), share, 2 * LATENT, lambda step: 2 * min(1.0, step / 2)),
    "clamped": (variational(lambda x, a: gaussian(x, a, 0.5)), real, 2 * LATENT, lambda step: 4.0),
}


def task(name, stack, dtype):
    case = f"{name}_{stack}"
    seed(case)
    rule, inputs, width, weight = TASKS[name]
    model, behind = (mlp(64, width), decoder(False)) if stack == "mlp" else (cnn(1, 64, width), decoder(True))
    if name == "clamped":
        with torch.no_grad():
            list(model.parameters())[-1][LATENT + 1] = -35.0
    networks = {"": nn.ModuleDict({"model": model, "decoder": behind}).to(dtype).train()}

    def supply(step):
        return {"input": inputs(dtype)}, {} if width == LATENT else {"noise": normal(BATCH, LATENT, dtype=torch.float32)}

    sides = []

    def terms(networks, step, batch, draw, stop):
        losses = rule(networks[""], batch["input"], draw)
        if name == "capacity":
            over = losses["divergence"] - 30 * min(1.0, step / 2)
            sides.append(over.item() > 0)
            distance = over if over > 0 else -over
            return Terms({**losses, "distance": distance}, {"reconstruction": 1.0, "distance": 3.0, "divergence": 0.0})
        return Terms(losses, {term: 1.0 if term == "reconstruction" else weight(step) for term in losses})

    tensors = train(networks, supply, [Phase(terms)], rate=RATE)
    assert name != "capacity" or len(set(sides)) == 2, "the capacity lies on one side"
    tensors = {key: value for key, value in tensors.items() if not key.endswith(".distance")}
    return Case(case, tensors, {"optimizer": "sgd", "lr": RATE, "momentum": 0.9})


def cases(dtype):
    for name in TASKS:
        for stack in ("mlp", "cnn"):
            if name not in ("ramped", "clamped", "contractive") or stack == "mlp":
                yield task(name, stack, dtype)
    for stack in ("mlp", "cnn"):
        yield quantized(stack, dtype)
    yield conditional("conditional_vae", bernoulli, share, 1.0, dtype)
    yield conditional("conditional_beta", lambda x, a: gaussian(x, a, 0.5), real, 4.0, dtype)
    yield levels(2, "two_levels", lambda x, a: gaussian(x, a, 0.5), real, 0.5, dtype)
    yield levels(3, "three_levels", bernoulli, share, 1.0, dtype)
