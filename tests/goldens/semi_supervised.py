"""Three steps of SGD with momentum on labelled and unlabelled batches together, with supplied draws: all recorded steps by step.

The names of the tensors and what a frozen pass is stand in `steps.py`. Every scheme has a case `<scheme>_mlp`, a network without
batch norm, and `<scheme>_cnn`, with two of them and convolutions without bias. `loss.cross_entropy` is that of the labelled
batch, `loss.unlabeled` the scheme's term, each with a weight; total = Σ weight · loss. Streams are `batch.input` with
`batch.label`, and `batch.unlabeled`.

x is the labelled batch (N samples, labels y), u the unlabelled one (U), K the classes, p = softmax(z). Views are random shifts:
`weak` (and `first`, `second`, `student`, `teacher`) by up to 1 pixel, `strong` by up to 2 and then + 0.1 · normal noise; zeros
come in. Draws are `<view>_<stream>_shift` (start row and column in the image padded by 1 or 2, as in `augment.py`) and
`strong_unlabeled_noise`. Unless a joint pass is said, CE is of an ordinary pass of weak(x), which comes first.
w(t) = W exp(-5(1 - t/R)²) for the steps t < R counted from 0, then W.

pi_model             1610.02242, algorithm 1. mean over U and K of (p₁ - p₂)², two weak views of u, a frozen pass each, first and
                     second; weight w(t). The gradient goes through both: the paper stops none.
temporal_ensembling  1610.02242, algorithm 2. p of one frozen pass on weak(u); Z [M, K] and counts n [M] by `batch.index`.
                     mean over all U and K of 1[n > 0] (p - sg Z / (1 - decay^n))²; weight w(t). After the update of the
                     parameters Z ← decay Z + (1 - decay) p and n ← n + 1 for the samples of the batch. Z = 0, n = 0 at first, so
                     that the term of step 0 is zero. n counts visits of a sample: it is the paper's epoch t.
                     States: `ensemble` Z, `visits` n.
vat                  1704.03976, algorithm 1. v = weak(u); p = sg softmax(z(v)); d = unit(draw.direction). Iterations times:
                     d ← unit(g), g the gradient with respect to d of KL(p ‖ softmax(z(v + ξ d))), mean over U. r = ε d.
                     Term KL(p ‖ softmax(z(v + sg r))), mean over U. All passes are frozen; clean, iterations, adversarial.
                     unit is by sample: d / (‖d‖₂ + 1e-12), norm over all of a sample's elements. vat: 1 iteration, vat_twice: 2.
                     ξ = 1: below it float32 rounds the difference of two softmaxes that g is made of (ξ = 0.1 misses 1e-5).
entropy              2004 (Grandvalet and Bengio). mean over U of -Σ p log p, one frozen pass on weak(u); weight w(t).
pseudo_label         Lee 2013. mean over all U of 1[max p ≥ τ] CE(argmax p, z), the same z of one frozen pass on weak(u); the mask
                     and the label are constants; weight w(t).
fixmatch             2001.07685, equations 3 and 4. One joint pass of [weak(x); weak(u); strong(u)], which updates the running
                     statistics. mean over all U of 1[max p_w ≥ τ] CE(argmax p_w, z_s), p_w = sg softmax(z_w).
uda                  1904.12848. The same joint pass. mean over all U of 1[max p_w ≥ β] KL(q ‖ p_s), q = sg softmax(z_w / T), p_w
                     not sharpened. uda_log, uda_linear, uda_exp: with training signal annealing, CE is the mean over the labelled
                     samples with p_y ≤ η = φ(t)(1 - 1/K) + 1/K, 0 if there is none. φ: log 1 - exp(-5t/S), linear t/S, exp
                     exp(5(t/S - 1)), S total steps. Labels of step 0 of uda_log are the network's own, so that none is kept.
mixmatch             1905.02249, algorithm 1. p̄ = mean of softmax of two weak views of u, a frozen pass each;
                     q = p̄^(1/T) / Σ p̄^(1/T), a constant. X = [weak(x); first(u); second(u)], Y = [onehot(y); q; q]; l = max(share, 1 - share);
                     X' = l X + (1 - l) X[partners], Y' alike. One joint pass of X', which updates the running statistics.
                     `loss.cross_entropy` = mean over the first N of -Σ Y' log p; `loss.unlabeled` = mean over the other 2U and K
                     of (p - Y')²; weight W min(1, t/R).
mean_teacher         As in `training.py`: mean over U and K of (p - sg p_teacher)²; passes: weak(x), student's view of u, both of
                     which update the running statistics; the teacher's in training mode. weight w(t). After update k = 1, 2, ...
                     the teacher's parameters ← a teacher + (1 - a) student, a = min(1 - 1/(k + 1), ema); its buffers are copied.
"""
import copy
import math

