"""Flow matching (2210.02747): three steps of SGD with momentum on supplied batches and draws, names as in `steps.py`, then whole ways
from noise to samples. Networks are those of `diffusion.py` with a time in [0, 1], which is multiplied by 1000 before its waves.

x = `batch.input`, z = draw `noise`, t = draw `time` [B], s = 0.05: x_t = (1 - (1 - s) t) z + t x (equation 22);
loss.flow = mean (x - (1 - s) z - f(x_t, t))² (equation 23). Labels as in `diffusion.py`.

Sampling with the network of after the last step, in evaluation mode, 6 steps from `noise` [1, N, ...]; what is there after each, [6, N, ...]:
sampled.euler, .heun, and .guided, Euler's with u + 2.5 (c - u).

time_gradient [N]   of the sum of `output_gradient` times f(`point`, `time`), the first network's
"""
import torch

import diffusion
from case import Case, normal
from diffusion import BATCH, CLASSES, GUIDANCE, WIDTH, Cnn, Labelled, Mlp
from steps import Phase, Terms, seed, train

SIGMA, STEPS, SCALE = 0.05, 6, 1000.0


def embed(t, dtype):
    rates = torch.tensor([10000.0 ** (-2 * i / diffusion.FEATURES) for i in range(diffusion.FEATURES // 2)], dtype=dtype)
    angles = t[:, None] * (SCALE * rates)
    return torch.cat([angles.sin(), angles.cos()], 1)


def timed(create):
    """The network of `diffusion.py` with real times."""
    class Timed(create):
        def forward(self, x, t, y=None):
            kept, diffusion.embed = diffusion.embed, embed
            try:
                return super().forward(x, t, y)
            finally:
                diffusion.embed = kept
    return Timed


def follow(velocity, x, heun=False):
    way, h = [], 1 / STEPS
    for step in range(STEPS):
        slope = velocity(x, step / STEPS)
        if heun:
            slope = (slope + velocity(x + h * slope, (step + 1) / STEPS)) / 2
        x = x + h * slope
        way.append(x)
    return torch.stack(way)


def case(name, dtype, create, shape=(WIDTH,)):
    seed(name)
    network, labelled = timed(create)().to(dtype).train(), create is Labelled

    def supply(step):
        batch = {"input": normal(BATCH, *shape, dtype=dtype)}
        # Few digits of a time, so that a thousand times it has the same waves in both precisions.
        draw = {"noise": normal(BATCH, *shape, dtype=dtype), "time": torch.randint(0, 64, (BATCH,)).to(dtype) / 64}
        if labelled:
            batch["label"] = torch.randint(0, CLASSES, (BATCH,))
            batch["label"][1] = -100
            draw["left_out"] = torch.arange(BATCH) % 3 == step
        return batch, draw

    def terms(networks, step, batch, draw, stop):
        x, z, y = batch["input"], draw["noise"], None
        if labelled:
            y = torch.tensor([CLASSES if left or label < 0 else label
                              for label, left in zip(batch["label"].tolist(), draw["left_out"].tolist())])
        points = torch.stack([(1 - (1 - SIGMA) * t) * b + t * a for a, b, t in zip(x, z, draw["time"])])
        return Terms({"flow": (x - (1 - SIGMA) * z - networks[""](points, draw["time"], y)).square().mean()}, {"flow": 1.0})

    tensors = train({"": network}, supply, [Phase(terms)], 0.05, 0.5)
    network.eval()
    noise = normal(1, 4, *shape, dtype=dtype)
    labels = torch.tensor([0, 1, 2, CLASSES]) if labelled else None

    def at(x, t):
        return torch.full((len(x),), t, dtype=dtype)

    with torch.no_grad():
        tensors |= {"noise": noise, "sampled.euler": follow(lambda x, t: network(x, at(x, t), labels), noise[0]),
                    "sampled.heun": follow(lambda x, t: network(x, at(x, t), labels), noise[0], heun=True)}
        if labelled:
            def guided(x, t):
                without = network(x, at(x, t), torch.full_like(labels, CLASSES))
                return without + GUIDANCE * (network(x, at(x, t), labels) - without)
            tensors |= {"labels": torch.tensor([0, 1, 2, -100]), "sampled.guided": follow(guided, noise[0])}
    if create is Mlp:
        point, time = normal(BATCH, *shape, dtype=dtype), (torch.randint(0, 64, (BATCH,)).to(dtype) / 64).requires_grad_()
        gradient = normal(BATCH, *shape, dtype=dtype)
        found, = torch.autograd.grad((network(point, time) * gradient).sum(), time)
        tensors |= {"point": point, "time": time.detach(), "output_gradient": gradient, "time_gradient": found}
    return Case(name, tensors, {"optimizer": "sgd", "lr": 0.05, "momentum": 0.5, "sigma": SIGMA})


def cases(dtype):
    yield case("mlp", dtype, Mlp)
    yield case("cnn", dtype, Cnn, (2, 4, 4))
    yield case("labels", dtype, Labelled)
