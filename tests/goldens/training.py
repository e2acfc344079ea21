"""Five optimization steps of whole trainers, with supplied batches and draws.

supervised     L = CE(y, z)
distill        L = 0.9 T² KL(softmax(z_t/T) ‖ softmax(z_s/T)) + 0.1 CE(y, z_s)  (1503.02531), teacher in inference mode
mean_teacher   L = CE(y, z) + w(t) · mean (softmax(z_s) - softmax(z_t))²  (1703.01780): z on the labelled batch, z_s and
               z_t on two views of the unlabelled batch. The student's forwards are two, labelled first, both in training
               mode and both updating its running statistics; the teacher's is in training mode, without gradient.
               w(t) = W exp(-5(1 - t/R)²) for the steps t < R, counted from 0, then W.
               After the update number k = 1, 2, ...: θ' ← a θ' + (1 - a) θ with a = min(1 - 1/(k + 1), ema) for the
               parameters; the buffers are copied from the student. The teacher starts as a copy of the student.

A step is: gradient of L, clipping where there is any, optimizer (which adds the weight decay), average. All parameters
are decayed alike.

Adam turns a gradient that is zero but for rounding into a full step, and a convolution's bias in front of a batch norm
has such a gradient. The networks trained with Adam therefore have convolutions without bias.
"""
import copy
import math

import numpy as np
import torch

from augment import draw_shift, shift
from case import Case, normal, uniform
from networks import cnn, gradients, mlp, state, unsettle
from objectives import consistency, cross_entropy, distill
from schedules import cosine

STEPS, RECORDED = 5, (0, 4)


def images(count, dtype):
    return uniform(count, 1, 8, 8, dtype=dtype)


def labels(count, classes):
    return torch.randint(0, classes, (count,))


@torch.no_grad()
def sharpen(layer):
    """A fresh network's outputs are all but uniform, and then a term that compares outputs is all but zero."""
    layer.weight.mul_(4)
    layer.bias.mul_(4)


def train(student, batches, terms, optimizer, rate=None, clip=None, after_update=None, teacher=None):
    """Runs the steps and records them.

    `terms` maps (batch, step) to ({term: value}, {term: weight}); `rate` a step to its learning rate. `after_update`
    takes the number of updates done and changes the teacher, which is then recorded too.
    """
    tensors = state(student, "initial.")
    for step, batch in enumerate(batches):
        record = dict(batch)
        if rate is not None:
            optimizer.param_groups[0]["lr"] = rate(step)
        record["learning_rate"] = np.array(optimizer.param_groups[0]["lr"])
        values, weights = terms(batch, step)
        total = sum(weights[name] * value for name, value in values.items())
        optimizer.zero_grad()
        total.backward()
        record |= {f"loss.{name}": value.detach() for name, value in {**values, "total": total}.items()}
        record |= {f"weight.{name}": np.array(float(weight)) for name, weight in weights.items()}
        recorded = step in RECORDED
        if recorded:
            record |= gradients(student, "gradient.")
        if clip is not None:
            record["gradient_norm"] = torch.nn.utils.clip_grad_norm_(student.parameters(), clip).detach()
            if recorded:
                record |= gradients(student, "clipped_gradient.")
        optimizer.step()
        if after_update is not None:
            after_update(step + 1)
        if recorded:
            record |= state(student, "after.")
            if after_update is not None:
                record |= state(teacher, "after.teacher.")
        tensors |= {f"step{step}.{name}": value for name, value in record.items()}
    return tensors


def supervised(network, dtype, inputs, classes, make_optimizer, **options):
    network = network.to(dtype).train()
    batches = [{"input": inputs(), "label": labels(8, classes)} for _ in range(STEPS)]

    def terms(batch, step):
        return {"cross_entropy": cross_entropy(network(batch["input"]), batch["label"])}, {"cross_entropy": 1.0}

    return train(network, batches, terms, make_optimizer(network.parameters()), **options)


def supervised_adam(dtype):
    tensors = supervised(unsettle(cnn(bias=False)), dtype, lambda: images(8, dtype), 10,
                         lambda p: torch.optim.Adam(p, 1e-2))
    return Case("supervised_adam", tensors, {"stack": "cnn without convolution biases", "optimizer": "adam", "lr": 1e-2})


def supervised_sgd(dtype):
    """The convolutions have biases here: plain momentum leaves a gradient of zero alone."""
    tensors = supervised(unsettle(cnn()), dtype, lambda: images(8, dtype), 10,
                         lambda p: torch.optim.SGD(p, 0.05, momentum=0.9))
    return Case("supervised_sgd_momentum", tensors,
                {"stack": "cnn", "optimizer": "sgd", "lr": 0.05, "momentum": 0.9})