import torch
import torch.nn.functional as F
from torch import nn

from augment import draw_shift, shift
from case import Case, assert_close, normal
from networks import unsettle
from objectives import cross_entropy, log_softmax
from steps import STEPS, Phase, Terms, exceeds, frozen, seed, some, train
from training import average, ramp, sharpen

LABELED, UNLABELED, CLASSES = 6, 8, 5
REACH = {"strong": 2}  # of a view's shift; 1 for the others
NOISE, RAMP_STEPS, DECAY, SAMPLES, EMA = 0.1, 2, 0.6, 20, 0.6
INDICES = ([3, 11, 0, 7, 5, 16, 9, 2], [5, 12, 3, 18, 9, 1, 16, 14], [9, 3, 13, 12, 0, 19, 5, 1])


def mlp():
    """[N, 1, 8, 8] -> [N, 5]."""
    return nn.Sequential(nn.Flatten(), nn.Linear(64, 12), nn.ReLU(), nn.Linear(12, CLASSES))


def cnn():
    """[N, 1, 8, 8] -> [N, 5]."""
    return unsettle(nn.Sequential(
        nn.Conv2d(1, 3, 3, padding=1, bias=False), nn.BatchNorm2d(3), nn.ReLU(), nn.MaxPool2d(2),
        nn.Conv2d(3, 4, 3, padding=1, bias=False), nn.BatchNorm2d(4), nn.ReLU(),
        nn.Flatten(), nn.Linear(64, 12), nn.ReLU(), nn.Linear(12, CLASSES)))


STACKS = {"mlp": mlp, "cnn": cnn}


def draw_view(view, count, dtype):
    """The draws of a view `<name>_<stream>`."""
    name = view.split("_")[0]
    draws = {f"{view}_shift": draw_shift(count, REACH.get(name, 1))}
    return draws | ({f"{view}_noise": normal(count, 1, 8, 8, dtype=dtype)} if name == "strong" else {})


def see(view, batch, draw):
    name, stream = view.split("_")
    seen = shift(batch["input" if stream == "labeled" else stream], draw[f"{view}_shift"], REACH.get(name, 1))
    return seen + NOISE * draw[f"{view}_noise"] if name == "strong" else seen


def softmax(z):
    return log_softmax(z).exp()


def divergence(target, z):
    """KL(target ‖ softmax(z)) by sample."""
    result = (target * (target.log() - log_softmax(z))).sum(1)
    assert_close(result.detach(), F.kl_div(F.log_softmax(z, 1), target, reduction="none").sum(1).detach(), "divergence")
    return result


def classified(z, label):
    """Cross-entropy by sample."""
    result = -log_softmax(z)[torch.arange(len(z)), label]
    assert_close(result.detach(), F.cross_entropy(z, label, reduction="none").detach(), "cross-entropy")
    return result


def labeled(networks, batch, draw):
    return cross_entropy(networks[""](see("weak_labeled", batch, draw)), batch["label"])


def two(supervised, term, weight, **values):
    return Terms({"cross_entropy": supervised, "unlabeled": term}, {"cross_entropy": 1.0, "unlabeled": weight}, values)


def pi_model(networks, step, batch, draw, stop, weight):
    supervised = labeled(networks, batch, draw)
    first = softmax(frozen(networks[""], see("first_unlabeled", batch, draw)))
    second = softmax(frozen(networks[""], see("second_unlabeled", batch, draw)))
    return two(supervised, ((first - second) ** 2).mean(), weight * ramp(step, RAMP_STEPS))


