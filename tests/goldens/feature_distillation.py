"""Feature distillation with a 1x1 adapter beside knowledge distillation: 0.5 mean (r(f_s) − f_t)² + 0.5 T² KL (1412.6550, equation 3 as a mean;
1503.02531). Parameters are numbered in the order of the declaration: convolution, classifier, adapter; the teacher's: convolution, normalisation, classifier.
"""
import torch
import torch.nn.functional as F

from case import Case, normal
from objectives import distill

TEMPERATURE = 4.0


def cases(dtype):
    shapes = [(3, 2, 3, 3), (3,), (5, 108), (5,), (4, 3, 1, 1), (4,)]
    student = [normal(*shape, dtype=dtype, scale=0.4).requires_grad_() for shape in shapes]
    kernel, bias, gamma, beta, head, head_bias = (
        normal(*shape, dtype=dtype, scale=0.4) for shape in [(4, 2, 3, 3), (4,), (4,), (4,), (5, 144), (5,)])
    mean, variance = normal(4, dtype=dtype), normal(4, dtype=dtype).abs() + 0.5
    x = normal(6, 2, 6, 6, dtype=dtype)

    guided = F.relu(F.batch_norm(F.conv2d(x, kernel, bias, padding=1), mean, variance, gamma, beta, training=False))
    taught = F.linear(guided.flatten(1), head, head_bias)
    middle = F.relu(F.conv2d(x, student[0], student[1], padding=1))
    logits = F.linear(middle.flatten(1), student[2], student[3])
    hint = F.conv2d(middle, student[4], student[5])
    feature = ((hint - guided) ** 2).sum() / hint.numel()
    prediction = distill(logits, taught, TEMPERATURE)
    total = 0.5 * feature + 0.5 * prediction
    total.backward()
    tensors = {"input": x, "loss.feature": feature.detach(), "loss.distill": prediction.detach(), "loss.total": total.detach(),
               "teacher.mean": mean, "teacher.variance": variance}
    for i, parameter in enumerate(student):
        tensors |= {f"student.{i}": parameter.detach(), f"gradient.{i}": parameter.grad}
    for i, parameter in enumerate((kernel, bias, gamma, beta, head, head_bias)):
        tensors[f"teacher.{i}"] = parameter
    yield Case("hint", tensors, {"distill.temperature": TEMPERATURE})