def supervised_cosine_clip(dtype):
    tensors = supervised(mlp(), dtype, lambda: normal(8, 12, dtype=dtype), 5,
                         lambda p: torch.optim.SGD(p, 0.1, momentum=0.9, nesterov=True, weight_decay=5e-4),
                         rate=lambda step: cosine(step, 0.1, STEPS, warmup_steps=2), clip=0.5)
    return Case("supervised_sgd_nesterov_cosine_clip", tensors,
                {"stack": "mlp", "optimizer": "sgd", "lr": 0.1, "momentum": 0.9, "nesterov": True, "weight_decay": 5e-4,
                 "schedule": "cosine", "warmup_steps": 2, "total_steps": STEPS, "max_norm": 0.5})


def distillation(dtype):
    temperature, student, teacher = 4.0, mlp().to(dtype), mlp()
    for layer in (teacher[0], teacher[2]):
        sharpen(layer)
    teacher = teacher.to(dtype).eval().requires_grad_(False)
    batches = [{"input": normal(8, 12, dtype=dtype), "label": labels(8, 5)} for _ in range(STEPS)]

    def terms(batch, step):
        logits = student(batch["input"])
        values = {"distill": distill(logits, teacher(batch["input"]), temperature),
                  "cross_entropy": cross_entropy(logits, batch["label"])}
        return values, {"distill": 0.9, "cross_entropy": 0.1}

    tensors = train(student, batches, terms, torch.optim.AdamW(student.parameters(), 1e-2, weight_decay=0.05))
    tensors |= state(teacher, "initial.teacher.")
    return Case("distill", tensors, {"stack": "mlp", "teacher": "mlp", "distill.temperature": temperature,
                                     "distill.weight": 0.9, "cross_entropy.weight": 0.1, "optimizer": "adamw",
                                     "lr": 1e-2, "weight_decay": 0.05})


def ramp(step, length):
    """The sigmoid-shaped ramp of 1610.02242, appendix A: the weight's share of its maximum."""
    return 1.0 if step >= length else math.exp(-5 * (1 - step / length) ** 2)


@torch.no_grad()
def average(teacher, student, updates, ema):
    a = min(1 - 1 / (updates + 1), ema)
    for theirs, ours in zip(teacher.parameters(), student.parameters()):
        theirs.copy_(a * theirs + (1 - a) * ours)
    for theirs, ours in zip(teacher.buffers(), student.buffers()):
        theirs.copy_(ours)


def mean_teacher(name, ema, dtype, labelled=8, unlabelled=12, weight=10.0, ramp_steps=4):
    student = unsettle(cnn(bias=False))
    sharpen(student[-1])
    student = student.to(dtype).train()
    teacher = copy.deepcopy(student).requires_grad_(False)
    batches = [{"input": images(labelled, dtype), "label": labels(labelled, 10), "unlabeled": images(unlabelled, dtype),
                "draws.labelled_shift": draw_shift(labelled), "draws.student_shift": draw_shift(unlabelled),
                "draws.teacher_shift": draw_shift(unlabelled)} for _ in range(STEPS)]

    def terms(batch, step):
        logits = student(shift(batch["input"], batch["draws.labelled_shift"]))
        view = student(shift(batch["unlabeled"], batch["draws.student_shift"]))
        with torch.no_grad():
            target = teacher(shift(batch["unlabeled"], batch["draws.teacher_shift"]))
        values = {"cross_entropy": cross_entropy(logits, batch["label"]), "consistency": consistency(view, target)}
        return values, {"cross_entropy": 1.0, "consistency": weight * ramp(step, ramp_steps)}

    tensors = train(student, batches, terms, torch.optim.Adam(student.parameters(), 1e-2), teacher=teacher,
                    after_update=lambda updates: average(teacher, student, updates, ema))
    return Case(name, tensors, {"stack": "cnn without convolution biases", "cross_entropy.weight": 1.0,
                                "consistency.weight": weight, "ramp_steps": ramp_steps, "ema": ema, "max_shift": 1,
                                "optimizer": "adam", "lr": 1e-2})


def cases(dtype):
    yield supervised_adam(dtype)
    yield supervised_sgd(dtype)
    yield supervised_cosine_clip(dtype)
    yield distillation(dtype)
    yield mean_teacher("mean_teacher", 0.99, dtype)
    yield mean_teacher("mean_teacher_ema_cap", 0.7, dtype)  # the average reaches its constant rate within the steps
