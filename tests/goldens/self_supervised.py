"""Representations without labels, three steps of SGD with momentum on supplied batches and draws; names as in `steps.py`.

The trained networks are the encoder (`model.`), the head behind it (`projection.`) and, where there is one, the predictor
(`predictor.`): z = projection(encoder(view)). A step sees two views of x `batch.input`, B = 8 images, which are shifts by up to 1
pixel: draws `first_shift`, `second_shift`. Each view is a pass of its own but in simclr, whose 2 B views are one pass.

simclr    2002.05709, equation 1: mean over the 2 B views i, j the other view of the same image, of
          -log(exp(u_i u_j / τ) / Σ_{k≠i} exp(u_i u_k / τ)), u = unit(z), τ = 0.5.
simsiam   2011.10566, equations 1 to 4: -½ mean cos(h(z₁), sg z₂) - ½ mean cos(h(z₂), sg z₁), h the predictor.
byol      2006.07733: mean ‖unit(q(z₁)) - unit(sg z̄₂)‖² + mean ‖unit(q(z₂)) - unit(sg z̄₁)‖², z̄ of moving averages (`target.`,
          `target.projection.`) in training mode, with running statistics of their own. After update k, k = 0, 1, 2:
          target ← d target + (1 - d) trained, d = 1 - (1 - 0.9)(cos(π k / 3) + 1)/2.
barlow    2103.03230: z standardised over the batch (variance of B, plus 1e-5), C = z₁ᵀ z₂ / B; loss.invariance = Σ (1 - C_ii)²,
          loss.redundancy = Σ_{i≠j} C_ij², weight 0.0051.
vicreg    2105.04906: loss.invariance = mean (z₁ - z₂)², weight 25; loss.variance = ½ Σ over views of mean over components of
          max(0, 1 - √(Var + 1e-4)), weight 25; loss.covariance = Σ over views of Σ_{i≠j} Cov_ij² / D, weight 1; Var and Cov
          divide by B - 1.

swav      2006.09882, equations 1 to 4: the mean over the 2 B views of -Σ q log softmax(u cᵀ / 0.1), c the K = 5 `prototypes`, q the
          code of the other view: exp(u cᵀ / 0.3) of one view of all images brought to sums B/K of prototypes and then 1 of images,
          three times. After the update rows of c are divided by their norms. One pass of both views.

deep_cluster
          1807.05520, equation 2 on given clusters c `batch.cluster` of K = 6 and weights w `batch.cluster_weight`: loss.clustering =
          mean -w log softmax(h(f(first view)))[c], h the linear head `classifier.`.

Cases are <scheme>_mlp, and <scheme>_cnn with batch norms in the encoder and the heads. A shift that a mean over the batch takes
away again has no gradient: last layers have none.
"""
import copy
import math

import torch
from torch import nn

from augment import draw_shift, shift
from case import Case, assert_close, normal
from networks import unsettle
from steps import Phase, Terms, seed, train, unit

BATCH, FEATURES, WIDTH, CLUSTERS, TEMPERATURE, EMA, REDUNDANCY = 8, 12, 8, 6, 0.5, 0.9, 0.0051


def mlp():
    """[N, 1, 8, 8] -> [N, 12]."""
    return nn.Sequential(nn.Flatten(), nn.Linear(64, 12), nn.ReLU(), nn.Linear(12, FEATURES))


def cnn():
    """[N, 1, 8, 8] -> [N, 12]."""
    return unsettle(nn.Sequential(
        nn.Conv2d(1, 3, 3, padding=1, bias=False), nn.BatchNorm2d(3), nn.ReLU(), nn.MaxPool2d(2),
        nn.Conv2d(3, 4, 3, padding=1, bias=False), nn.BatchNorm2d(4), nn.ReLU(),
        nn.Flatten(), nn.Linear(64, FEATURES, bias=False)))


def head(normalized, width, hidden, out):
    if not normalized:
        return nn.Sequential(nn.Linear(width, hidden), nn.Tanh(), nn.Linear(hidden, out, bias=False))
    return unsettle(nn.Sequential(nn.Linear(width, hidden, bias=False), nn.BatchNorm1d(hidden), nn.Tanh(),
                                  nn.Linear(hidden, out, bias=False)))


def embed(networks, view):
    return networks["projection"](networks["model"](view))


