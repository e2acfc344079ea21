"""Objectives on logits z [8, 10], and the gradient of the total with respect to z.

Written from the papers; each formula is held against torch's function where there is one. p = softmax(z), K classes. A
label of -100 is none: its row counts in no sum and no mean. Settings are the trainer's properties.

cross_entropy   -Σ_n w[y] log p[y] / Σ_n w[y]; smoothed by ε: plus ε of -Σ_n Σ_k u_k w_k log p_k / Σ_n w[y]  (1512.00567)
nll             the same of given log-probabilities
focal           -mean α[y] (1 - p[y])^γ log p[y]  (1708.02002); sigmoid form: p_t, α_t of each element
binary          -mean w y log σ(z) + (1 - y) log(1 - σ(z))
hinge           mean max(0, m - (2y - 1) z); multi-class: mean (w[y]/K) Σ_{k≠y} max(0, m - z[y] + z[k])^q
kl_divergence   mean over rows of Σ_k t_k log(t_k/p_k)
confidence      -β mean H(p), or β mean max(0, Γ - H(p))  (1701.06548)
bootstrap       t = β y + (1 - β) p, or with onehot(argmax p): -mean Σ t log p, gradient through p  (1412.6596)
disturb         cross-entropy of labels of which those with a chance below α 2^24 are replaced  (1605.00055)
teacher_free    KL(p_d^(1/T) normalised || p), p_d = a at y, else (1 - a)/(K - 1)  (1909.11723)
"""
import math

import torch
import torch.nn.functional as F

from case import Case, assert_close, normal, uniform

BATCH, CLASSES = 8, 10
WEIGHTS = [0.5, 1.0, 2.0, 1.0, 0.25, 3.0, 1.0, 1.5, 1.0, 0.75]
FREQUENCIES = [8.0, 1.0, 1.0, 2.0, 4.0, 0.0, 1.0, 1.0, 1.0, 1.0]


def log_p(z):
    shifted = z - z.amax(1, keepdim=True)
    return shifted - shifted.exp().sum(1, keepdim=True).log()


def own(rows, y):
    """The element of each row's label; the first one where there is none."""
    return rows[torch.arange(len(rows)), y.clamp(min=0)]


def has(y, like):
    return (y >= 0).to(like.dtype)


def vector(values, like):
    return torch.tensor(values, dtype=like.dtype)


def reduce(rows, y, reduction="mean"):
    total = (rows * has(y, rows)).sum()
    return total if reduction == "sum" else total / has(y, rows).sum()


def cross_entropy(z, y, weights=None, smoothing=0.0, u=None, reduction="mean", log=log_p):
    w = vector(weights or [1.0] * CLASSES, z)
    u = vector([1 / CLASSES] * CLASSES if u is None else [v / sum(u) for v in u], z)
    x = log(z)
    rows = -(1 - smoothing) * own(w * x, y) - smoothing * (u * w * x).sum(1)
    total = (rows * has(y, z)).sum()
    return total if reduction == "sum" else total / (w[y.clamp(min=0)] * has(y, z)).sum()


def entropy(z):
    return -(log_p(z).exp() * log_p(z)).sum(1)


def focal(z, y, gamma, weights=None, reduction="mean"):
    x = own(log_p(z), y)
    alpha = vector(weights or [1.0] * CLASSES, z)[y.clamp(min=0)]
    return reduce(-alpha * (1 - x.exp()) ** gamma * x, y, reduction)


def sigmoid_focal(z, t, gamma, alpha):
    p = torch.sigmoid(z)
    cross = -(t * F.logsigmoid(z) + (1 - t) * F.logsigmoid(-z))
    rest = 1 - (p * t + (1 - p) * (1 - t))
    return ((alpha * t + (1 - alpha) * (1 - t)) * rest ** gamma * cross).mean()


def binary(z, t, weights=1.0):
    return -(weights * t * F.logsigmoid(z) + (1 - t) * F.logsigmoid(-z))


def hinge(z, t, margin, power):
    return ((margin - (2 * t - 1) * z).clamp(min=0) ** power).mean()


def multi_class_hinge(z, y, margin, power, weights=None):
    w = vector(weights or [1.0] * CLASSES, z)[y.clamp(min=0)]
    terms = (margin - own(z, y)[:, None] + z).clamp(min=0) ** power
    others = 1 - F.one_hot(y.clamp(min=0), CLASSES).to(z.dtype)
    return reduce(w * (terms * others).sum(1) / CLASSES, y)


def huber(z, t, delta):
    e = (z - t).abs()
    return torch.where(e <= delta, e ** 2 / 2, delta * (e - delta / 2)).mean()


