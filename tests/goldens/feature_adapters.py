"""Feature distillation through an adapter of the trainer: mean (r(f_s) − f_t)², r a 1x1 convolution or a linear layer to the teacher's width (the
regressor of 1412.6550, equation 3, as a mean), beside T² KL of the predictions, each with weight 0.5.

Parameters are numbered as declared. `after.` is what three steps of Adam with L2 decay make of them, on the gradient of student and adapter
together, whose norm is clipped.
"""
import torch
import torch.nn.functional as F

from case import Case, normal
from objectives import distill

TEMPERATURE, RATE, DECAY, BOUND, STEPS = 4.0, 0.05, 0.1, 0.05, 3


def parameters(shapes, dtype):
    return [normal(*shape, dtype=dtype, scale=0.4) for shape in shapes]


def learn(name, dtype, x, student, teacher, adapter, features, **more):
    """features(student, teacher, adapter, x) gives what is compared, the adapted feature and the teacher's, and then the logits of both."""
    learned = [parameter.clone().requires_grad_() for parameter in [*student, *adapter]]
    count = len(student)

    def terms():
        hint, taught, logits, taught_logits = features(learned[:count], teacher, learned[count:], x)
        feature, prediction = ((hint - taught) ** 2).sum() / taught.numel(), distill(logits, taught_logits, TEMPERATURE)
        return {"feature": feature, "distill": prediction, "total": 0.5 * feature + 0.5 * prediction}

    losses = terms()
    losses["total"].backward()
    tensors = {"input": x, **{f"loss.{key}": value.detach() for key, value in losses.items()}, **more}
    for i, parameter in enumerate(teacher):
        tensors[f"teacher.{i}"] = parameter
    for group, start, values in (("student", 0, student), ("adapter", count, adapter)):
        for i, value in enumerate(values):
            tensors |= {f"{group}.{i}": value, f"{group}_gradient.{i}": learned[start + i].grad.clone()}

    optimizer = torch.optim.Adam(learned, lr=RATE, weight_decay=DECAY)
    norms = []
    for _ in range(STEPS):
        optimizer.zero_grad()
        terms()["total"].backward()
        norms.append(torch.nn.utils.clip_grad_norm_(learned, BOUND).item())
        optimizer.step()
    assert min(norms) > 2 * BOUND, norms
    for i, parameter in enumerate(learned):
        tensors[f"after.{'student' if i < count else 'adapter'}.{i if i < count else i - count}"] = parameter.detach().clone()
    return Case(name, tensors, {"distill.temperature": TEMPERATURE})


def images(dtype):
    student = parameters([(3, 2, 3, 3), (3,), (5, 108), (5,)], dtype)
    teacher = parameters([(4, 2, 3, 3), (4,), (4,), (4,), (5, 144), (5,)], dtype)
    adapter = parameters([(4, 3, 1, 1), (4,)], dtype)
    mean, variance = normal(4, dtype=dtype), normal(4, dtype=dtype).abs() + 0.5

    def features(s, t, a, x):
        guided = F.relu(F.batch_norm(F.conv2d(x, t[0], t[1], padding=1), mean, variance, t[2], t[3], training=False))
        middle = F.relu(F.conv2d(x, s[0], s[1], padding=1))

        # A 1x1 convolution, written as what it does to the channels of each pixel.
        hint = torch.einsum("oc,nchw->nohw", a[0][:, :, 0, 0], middle) + a[1][:, None, None]
        return hint, guided, F.linear(middle.flatten(1), s[2], s[3]), F.linear(guided.flatten(1), t[4], t[5])

    x = normal(6, 2, 6, 6, dtype=dtype)
    yield learn("images", dtype, x, student, teacher, adapter, features, **{"teacher.mean": mean, "teacher.variance": variance})


def signals(dtype):
    student = parameters([(2, 3, 3), (2,), (3, 16), (3,)], dtype)
    teacher = parameters([(5, 3, 3), (5,), (3, 40), (3,)], dtype)
    adapter = parameters([(5, 2, 1), (5,)], dtype)

    def features(s, t, a, x):
        taught = torch.tanh(F.conv1d(x, t[0], t[1], padding=1))
        feature = torch.tanh(F.conv1d(x, s[0], s[1], padding=1))
        hint = torch.einsum("oc,ncl->nol", a[0][:, :, 0], feature) + a[1][:, None]
        return hint, taught, F.linear(feature.flatten(1), s[2], s[3]), F.linear(taught.flatten(1), t[2], t[3])

    yield learn("signals", dtype, normal(6, 3, 8, dtype=dtype), student, teacher, adapter, features)


def rows(name, shape, classifier, dtype):
    student = parameters([(4, 6), (4,), (3, 4 * classifier), (3,)], dtype)
    teacher = parameters([(7, 6), (7,), (3, 7 * classifier), (3,)], dtype)
    adapter = parameters([(7, 4), (7,)], dtype)

    def features(s, t, a, x):
        taught, feature = torch.tanh(x @ t[0].T + t[1]), torch.tanh(x @ s[0].T + s[1])
        return feature @ a[0].T + a[1], taught, F.linear(feature.flatten(1), s[2], s[3]), F.linear(taught.flatten(1), t[2], t[3])

    yield learn(name, dtype, normal(6, *shape, 6, dtype=dtype), student, teacher, adapter, features)


def cases(dtype):
    yield from images(dtype)
    yield from signals(dtype)
    yield from rows("rows", (), 1, dtype)
    yield from rows("tokens", (5,), 5, dtype)
