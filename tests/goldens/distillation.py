"""Ensembles of teachers and noisy teachers: T² (1/B) Σ_b Σ_k t_k log(t_k / p_k), p = softmax(z_s / T), as in 1503.02531.

arithmetic  t = (1/M) Σ_m softmax(z_m / T)
geometric   t = Π_m softmax(z_m / T)^(1/M), normalised to sum 1
noisy       t = softmax((1 + σ ξ) z_t / T) for the samples that are chosen, ξ standard normal for every class (1610.09650,
            equation 3); softmax(z_t / T) for the others
noisy mean  t = (1/M) Σ_m softmax(z_m' / T), z_m' teacher m's logits, noisy in this way for samples of its own
"""
import torch
import torch.nn.functional as F

from case import Case, assert_close, normal

BATCH, CLASSES = 8, 10


def mean_of_probabilities(teachers, temperature):
    return sum(F.softmax(z / temperature, 1) for z in teachers) / len(teachers)


def mean_of_logarithms(teachers, temperature):
    product = torch.ones_like(teachers[0])
    for z in teachers:
        product = product * F.softmax(z / temperature, 1) ** (1 / len(teachers))
    return product / product.sum(1, keepdim=True)


def divergence(z, target, temperature):
    p = F.log_softmax(z / temperature, 1)
    return temperature ** 2 * (target * (target.log() - p)).sum(1).mean()


def loss_case(name, logits, target, temperature, tensors, settings):
    z = logits.clone().requires_grad_()
    loss = divergence(z, target, temperature)
    loss.backward()
    # d/dz of T² KL is T (p − t) / B.
    assert_close(z.grad, temperature * (F.softmax(logits / temperature, 1) - target) / len(logits), "gradient of the logits")
    return Case(name, {"logits": logits, "loss.distill": loss.detach(), "loss.total": loss.detach(), "logits_gradient": z.grad, **tensors},
                {"distill.temperature": temperature, **settings})


def ensemble(kind, temperature, count, dtype):
    logits = normal(BATCH, CLASSES, dtype=dtype, scale=4.0)
    teachers = [normal(BATCH, CLASSES, dtype=dtype, scale=4.0) for _ in range(count)]
    mean = {"arithmetic": mean_of_probabilities, "geometric": mean_of_logarithms}[kind]
    return loss_case(f"{kind}_{count}_t{temperature:g}", logits, mean(teachers, temperature), temperature,
                     {"teacher_logits": torch.stack(teachers)}, {"teachers": count})


def noisy(deviation, temperature, dtype):
    logits, teacher, noise = (normal(BATCH, CLASSES, dtype=dtype, scale=scale) for scale in (4.0, 4.0, 1.0))
    chosen = torch.rand(BATCH) < 0.5
    perturbed = teacher.clone()
    for n in range(BATCH):
        if chosen[n]:
            perturbed[n] = perturbed[n] * (1 + deviation * noise[n])
    return loss_case(f"noisy_{deviation:g}_t{temperature:g}", logits, F.softmax(perturbed / temperature, 1), temperature,
                     {"teacher_logits": teacher, "noise": noise, "noisy": chosen.long()}, {"distill.deviation": deviation})


def noisy_mean(deviation, temperature, count, dtype):
    logits = normal(BATCH, CLASSES, dtype=dtype, scale=4.0)
    teachers = [normal(BATCH, CLASSES, dtype=dtype, scale=4.0) for _ in range(count)]
    noise, chosen = normal(BATCH, count, CLASSES, dtype=dtype), torch.rand(BATCH, count) < 0.5
    perturbed = [z.clone() for z in teachers]
    for m in range(count):
        for n in range(BATCH):
            if chosen[n, m]:
                perturbed[m][n] = perturbed[m][n] * (1 + deviation * noise[n, m])
    return loss_case(f"noisy_mean_{count}_t{temperature:g}", logits, mean_of_probabilities(perturbed, temperature), temperature,
                     {"teacher_logits": torch.stack(teachers), "noise": noise, "noisy": chosen.long()},
                     {"distill.deviation": deviation, "teachers": count})


def cases(dtype):
    for kind in ("arithmetic", "geometric"):
        for temperature, count in ((1.0, 3), (4.0, 2), (20.0, 3)):
            yield ensemble(kind, temperature, count, dtype)
    for deviation, temperature in ((0.5, 4.0), (1.0, 1.0)):
        yield noisy(deviation, temperature, dtype)
    for deviation, temperature, count in ((0.5, 4.0, 3), (1.0, 1.0, 2)):
        yield noisy_mean(deviation, temperature, count, dtype)