def kl(z, t):
    return torch.where(t > 0, t * (t.clamp(min=1e-30).log() - log_p(z)), torch.zeros_like(t)).sum(1)


def bootstrap(z, y, beta, hard):
    x, label = log_p(z), F.one_hot(y.clamp(min=0), CLASSES).to(z.dtype)
    trusted = F.one_hot(z.argmax(1), CLASSES).to(z.dtype) if hard else x.exp()
    return reduce(-((beta * label + (1 - beta) * trusted) * x).sum(1), y)


def teacher_free_reg(z, y, correct, temperature):
    label = F.one_hot(y.clamp(min=0), CLASSES).to(z.dtype)
    teacher = (label * correct + (1 - label) * (1 - correct) / (CLASSES - 1)) ** (1 / temperature)
    teacher = teacher / teacher.sum(1, keepdim=True)
    return reduce((teacher * (teacher.log() - log_p(z))).sum(1), y)


def distill(z, teacher, temperature):
    t = log_p(teacher / temperature)
    return temperature ** 2 * (t.exp() * (t - log_p(z / temperature))).sum(1).mean()


def case(name, logits, terms, settings=None, reference=None, weights=None, **tensors):
    """`terms` and `reference`: functions of the logits; the total is the terms' weighted sum."""
    z = logits.clone().requires_grad_()
    values = {term: formula(z) for term, formula in terms.items()}
    total = sum((weights or {}).get(term, 1.0) * value for term, value in values.items())
    total.backward()
    if reference is not None:
        r = logits.clone().requires_grad_()
        expected = reference(r)
        expected.backward()
        assert_close(total.detach(), expected.detach(), name)
        assert_close(z.grad, r.grad, f"{name}: gradient")
    return Case(name, {"logits": logits, **tensors, "loss.Total": total.detach(), "logits_gradient": z.grad,
                       **{f"loss.{term}": value.detach() for term, value in values.items()}}, settings or {})