def temporal_ensembling(networks, step, batch, draw, stop, weight, memory):
    supervised, index = labeled(networks, batch, draw), batch["index"]
    p = softmax(frozen(networks[""], see("weak_unlabeled", batch, draw)))
    visits, target = memory["visits"][index], torch.zeros_like(p)
    for n in range(UNLABELED):
        if visits[n] > 0:
            target[n] = memory["ensemble"][index[n]] / (1 - DECAY ** visits[n].item())
    mask = visits > 0
    if step > 0:
        some(mask)
    term = (mask[:, None] * (p - stop(target)) ** 2).mean()
    return two(supervised, term, weight * ramp(step, RAMP_STEPS), mask=mask, target=target, probability=p)


def remember(memory):
    """The end of a step of temporal ensembling."""
    def finish(step, batch, values):
        for sample, p in zip(batch["index"], values["probability"].detach()):
            memory["ensemble"][sample] = DECAY * memory["ensemble"][sample] + (1 - DECAY) * p
            memory["visits"][sample] += 1
        assert step < STEPS - 1 or set(memory["visits"].tolist()) == {0, 1, 2, 3}
    return finish


def unit(d):
    return d / (d.flatten(1).square().sum(1).sqrt() + 1e-12)[:, None, None, None]


def vat(networks, step, batch, draw, stop, weight, xi, epsilon, iterations):
    supervised, view = labeled(networks, batch, draw), see("weak_unlabeled", batch, draw)
    p = stop(softmax(frozen(networks[""], view)))
    d = unit(draw["direction"])
    for _ in range(iterations):
        d = d.detach().requires_grad_()
        g, = torch.autograd.grad(divergence(p, frozen(networks[""], view + xi * d)).mean(), d)
        d = unit(g)
    r = stop(epsilon * d)
    assert (r.flatten(1).norm(dim=1) - epsilon).abs().max() < 1e-5 * epsilon, "length of the perturbation"
    return two(supervised, divergence(p, frozen(networks[""], view + r)).mean(), weight, probability=p, perturbation=r)


def entropy(networks, step, batch, draw, stop, weight):
    supervised = labeled(networks, batch, draw)
    z = frozen(networks[""], see("weak_unlabeled", batch, draw))
    term = -(softmax(z) * log_softmax(z)).sum(1).mean()
    assert_close(term.detach(), torch.distributions.Categorical(logits=z.detach()).entropy().mean(), "entropy")
    return two(supervised, term, weight * ramp(step, RAMP_STEPS))


def pseudo_label(networks, step, batch, draw, stop, weight, threshold):
    supervised = labeled(networks, batch, draw)
    z = frozen(networks[""], see("weak_unlabeled", batch, draw))
    confidence, guess = stop(softmax(z)).max(1)
    mask = some(exceeds(confidence, threshold))
    return two(supervised, (mask * classified(z, guess)).mean(), weight * ramp(step, RAMP_STEPS), mask=mask, guess=guess)


def joint(networks, batch, draw):
    views = [see(view, batch, draw) for view in ("weak_labeled", "weak_unlabeled", "strong_unlabeled")]
    return networks[""](torch.cat(views)).split([LABELED, UNLABELED, UNLABELED])


def fixmatch(networks, step, batch, draw, stop, weight, threshold):
    z, weak, strong = joint(networks, batch, draw)
    confidence, guess = stop(softmax(weak)).max(1)
    mask = some(exceeds(confidence, threshold))
    return two(cross_entropy(z, batch["label"]), (mask * classified(strong, guess)).mean(), weight, mask=mask, guess=guess)


def released(step, schedule, total_steps):
    """φ of training signal annealing."""
    t = step / total_steps
    return {"log": 1 - math.exp(-5 * t), "linear": t, "exp": math.exp(5 * (t - 1))}[schedule]


