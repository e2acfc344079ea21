"""Cross-entropy of positions, with class weights and with smoothed labels: tokens z [N, T, K] with labels [N, T], pixels z [N, K, H, W] with labels
[N, H, W]. The sum over the positions with a label of what each one loses, divided by the sum of their labels' weights; labels of -100 are none.
"""
import torch
import torch.nn.functional as F

from case import Case, assert_close, normal
from losses import CLASSES, WEIGHTS, cross_entropy, vector

SMOOTHING = 0.2


def labels(*shape):
    y = torch.randint(0, CLASSES, shape)
    y.view(-1)[torch.tensor([1, 7, 8])] = -100
    return y


def positions(name, x, y, weight, bias, logits, rows, **settings):
    """logits(x, weight, bias) in the network's shape; rows(z) as [M, K]."""
    weight, bias = weight.clone().requires_grad_(), bias.clone().requires_grad_()
    z = logits(x, weight, bias)
    loss = cross_entropy(rows(z), y.flatten(), settings.get("weights"), settings.get("smoothing", 0.0))
    w = vector(settings["weights"], z) if "weights" in settings else None
    over_classes = z if z.dim() == 4 else z.permute(0, 2, 1)
    assert_close(F.cross_entropy(over_classes, y, weight=w, label_smoothing=settings.get("smoothing", 0.0)), loss, name)
    loss.backward()
    return Case(name, {"input": x, "label": y, "weight": weight.detach(), "bias": bias.detach(), "loss": loss.detach(),
                       "weight_gradient": weight.grad, "bias_gradient": bias.grad}, {})


def cases(dtype):
    for suffix, settings in (("weights", {"weights": WEIGHTS}), ("smoothing", {"smoothing": SMOOTHING}),
                             ("weights_smoothing", {"weights": WEIGHTS, "smoothing": SMOOTHING})):
        yield positions(f"tokens_{suffix}", normal(4, 6, 3, dtype=dtype), labels(4, 6), normal(CLASSES, 3, dtype=dtype), normal(CLASSES, dtype=dtype),
                        lambda x, weight, bias: x @ weight.T + bias, lambda z: z.flatten(0, 1), **settings)
        yield positions(f"pixels_{suffix}", normal(2, 3, 4, 5, dtype=dtype), labels(2, 4, 5), normal(CLASSES, 3, 1, 1, dtype=dtype), normal(CLASSES, dtype=dtype),
                        lambda x, weight, bias: F.conv2d(x, weight, bias), lambda z: z.permute(0, 2, 3, 1).flatten(0, 2), **settings)