def class_cases(dtype):
    z, y = normal(BATCH, CLASSES, dtype=dtype, scale=2.0), torch.randint(0, CLASSES, (BATCH,))
    some = y.clone()
    some[2] = some[5] = -100
    w = vector(WEIGHTS, z)

    def both(name, term, formula, reference=None, settings=None):
        """With a label in each row, and with two rows that have none."""
        for suffix, labels in (("", y), ("_some", some)):
            yield case(name + suffix, z, {term: lambda x: formula(x, labels)}, settings,
                       None if reference is None else lambda x: reference(x, labels), labels=labels)

    yield from both("cross_entropy_weights", "CrossEntropy", lambda x, t: cross_entropy(x, t, WEIGHTS),
                    lambda x, t: F.cross_entropy(x, t, w))
    yield from both("cross_entropy_sum", "CrossEntropy", lambda x, t: cross_entropy(x, t, WEIGHTS, reduction="sum"),
                    lambda x, t: F.cross_entropy(x, t, w, reduction="sum"))
    for smoothing in (0.1, 0.0):
        yield from both(f"cross_entropy_smoothing_{smoothing:g}", "CrossEntropy", lambda x, t: cross_entropy(x, t, None, smoothing),
                        lambda x, t: F.cross_entropy(x, t, label_smoothing=smoothing), {"CrossEntropyLabelSmoothing": smoothing})
    yield from both("cross_entropy_smoothing_weights", "CrossEntropy", lambda x, t: cross_entropy(x, t, WEIGHTS, 0.2),
                    lambda x, t: F.cross_entropy(x, t, w, label_smoothing=0.2), {"CrossEntropyLabelSmoothing": 0.2})
    yield from both("cross_entropy_smoothing_sum", "CrossEntropy", lambda x, t: cross_entropy(x, t, None, 0.1, reduction="sum"),
                    lambda x, t: F.cross_entropy(x, t, label_smoothing=0.1, reduction="sum"))
    yield from both("cross_entropy_unigram", "CrossEntropy", lambda x, t: cross_entropy(x, t, None, 0.1, FREQUENCIES))
    yield from both("cross_entropy_unigram_weights", "CrossEntropy", lambda x, t: cross_entropy(x, t, WEIGHTS, 0.1, FREQUENCIES))

    yield from both("focal_gamma_2", "Focal", lambda x, t: focal(x, t, 2.0), settings={"FocalGamma": 2.0})
    yield from both("focal_gamma_0.5", "Focal", lambda x, t: focal(x, t, 0.5), settings={"FocalGamma": 0.5})
    yield from both("focal_gamma_0", "Focal", lambda x, t: focal(x, t, 0.0), lambda x, t: F.cross_entropy(x, t), {"FocalGamma": 0.0})
    yield from both("focal_weights_sum", "Focal", lambda x, t: focal(x, t, 2.0, WEIGHTS, "sum"))

    yield from both("multi_class_hinge", "MultiClassHinge", lambda x, t: multi_class_hinge(x, t, 1.0, 1),
                    settings={"MultiClassHingeMargin": 1.0})
    yield case("multi_class_hinge_as_torch", z, {"MultiClassHinge": lambda x: multi_class_hinge(x, y, 0.5, 1)},
               {"MultiClassHingeMargin": 0.5}, lambda x: F.multi_margin_loss(x, y, margin=0.5), labels=y)
    yield from both("multi_class_hinge_squared", "MultiClassHinge", lambda x, t: multi_class_hinge(x, t, 1.5, 2, WEIGHTS),
                    lambda x, t: F.multi_margin_loss(x[t >= 0], t[t >= 0], p=2, margin=1.5, weight=w), {"MultiClassHingeMargin": 1.5})

    for beta in (0.95, 1.0, 0.0):
        yield from both(f"soft_bootstrap_{beta:g}", "SoftBootstrap", lambda x, t: bootstrap(x, t, beta, hard=False),
                        settings={"SoftBootstrapBeta": beta})
        yield from both(f"hard_bootstrap_{beta:g}", "HardBootstrap", lambda x, t: bootstrap(x, t, beta, hard=True),
                        settings={"HardBootstrapBeta": beta})
    for correct, temperature in ((0.99, 20.0), (0.9, 1.0), (0.9, 1e6)):
        yield from both(f"teacher_free_reg_{correct:g}_t{temperature:g}", "TeacherFreeReg",
                        lambda x, t: teacher_free_reg(x, t, correct, temperature),
                        settings={"TeacherFreeRegCorrect": correct, "TeacherFreeRegTemperature": temperature})

    chances, classes = torch.randint(0, 1 << 24, (BATCH, 1)), torch.randint(0, CLASSES, (BATCH, 1))
    for alpha in (0.3, 0.0):
        for suffix, labels in (("", y), ("_some", some)):
            disturbed = torch.where((chances[:, 0] < alpha * (1 << 24)) & (labels >= 0), classes[:, 0], labels)
            yield case(f"disturb_label_{alpha:g}{suffix}", z, {"DisturbLabel": lambda x: cross_entropy(x, disturbed)},
                       {"DisturbLabelAlpha": alpha}, lambda x: F.cross_entropy(x, disturbed), labels=labels,
                       **{"draw.DisturbLabelChance": chances, "draw.DisturbLabelClass": classes})

    logs = torch.log_softmax(z, 1)
    for suffix, labels in (("", y), ("_some", some)):
        yield case(f"nll{suffix}", logs, {"Nll": lambda x: cross_entropy(x, labels, log=lambda v: v)}, None,
                   lambda x: F.nll_loss(x, labels), labels=labels)
        yield case(f"nll_weights_sum{suffix}", logs,
                   {"Nll": lambda x: cross_entropy(x, labels, WEIGHTS, reduction="sum", log=lambda v: v)}, None,
                   lambda x: F.nll_loss(x, labels, w, reduction="sum"), labels=labels)


def regularizer_cases(dtype):
    z, teacher = (normal(BATCH, CLASSES, dtype=dtype, scale=2.0) for _ in range(2))
    y = torch.randint(0, CLASSES, (BATCH,))

    def with_cross_entropy(name, term, formula, settings=None, weight=1.0, **tensors):
        return case(name, z, {"CrossEntropy": lambda x: cross_entropy(x, y), term: formula}, settings,
                    weights={term: weight}, labels=y, **tensors)

    for beta in (0.1, 0.0):
        yield with_cross_entropy(f"confidence_penalty_{beta:g}", "ConfidencePenalty", lambda x: -beta * entropy(x).mean(),
                                 {"ConfidencePenaltyBeta": beta})
    for gamma in (1.5, math.log(CLASSES)):
        yield with_cross_entropy(f"confidence_penalty_threshold_{gamma:.3g}", "ConfidencePenalty",
                                 lambda x: 0.5 * (gamma - entropy(x)).clamp(min=0).mean(),
                                 {"ConfidencePenaltyBeta": 0.5, "ConfidencePenaltyGamma": gamma})
    yield with_cross_entropy("confidence_penalty_ramp", "ConfidencePenalty",
                             lambda x: -0.5 * math.exp(-5) * entropy(x).mean(), {"ConfidencePenaltyBeta": 0.5})
    yield with_cross_entropy("entropy_minimization_labeled", "EntropyMinimization", lambda x: entropy(x).mean(), weight=0.3)
    yield with_cross_entropy("entropy_minimization", "EntropyMinimization", lambda x: entropy(x[:5]).mean(), weight=0.3)
    yield with_cross_entropy("teacher_free_self", "TeacherFreeSelf", lambda x: distill(x, teacher, 20.0),
                             {"TeacherFreeSelfTemperature": 20.0}, weight=0.9, teacher_logits=teacher)