def simclr(networks, first, second, stop):
    u = unit(embed(networks, torch.cat([first, second])))
    exponentials = (u @ u.T / TEMPERATURE).exp()
    loss = 0
    for i in range(2 * BATCH):
        others = sum(exponentials[i, k] for k in range(2 * BATCH) if k != i)
        loss = loss - (exponentials[i, (i + BATCH) % (2 * BATCH)] / others).log()
    return {"contrastive": loss / (2 * BATCH)}, {"contrastive": 1.0}


def codes(scores):
    """By the alternating scalings of Sinkhorn and Knopp, as diag(a) M diag(b)."""
    m = (scores / 0.3).exp()
    a, b = torch.ones(len(m), dtype=m.dtype), torch.ones(m.shape[1], dtype=m.dtype)
    for _ in range(3):
        b = (len(m) / m.shape[1]) / (m.T @ a)
        a = 1 / (m @ b)
    found = a[:, None] * m * b
    assert_close(found.sum(1), torch.ones(len(m), dtype=m.dtype), "a distribution for each image")
    return found


def swav(networks, first, second, stop):
    u = unit(embed(networks, torch.cat([first, second])))
    scores = u @ networks["prototypes"].weight.T
    q = stop(torch.cat([codes(scores[BATCH:].detach()), codes(scores[:BATCH].detach())]))
    return {"swapped": -(q * (scores / 0.1).log_softmax(1)).sum(1).mean()}, {"swapped": 1.0}


def cosine(a, b):
    return (unit(a) * unit(b)).sum(1)


def simsiam(networks, first, second, stop):
    h, z1, z2 = networks["predictor"], embed(networks, first), embed(networks, second)
    loss = -cosine(h(z1), stop(z2)).mean() / 2 - cosine(h(z2), stop(z1)).mean() / 2
    return {"alignment": loss}, {"alignment": 1.0}


def byol(target):
    def terms(networks, first, second, stop):
        q, z1, z2 = networks["predictor"], embed(networks, first), embed(networks, second)
        # The passes of the average are in the order of the trained ones: running statistics are not of the order alike.
        with torch.no_grad():
            t2 = embed(target(), second)
            t1 = embed(target(), first)
        t2, t1 = stop(t2), stop(t1)
        p1, p2 = q(z1), q(z2)
        loss = (unit(p1) - unit(t2)).square().sum(1).mean() + (unit(p2) - unit(t1)).square().sum(1).mean()
        assert_close(loss.detach(), (4 - 2 * cosine(p1, t2) - 2 * cosine(p2, t1)).mean().detach(), "distances")
        return {"alignment": loss}, {"alignment": 1.0}
    return terms


def barlow(networks, first, second, stop):
    def standardised(z):
        return (z - z.mean(0)) / (z.var(0, unbiased=False) + 1e-5).sqrt()
    c = standardised(embed(networks, first)).T @ standardised(embed(networks, second)) / BATCH
    diagonal = torch.diagonal(c)
    redundancy = c.square().sum() - diagonal.square().sum()
    return ({"invariance": (1 - diagonal).square().sum(), "redundancy": redundancy},
            {"invariance": 1.0, "redundancy": REDUNDANCY})


def vicreg(networks, first, second, stop):
    z = [embed(networks, first), embed(networks, second)]
    variance, covariance = 0, 0
    for view in z:
        deviation = (view.var(0, unbiased=True) + 1e-4).sqrt()
        assert (deviation < 1).any() and (deviation - 1).abs().min() > 1e-4
        variance = variance + (1 - deviation).clamp(min=0).mean() / 2
        centred = view - view.mean(0)
        cov = centred.T @ centred / (BATCH - 1)
        covariance = covariance + (cov.square().sum() - torch.diagonal(cov).square().sum()) / WIDTH
    return ({"invariance": (z[0] - z[1]).square().mean(), "variance": variance, "covariance": covariance},
            {"invariance": 25.0, "variance": 25.0, "covariance": 1.0})


SCHEMES = {"simclr": (simclr, False), "simsiam": (simsiam, True), "byol": (None, True), "barlow": (barlow, False),
           "vicreg": (vicreg, False), "swav": (swav, False)}