def uda(networks, step, batch, draw, stop, weight, threshold, temperature, schedule=None, total_steps=None):
    z, weak, strong = joint(networks, batch, draw)
    mask = some(exceeds(stop(softmax(weak)).amax(1), threshold))
    target = stop(softmax(weak / temperature))
    term, values = (mask * divergence(target, strong)).mean(), {"mask": mask, "target": target}
    if schedule is None:
        return two(cross_entropy(z, batch["label"]), term, weight, **values)
    limit = released(step, schedule, total_steps) * (1 - 1 / CLASSES) + 1 / CLASSES
    kept = ~exceeds(stop(softmax(z))[torch.arange(LABELED), batch["label"]], limit)
    if kept.any():
        some(kept)
        supervised = (kept * classified(z, batch["label"])).sum() / kept.sum()
    else:
        assert step == 0 and schedule == "log", "a step without labelled samples"
        supervised = torch.zeros((), dtype=z.dtype)
    return two(supervised, term, weight, kept=kept, limit=torch.tensor(limit, dtype=z.dtype), **values)


def own_labels(network, schedule):
    """Labels of which some are what the network says itself, so that some are dropped; all of them in step 0 of `log`."""
    def label(step, batch, draw):
        with torch.no_grad():
            said = joint({"": copy.deepcopy(network)}, batch, draw)[0].argmax(1)
        count = LABELED if step == 0 and schedule == "log" else LABELED // 2
        return torch.cat([said[:count], batch["label"][count:]])
    return label


def mixmatch(networks, step, batch, draw, stop, weight, temperature):
    views = [see(view, batch, draw) for view in ("weak_labeled", "first_unlabeled", "second_unlabeled")]
    mean = (softmax(frozen(networks[""], views[1])) + softmax(frozen(networks[""], views[2]))) / 2
    sharp = mean ** (1 / temperature)
    guess = stop(sharp / sharp.sum(1, keepdim=True))
    share, partners = draw["share"].maximum(1 - draw["share"]), draw["partners"]
    x, y = torch.cat(views), torch.cat([F.one_hot(batch["label"], CLASSES).to(guess.dtype), guess, guess])
    x, y = (share * all_ + (1 - share) * all_[partners] for all_ in (x, y))
    z = networks[""](x)
    supervised = -(y[:LABELED] * log_softmax(z[:LABELED])).sum(1).mean()
    assert_close(supervised.detach(), F.cross_entropy(z[:LABELED], y[:LABELED]).detach(), "cross-entropy of mixed labels")
    term = ((softmax(z[LABELED:]) - y[LABELED:]) ** 2).mean()
    return two(supervised, term, weight * min(1, step / RAMP_STEPS), guess=guess)


def mean_teacher(networks, step, batch, draw, stop, weight):
    supervised = labeled(networks, batch, draw)
    p = softmax(networks[""](see("student_unlabeled", batch, draw)))
    with torch.no_grad():
        target = softmax(networks["teacher."](see("teacher_unlabeled", batch, draw)))
    return two(supervised, ((p - stop(target)) ** 2).mean(), weight * ramp(step, RAMP_STEPS))


def case(scheme, stack, dtype, terms, views, settings, draws=None, label=None, memory=None):
    """`draws` and `label` add to or change what a step is given; `label` takes the network first."""
    name = f"{scheme}_{stack}"
    seed(name, SEEDS.get(name, 0))
    network = STACKS[stack]()
    sharpen(network[-1])
    networks = {"": network.to(dtype).train()}
    label, finish = label and label(network, settings["schedule"]), None
    if scheme == "mean_teacher":
        networks["teacher."] = copy.deepcopy(network).requires_grad_(False)
        finish = lambda step, batch, values: average(networks["teacher."], network, step + 1, EMA)
    if memory is not None:
        finish = remember(memory)

    def supply(step):
        batch = {"input": normal(LABELED, 1, 8, 8, dtype=dtype), "label": torch.randint(0, CLASSES, (LABELED,)),
                 "unlabeled": normal(UNLABELED, 1, 8, 8, dtype=dtype)}
        if memory is not None:
            batch["index"] = torch.tensor(INDICES[step])
        draw = {}
        for view in views:
            draw |= draw_view(view, LABELED if view.endswith("_labeled") else UNLABELED, dtype)
        draw |= {} if draws is None else draws(step)
        if label is not None:
            batch["label"] = label(step, batch, draw)
        return batch, draw

    phase = Phase(lambda *given: terms(*given, **({} if memory is None else {"memory": memory}), **settings))
    described = {"stack": stack, "optimizer": "sgd", "lr": 0.1, "momentum": 0.9, "max_shift": 1, **settings}
    if "strong_unlabeled" in views:
        described |= {"strong.max_shift": REACH["strong"], "strong.noise": NOISE}
    if scheme in RAMPED:
        described["ramp_steps"] = RAMP_STEPS
    if memory is not None:
        described |= {"decay": DECAY, "samples": SAMPLES}
    if scheme == "mean_teacher":
        described["ema"] = EMA
    return Case(name, train(networks, supply, [phase], memory=memory, finish=finish), described)