def element_cases(dtype):
    z, real = normal(BATCH, CLASSES, dtype=dtype, scale=3.0), normal(BATCH, CLASSES, dtype=dtype, scale=3.0)
    yes, soft = torch.randint(0, 2, (BATCH, CLASSES)).to(dtype), uniform(BATCH, CLASSES, dtype=dtype)
    w = vector(WEIGHTS, z)
    weights = {1.0: torch.tensor(1.0, dtype=dtype), 3.0: torch.tensor(3.0, dtype=dtype)}
    for name, labels in (("", yes), ("_soft", soft)):
        for weight, tensor in weights.items():
            yield case(f"binary_cross_entropy_{weight:g}{name}", z, {"BinaryCrossEntropy": lambda x: binary(x, labels, weight).mean()},
                       {"BinaryCrossEntropyPositiveWeight": weight} if weight != 1 else None,
                       lambda x: F.binary_cross_entropy_with_logits(x, labels, pos_weight=tensor), labels=labels)
        yield case(f"multi_label_weights{name}", z, {"MultiLabel": lambda x: binary(x, labels, w).sum()}, None,
                   lambda x: F.binary_cross_entropy_with_logits(x, labels, pos_weight=w, reduction="sum"), labels=labels)
        yield case(f"multi_label{name}", z, {"MultiLabel": lambda x: binary(x, labels).mean()}, None,
                   lambda x: F.binary_cross_entropy_with_logits(x, labels), labels=labels)
        for gamma, alpha in ((2.0, 0.25), (0.5, 0.75), (0.0, 0.5)):
            yield case(f"sigmoid_focal_{gamma:g}_{alpha:g}{name}", z, {"SigmoidFocal": lambda x: sigmoid_focal(x, labels, gamma, alpha)},
                       {"SigmoidFocalGamma": gamma, "SigmoidFocalAlpha": alpha}, labels=labels)
    extreme = normal(BATCH, CLASSES, dtype=dtype, scale=60.0)
    yield case("binary_cross_entropy_large_logits", extreme, {"BinaryCrossEntropy": lambda x: binary(x, yes).mean()}, None,
               lambda x: F.binary_cross_entropy_with_logits(x, yes), labels=yes)
    yield case("mean_squared_error", z, {"MeanSquaredError": lambda x: ((x - real) ** 2).mean()}, None, lambda x: F.mse_loss(x, real), labels=real)
    yield case("mean_squared_error_sum", z, {"MeanSquaredError": lambda x: ((x - real) ** 2).sum()}, None,
               lambda x: F.mse_loss(x, real, reduction="sum"), labels=real)
    equal = real.clone()
    equal[0] = z[0]
    yield case("l1", z, {"L1": lambda x: (x - equal).abs().mean()}, None, lambda x: F.l1_loss(x, equal), labels=equal)
    for delta in (0.7, 2.5):
        yield case(f"huber_{delta:g}", z, {"Huber": lambda x: huber(x, real, delta)}, {"HuberDelta": delta},
                   lambda x: F.huber_loss(x, real, delta=delta), labels=real)
        yield case(f"smooth_l1_{delta:g}", z, {"SmoothL1": lambda x: huber(x, real, delta) / delta}, {"SmoothL1Beta": delta},
                   lambda x: F.smooth_l1_loss(x, real, beta=delta), labels=real)
    yield case("hinge", z, {"Hinge": lambda x: hinge(x, yes, 1.0, 1)}, {"HingeMargin": 1.0}, labels=yes)
    yield case("hinge_squared", z, {"Hinge": lambda x: hinge(x, yes, 2.0, 2)}, {"HingeMargin": 2.0}, labels=yes)
    target = torch.softmax(normal(BATCH, CLASSES, dtype=dtype, scale=2.0), 1)
    target[3] = F.one_hot(torch.tensor(4), CLASSES).to(dtype)
    target = target.float().to(dtype)
    yield case("kl_divergence", z, {"KlDivergence": lambda x: kl(x, target).mean()}, None,
               lambda x: F.kl_div(F.log_softmax(x, 1), target, reduction="batchmean"), labels=target)
    yield case("kl_divergence_sum", z, {"KlDivergence": lambda x: kl(x, target).sum()}, None,
               lambda x: F.kl_div(F.log_softmax(x, 1), target, reduction="sum"), labels=target)


def cases(dtype):
    yield from class_cases(dtype)
    yield from regularizer_cases(dtype)
    yield from element_cases(dtype)
