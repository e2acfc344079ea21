"""Objectives on logits, and their gradients with respect to the (student's) logits.

cross_entropy  -(1/B) Σ_b log softmax(z_b)[y_b]
distill        T² (1/B) Σ_b Σ_k t_k log(t_k / p_k), t = softmax(z_t / T), p = softmax(z_s / T)  (1503.02531, section 2:
               soft gradients scale with 1/T², hence the factor)
consistency    (1/(B K)) Σ_b Σ_k (softmax(z_s)_k - softmax(z_t)_k)²  (1703.01780, section 2; mean over the classes as
               in the authors' code)

`loss.<term>` is a term without its weight; `loss.total` is the sum of weight times term. No
gradient reaches the teacher.
"""
import torch
import torch.nn.functional as F

from case import Case, assert_close, normal

BATCH, CLASSES = 8, 10


def log_softmax(z):
    shifted = z - z.amax(1, keepdim=True)
    return shifted - shifted.exp().sum(1, keepdim=True).log()


def cross_entropy(z, labels):
    return -log_softmax(z)[torch.arange(len(z)), labels].mean()


def distill(z, teacher, temperature):
    log_t, log_p = log_softmax(teacher / temperature), log_softmax(z / temperature)
    return temperature ** 2 * (log_t.exp() * (log_t - log_p)).sum(1).mean()


def consistency(z, teacher):
    return ((log_softmax(z).exp() - log_softmax(teacher).exp()) ** 2).mean()


def total(terms, weights):
    return sum(weights[name] * value for name, value in terms.items())


def evaluate(logits, teacher, labels, weights, temperature):
    """The weighted terms by the formulas above, each held against torch's own function."""
    z, reference, terms = logits.clone().requires_grad_(), logits.clone().requires_grad_(), {}
    expected = {}
    if "cross_entropy" in weights:
        terms["cross_entropy"] = cross_entropy(z, labels)
        expected["cross_entropy"] = F.cross_entropy(reference, labels)
    if "distill" in weights:
        terms["distill"] = distill(z, teacher, temperature)
        expected["distill"] = temperature ** 2 * F.kl_div(
            F.log_softmax(reference / temperature, 1), F.softmax(teacher / temperature, 1), reduction="batchmean")
    if "consistency" in weights:
        terms["consistency"] = consistency(z, teacher)
        expected["consistency"] = F.mse_loss(F.softmax(reference, 1), F.softmax(teacher, 1))
    loss = total(terms, weights)
    loss.backward()
    total(expected, weights).backward()
    for name in terms:
        assert_close(terms[name].detach(), expected[name].detach(), name)
    assert_close(z.grad, reference.grad, "logits gradient")
    return {**{f"loss.{name}": value.detach() for name, value in terms.items()},
            "loss.total": loss.detach(), "logits_gradient": z.grad}


def objective_case(name, weights, dtype, temperature=None, scale=2.0):
    logits, teacher = (normal(BATCH, CLASSES, dtype=dtype, scale=scale) for _ in range(2))
    labels = torch.randint(0, CLASSES, (BATCH,))
    tensors = {"logits": logits, **evaluate(logits, teacher, labels, weights, temperature)}
    if "cross_entropy" in weights:
        tensors["labels"] = labels
    if "distill" in weights or "consistency" in weights:
        tensors["teacher_logits"] = teacher
    settings = {f"{term}.weight": weight for term, weight in weights.items()}
    if temperature is not None:
        settings["distill.temperature"] = temperature
    return Case(name, tensors, settings)


def cases(dtype):
    yield objective_case("cross_entropy", {"cross_entropy": 1.0}, dtype)
    yield objective_case("cross_entropy_weight_0.3", {"cross_entropy": 0.3}, dtype)
    yield objective_case("cross_entropy_large_logits", {"cross_entropy": 1.0}, dtype, scale=60.0)
    for temperature in (1.0, 2.0, 4.0, 20.0):
        yield objective_case(f"distill_t{temperature:g}", {"distill": 1.0}, dtype, temperature, scale=4.0)
    for temperature in (1.0, 4.0, 20.0):
        yield objective_case(f"distill_t{temperature:g}_cross_entropy", {"distill": 0.9, "cross_entropy": 0.1},
                             dtype, temperature, scale=4.0)
    yield objective_case("consistency", {"consistency": 1.0}, dtype)
    yield objective_case("consistency_weight_10", {"consistency": 10.0}, dtype)