# Draws at which no kink of a ReLU decides the float32 result.
SEEDS = {"simclr_cnn": 0, "byol_cnn": 6, "vicreg_cnn": 2}
RATES = {"simclr": 0.02, "byol": 0.02, "vicreg": 0.002, "barlow": 0.01, "swav": 0.02}


def scheme(name, stack, dtype):
    case = f"{name}_{stack.__name__}"
    seed(case, SEEDS.get(case, 0))
    rule, predicts = SCHEMES[name]
    parts = {"model": stack(), "projection": head(stack is cnn, FEATURES, 10, WIDTH)}
    if predicts:
        parts["predictor"] = head(stack is cnn, WIDTH, 5, WIDTH)
    if name == "swav":
        parts["prototypes"] = nn.Linear(WIDTH, 5, bias=False)
        with torch.no_grad():
            parts["prototypes"].weight.copy_(unit(normal(5, WIDTH, dtype=torch.float32)))
    if name == "vicreg":
        with torch.no_grad():
            parts["projection"][-1].weight.mul_(3)
    networks = {"": nn.ModuleDict(parts).to(dtype).train()}
    target = copy.deepcopy(nn.ModuleDict({key: parts[key] for key in ("model", "projection")})).requires_grad_(False)
    if name == "byol":
        networks["target."] = target
        # Differences are taken at trained networks that were moved; the average's running statistics are not to notice.
        rule = byol(lambda: target)

    def supply(step):
        return ({"input": normal(BATCH, 1, 8, 8, dtype=dtype)},
                {"first_shift": draw_shift(BATCH), "second_shift": draw_shift(BATCH)})

    def terms(networks, step, batch, draw, stop):
        kept = copy.deepcopy(target.state_dict()) if stop.place is not None else None
        losses, weights = rule(networks[""], shift(batch["input"], draw["first_shift"]),
                               shift(batch["input"], draw["second_shift"]), stop)
        if kept is not None:
            target.load_state_dict(kept)
        return Terms(losses, weights)

    @torch.no_grad()
    def finish(step, batch, values):
        if name == "swav":
            parts["prototypes"].weight.copy_(unit(parts["prototypes"].weight))
        if name != "byol":
            return
        decay = 1 - (1 - EMA) * (math.cos(math.pi * step / 3) + 1) / 2
        for key in ("model", "projection"):
            for theirs, ours in zip(target[key].parameters(), networks[""][key].parameters()):
                theirs.copy_(decay * theirs + (1 - decay) * ours)

    tensors = train(networks, supply, [Phase(terms)], rate=RATES.get(name, 0.1), finish=finish)
    tensors = {key.replace(".prototypes.weight", ".prototypes"): value for key, value in tensors.items()}
    return Case(case, tensors, {"stack": stack.__name__, "optimizer": "sgd", "lr": RATES.get(name, 0.1), "momentum": 0.9, "max_shift": 1})


def deep_cluster(stack, dtype):
    case = f"deep_cluster_{stack.__name__}"
    seed(case)
    networks = {"": nn.ModuleDict({"model": stack(), "classifier": nn.Linear(FEATURES, CLUSTERS)}).to(dtype).train()}

    def supply(step):
        clusters = torch.randint(0, CLUSTERS, (BATCH,))
        counts = torch.bincount(clusters, minlength=CLUSTERS)
        weights = (BATCH / (CLUSTERS * counts[clusters].double())).to(dtype)
        return ({"input": normal(BATCH, 1, 8, 8, dtype=dtype), "cluster": clusters, "cluster_weight": weights},
                {"first_shift": draw_shift(BATCH)})

    def terms(networks, step, batch, draw, stop):
        logits = networks[""]["classifier"](networks[""]["model"](shift(batch["input"], draw["first_shift"])))
        p = logits.exp() / logits.exp().sum(1, keepdim=True)
        loss = -(batch["cluster_weight"] * p[torch.arange(BATCH), batch["cluster"]].log()).mean()
        return Terms({"clustering": loss}, {"clustering": 1.0})

    tensors = train(networks, supply, [Phase(terms)], rate=0.02)
    return Case(case, tensors, {"stack": stack.__name__, "optimizer": "sgd", "lr": 0.02, "momentum": 0.9, "max_shift": 1})


def cases(dtype):
    for stack in (mlp, cnn):
        yield deep_cluster(stack, dtype)
    for name in SCHEMES:
        for stack in (mlp, cnn):
            yield scheme(name, stack, dtype)