RAMPED = {"pi_model", "temporal_ensembling", "entropy", "pseudo_label", "mixmatch", "mean_teacher"}
WEAK, STRONG = ("weak_labeled", "weak_unlabeled"), ("weak_labeled", "weak_unlabeled", "strong_unlabeled")
TWICE = ("weak_labeled", "first_unlabeled", "second_unlabeled")

# Of cases whose own seed would not do: some but not all samples exceed the thresholds in every step, and no gradient of vat is so
# small that float32 cannot tell its direction. 0 for the others.
SEEDS = {"vat_mlp": 56, "vat_twice_mlp": 40, "vat_cnn": 252, "vat_twice_cnn": 18, "fixmatch_cnn": 4,
         "uda_cnn": 1, "uda_log_cnn": 17, "uda_linear_cnn": 4, "uda_exp_cnn": 8}
ANNEALING = ((None, None), ("log", 12), ("linear", 4), ("exp", 3))


def of_stack(stack, dtype):
    def direction(step):
        return {"direction": normal(UNLABELED, 1, 8, 8, dtype=dtype)}

    def mixture(step):
        share = torch.tensor([0.3, 0.9375, 0.6][step], dtype=torch.float32).to(dtype)
        return {"share": share, "partners": torch.randperm(LABELED + 2 * UNLABELED)}

    memory = {"ensemble": torch.zeros(SAMPLES, CLASSES, dtype=dtype), "visits": torch.zeros(SAMPLES, dtype=torch.long)}
    yield case("pi_model", stack, dtype, pi_model, TWICE, {"weight": 10.0})
    yield case("temporal_ensembling", stack, dtype, temporal_ensembling, WEAK, {"weight": 10.0}, memory=memory)
    for name, iterations in (("vat", 1), ("vat_twice", 2)):
        yield case(name, stack, dtype, vat, WEAK, {"weight": 2.0, "xi": 1.0, "epsilon": 1.0, "iterations": iterations}, direction)
    yield case("entropy", stack, dtype, entropy, WEAK, {"weight": 0.5})
    yield case("pseudo_label", stack, dtype, pseudo_label, WEAK, {"weight": 1.5, "threshold": 0.5})
    yield case("fixmatch", stack, dtype, fixmatch, STRONG, {"weight": 1.5, "threshold": 0.6})
    for schedule, total_steps in ANNEALING:
        name = f"uda_{schedule}" if schedule else "uda"
        settings = {"weight": 1.5, "threshold": 0.5, "temperature": 0.4}
        if schedule:
            settings |= {"schedule": schedule, "total_steps": total_steps}
        yield case(name, stack, dtype, uda, STRONG, settings, label=own_labels if schedule else None)
    yield case("mixmatch", stack, dtype, mixmatch, TWICE, {"weight": 10.0, "temperature": 0.5}, mixture)
    yield case("mean_teacher", stack, dtype, mean_teacher, ("weak_labeled", "student_unlabeled", "teacher_unlabeled"),
               {"weight": 10.0})


def cases(dtype):
    for stack in STACKS:
        yield from of_stack(stack, dtype)
