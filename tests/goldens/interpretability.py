"""What an output depends on, in evaluation mode, and where an attack leads there: the network of `semi_supervised.py` with batch
norms, whose statistics are not 0 and 1.

z_c is the output for class c.

saliency    1312.6034. |∂z_c/∂x|.
smooth      1706.03825. The mean over s of ∂z_c/∂x at x + σ noise[s], σ = 0.2.
integrated  1703.01365. (x - b) mean over i of ∂z_c/∂x at b + (i + 1/2)/P (x - b), P = 16; `gap` is its sum by sample less
            z_c(x) - z_c(b).
cam         1610.02391. A is the second batch norm's output after ReLU; max(0, Σ_k mean_hw(∂z_c/∂A_k) A_k).
occlusion   1311.2901. At each pixel the mean, over the 3x3 squares (stride 2, and one at the edge) that cover it, of z_c(x) less
            z_c(x with the square at 0.25).
linf, l2    1706.06083. `start` is a place of the ball; 5 steps up the cross-entropy of `label`, as in `robustness.py`.
toward      linf's 5 steps down the cross-entropy of `label` as the class to reach.
"""
import torch

from case import Case, normal, uniform
from objectives import log_softmax
from networks import state
from robustness import lengths, project
from semi_supervised import CLASSES, STACKS
from steps import seed

BATCH, SAMPLES, PARTS, SIGMA, SIDE, COVER = 4, 3, 16, 0.2, 3, 0.25
BALLS = {"linf": (0.1, 0.04), "l2": (1.0, 0.4)}


def slope(network, x, c, layers=None):
    x = x.detach().requires_grad_()
    z = network(x)
    g, = torch.autograd.grad(z[torch.arange(len(x)), c].sum(), x)
    return g


def value(network, x, c):
    with torch.no_grad():
        return network(x)[torch.arange(len(x)), c]


def occlusion(network, x, c):
    places = [0, 2, 4, 5]
    total, count = torch.zeros_like(x[:, 0]), torch.zeros_like(x[0, 0])
    for top in places:
        for left in places:
            covered = x.clone()
            covered[:, :, top:top + SIDE, left:left + SIDE] = COVER
            total[:, top:top + SIDE, left:left + SIDE] += (value(network, x, c) - value(network, covered, c))[:, None, None]
            count[top:top + SIDE, left:left + SIDE] += 1
    return total / count


def cam(network, x, c):
    maps = network[:7](x).detach().requires_grad_()
    z = network[7:](maps)
    g, = torch.autograd.grad(z[torch.arange(len(x)), c].sum(), maps)
    weight = g.mean((2, 3))
    return torch.relu(sum(weight[:, k, None, None] * maps[:, k] for k in range(maps.shape[1]))).detach()


def climb(network, start, x, y, norm, sign):
    v, (epsilon, size) = start, BALLS[norm]
    for _ in range(5):
        v = v.detach().requires_grad_()
        surprise = -log_softmax(network(v))[torch.arange(len(x)), y].sum()
        g, = torch.autograd.grad(sign * surprise, v)
        if norm == "linf":
            assert ((g.abs() > 2e-6 * g.abs().max()) | (g == 0)).all(), "a gradient without a clear sign"
        v = project(v.detach() + size * (g.sign() if norm == "linf" else g / lengths(g)), x, norm, epsilon)
    return v.detach()


def cases(dtype):
    seed("interpretability", 1)
    network = STACKS["cnn"]().to(dtype).eval()
    x = uniform(BATCH, 1, 8, 8, dtype=dtype, low=0.02, high=0.98)
    c, label = torch.randint(0, CLASSES, (BATCH,)), torch.randint(0, CLASSES, (BATCH,))
    noise, baseline = normal(SAMPLES, BATCH, 1, 8, 8, dtype=dtype), uniform(1, 8, 8, dtype=dtype)
    initial = {f"initial.{name}": tensor for name, tensor in state(network).items()}
    inputs = initial | {"input": x, "class": c, "label": label, "noise": noise, "baseline": baseline}
    way = x - baseline
    integrated = way * sum(slope(network, baseline + (i + 0.5) / PARTS * way, c) for i in range(PARTS)) / PARTS
    gap = integrated.flatten(1).sum(1) - (value(network, x, c) - value(network, baseline.expand_as(x), c))
    starts = {"linf": (x + 0.1 * (2 * uniform(BATCH, 1, 8, 8, dtype=dtype) - 1)).clamp(0, 1)}
    direction = normal(BATCH, 1, 8, 8, dtype=dtype)
    starts["l2"] = (x + 0.5 * direction / lengths(direction)).clamp(0, 1)
    results = {
        "saliency": slope(network, x, c).abs(),
        "smooth": sum(slope(network, x + SIGMA * n, c) for n in noise) / SAMPLES,
        "integrated": integrated, "gap": gap, "cam": cam(network, x, c), "occlusion": occlusion(network, x, c)}
    for norm in BALLS:
        results[f"{norm}.start"] = starts[norm].to(torch.float32).to(dtype)
        results[norm] = climb(network, results[f"{norm}.start"], x, label, norm, 1)
    results["toward"] = climb(network, results["linf.start"], x, label, "linf", -1)
    yield Case("cnn", inputs | results, {"parts": PARTS, "sigma": SIGMA, "side": SIDE, "cover": COVER})
