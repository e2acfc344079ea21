"""PyTorch's numbers for the recipes mnist-vae, mnist-generation and mnist-adversarial: 8,000 of MNIST's test images to learn
from, 2,000 to be tested on.

    mnist.py FOLDER-OF-MNIST-T10K bound|samples|robust SEEDS
"""
import copy
import gzip
import math
import statistics
import sys

import torch
import torch.nn.functional as F
from torch import nn

TRAINING, LEVELS, SAMPLES = 8000, 100, 2000


def load(folder):
    with gzip.open(f"{folder}/t10k-images-idx3-ubyte.gz") as file:
        images = torch.frombuffer(bytearray(file.read()), dtype=torch.uint8, offset=16)
    with gzip.open(f"{folder}/t10k-labels-idx1-ubyte.gz") as file:
        labels = torch.frombuffer(bytearray(file.read()), dtype=torch.uint8, offset=8).long()
    images = images.view(-1, 1, 28, 28).float() / 255
    return images[:TRAINING], labels[:TRAINING], images[TRAINING:], labels[TRAINING:]


def batches(size, epochs, count=TRAINING):
    for _ in range(epochs):
        order = torch.randperm(count)
        for start in range(0, count - size + 1, size):
            yield order[start:start + size]


def endless(size, steps, count=TRAINING):
    done = 0
    while True:
        for picked in batches(size, 1, count):
            if done == steps:
                return
            done += 1
            yield picked


def mlp(widths, activation, last=()):
    layers = []
    for i, (a, b) in enumerate(zip(widths, widths[1:])):
        layers += [nn.Linear(a, b)] + ([activation()] if i + 2 < len(widths) else [])
    return nn.Sequential(*layers, *last)


def convolutions():
    return nn.Sequential(
        nn.Conv2d(1, 16, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2), nn.Conv2d(16, 32, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2),
        nn.Flatten(), nn.Linear(1568, 64), nn.ReLU(), nn.Linear(64, 10))


def classifier(network, x, y, size, epochs):
    optimizer = torch.optim.Adam(network.parameters(), 1e-3)
    for picked in batches(size, epochs, len(x)):
        optimizer.zero_grad()
        F.cross_entropy(network(x[picked]), y[picked]).backward()
        optimizer.step()
    return network.eval()


# mnist-vae: 1312.6114, and the bound of 1509.00519.


def bound(x, y, test, test_y):
    encoder = nn.Sequential(nn.Flatten(), nn.Linear(784, 400), nn.ReLU(), nn.Linear(400, 40))
    decoder = nn.Sequential(nn.Linear(20, 400), nn.ReLU(), nn.Linear(400, 784))
    optimizer = torch.optim.Adam([*encoder.parameters(), *decoder.parameters()], 1e-3)

    def parts(images, z, mean, log_variance):
        reconstruction = F.binary_cross_entropy_with_logits(decoder(z), images.flatten(1), reduction="none").sum(1)
        return reconstruction, -0.5 * (1 + log_variance - mean ** 2 - log_variance.exp()).sum(1)

    for picked in batches(128, 30):
        images = x[picked]
        mean, log_variance = encoder(images).chunk(2, 1)
        z = mean + (log_variance / 2).exp() * torch.randn_like(mean)
        reconstruction, divergence = parts(images, z, mean, log_variance)
        optimizer.zero_grad()
        (reconstruction + divergence).mean().backward()
        optimizer.step()
    with torch.no_grad():
        mean, log_variance = encoder(test).chunk(2, 1)
        deviation, weights, reconstructions = (log_variance / 2).exp(), [], []
        for _ in range(100):
            noise = torch.randn_like(mean)
            z = mean + deviation * noise
            reconstruction, divergence = parts(test, z, mean, log_variance)
            reconstructions.append(reconstruction)
            weights.append(-reconstruction - 0.5 * (z ** 2).sum(1) + (0.5 * noise ** 2 + log_variance / 2).sum(1))
        weighted = torch.stack(weights).logsumexp(0) - math.log(100)
        reconstruction = torch.stack(reconstructions).mean()
        divergence = divergence.mean()
        return [("784-400-20", [(reconstruction + divergence).item(), reconstruction.item(), divergence.item(),
                                -weighted.mean().item()])]


# mnist-generation: 1406.2661 with the hinge of 1705.02894, 1704.00028, 2006.11239.


class Average:
    def __init__(self, network, decay=0.995):
        self.network, self.decay = copy.deepcopy(network), decay

    def update(self, network):
        with torch.no_grad():
            for mine, new in zip(self.network.parameters(), network.parameters()):
                mine.lerp_(new, 1 - self.decay)


def painter_and_opponent(x, noise):
    side = x.shape[-1]
    return (mlp([noise, 128, 256, side * side], nn.ReLU, [nn.Tanh(), nn.Unflatten(1, (1, side, side))]),
            nn.Sequential(nn.Flatten(), mlp([side * side, 256, 128, 1], lambda: nn.LeakyReLU(0.2))))


def hinge(x, steps=4000, noise=64):
    painter, opponent = painter_and_opponent(x, noise)
    average = Average(painter)
    g, d = (torch.optim.Adam(n.parameters(), 2e-4, betas=(0.5, 0.999)) for n in (painter, opponent))
    for picked in endless(64, steps, len(x)):
        fake = painter(torch.randn(64, noise))
        d.zero_grad()
        (F.relu(1 - opponent(x[picked])).mean() + F.relu(1 + opponent(fake.detach())).mean()).backward()
        d.step()
        g.zero_grad()
        (-opponent(painter(torch.randn(64, noise))).mean()).backward()
        g.step()
        average.update(painter)
    return average.network


def wasserstein(x, steps=4000, noise=64):
    painter, critic = painter_and_opponent(x, noise)
    average = Average(painter)
    g, d = (torch.optim.Adam(n.parameters(), 2e-4, betas=(0, 0.9)) for n in (painter, critic))
    for picked in endless(64, steps, len(x)):
        for _ in range(2):
            real, fake = x[picked], painter(torch.randn(64, noise)).detach()
            share = torch.rand(64, 1, 1, 1)
            between = (share * real + (1 - share) * fake).requires_grad_()
            slope, = torch.autograd.grad(critic(between).sum(), between, create_graph=True)
            d.zero_grad()
            (critic(fake).mean() - critic(real).mean() + 10 * (slope.flatten(1).norm(dim=1) - 1).square().mean()).backward()
            d.step()
        g.zero_grad()
        (-critic(painter(torch.randn(64, noise))).mean()).backward()
        g.step()
        average.update(painter)
    return average.network


class Denoiser(nn.Module):
    def __init__(self):
        super().__init__()
        self.level = nn.Embedding(LEVELS, 64)
        self.body = mlp([784 + 64, 512, 512, 784], nn.SiLU)

    def forward(self, x, t):
        return self.body(torch.cat([x.flatten(1), self.level(t)], 1)).view_as(x)


def diffusion(x, steps=4000):
    network = Denoiser()
    average = Average(network)
    optimizer = torch.optim.Adam(network.parameters(), 1e-3)
    beta = torch.linspace(1e-3, 0.2, LEVELS, dtype=torch.float64)
    kept = torch.cumprod(1 - beta, 0)
    for picked in endless(128, steps):
        t, noise = torch.randint(LEVELS, (128,)), torch.randn(128, 1, 28, 28)
        share = kept[t].float().view(-1, 1, 1, 1)
        optimizer.zero_grad()
        (network(share.sqrt() * x[picked] + (1 - share).sqrt() * noise, t) - noise).square().mean().backward()
        optimizer.step()
        average.update(network)
    with torch.no_grad():
        drawn = torch.randn(SAMPLES, 1, 28, 28)
        for t in reversed(range(LEVELS)):
            before = kept[t - 1].item() if t else 1.0
            now, b = kept[t].item(), beta[t].item()
            noise = average.network(drawn, torch.full((SAMPLES,), t))
            clean = ((drawn - math.sqrt(1 - now) * noise) / math.sqrt(now)).clamp(-1, 1)
            mean = math.sqrt(before) * b / (1 - now) * clean + math.sqrt(1 - b) * (1 - before) / (1 - now) * drawn
            drawn = mean + (math.sqrt(b) * torch.randn_like(drawn) if t else 0)
        return drawn


def root(matrix):
    values, vectors = torch.linalg.eigh(matrix)
    return vectors * values.clamp(min=0).sqrt() @ vectors.T


def frechet(a, b):
    a, b = a.double(), b.double()
    first, second = torch.cov(a.T), torch.cov(b.T)
    half = root(first)
    return ((a.mean(0) - b.mean(0)).square().sum() + torch.trace(first) + torch.trace(second)
            - 2 * torch.trace(root(half @ second @ half))).item()


def covered(support, points, k=3):
    """The share of points within the distance to the k-th neighbour of some point of the support (1904.06991)."""
    own = torch.cdist(support, support).sort(1).values[:, k]
    return 100 * (torch.cdist(points, support) <= own).any(1).float().mean().item()


def scores(judge, drawn, test):
    """Confidence in percent, score, Fréchet distance, precision and recall in percent, by a classifier of images in [0, 1]."""
    with torch.no_grad():
        features = judge[:-1](drawn.clamp(-1, 1) / 2 + 0.5)
        chances, real = judge[-1](features).double().softmax(1), judge[:-1](test)
        score = (chances * (chances.log() - chances.mean(0).log())).nan_to_num().sum(1).mean().exp().item()
        return [100 * chances.amax(1).mean().item(), score, frechet(real, features), covered(real, features),
                covered(features, real)]


def adversaries(x, judge, test, count, **how):
    for name, make in (("hinge", hinge), ("WGAN with a penalty of the slope", wasserstein)):
        network = make(x, **how)
        with torch.no_grad():
            drawn = network(torch.randn(count, how.get("noise", 64)))
        yield name, scores(judge, drawn, test)


def samples(x, y, test, test_y):
    judge = classifier(convolutions(), x, y, 64, 8)
    scaled = 2 * x - 1
    return [*adversaries(scaled, judge, test, SAMPLES), ("diffusion, 100 levels", scores(judge, diffusion(scaled), test)),
            ("training images", scores(judge, scaled[:SAMPLES], test))]


# mnist-adversarial: 1706.06083, in a ball that grows evenly in the first 5 of 12 passes.


def attacked(network, x, y, ball, size, steps, start=True):
    v = (x + ball * (2 * torch.rand_like(x) - 1)).clamp(0, 1) if start else x
    for _ in range(steps):
        v = v.detach().requires_grad_()
        slope, = torch.autograd.grad(F.cross_entropy(network(v), y), v)
        v = torch.max(torch.min(v.detach() + size * slope.sign(), x + ball), x - ball).clamp(0, 1)
    return v.detach()


def robust(x, y, test, test_y, ball=0.3, size=0.15, epochs=12, grows=5):
    def accuracies(network):
        ways = [test, attacked(network, test, test_y, 0.3, 0.3, 1, start=False),
                attacked(network, test, test_y, 0.1, 0.01, 40), attacked(network, test, test_y, 0.3, 0.01, 40)]
        with torch.no_grad():
            right = [network(way).argmax(1) == test_y for way in ways]
        return [100 * (right[0] & each).float().mean().item() for each in right]

    network = convolutions()
    optimizer = torch.optim.Adam(network.parameters(), 1e-3)
    for step, picked in enumerate(batches(64, epochs)):
        share = min(1, step / (grows * (TRAINING // 64)))
        moved = attacked(network, x[picked], y[picked], share * ball, share * size, 5)
        optimizer.zero_grad()
        F.cross_entropy(network(moved), y[picked]).backward()
        optimizer.step()
    return [("as they are", accuracies(classifier(convolutions(), x, y, 64, epochs))), ("PGD, 5 steps", accuracies(network))]


if __name__ == "__main__":
    torch.set_num_threads(1)
    folder, what, seeds = sys.argv[1:]
    data, rows = load(folder), {}
    for seed in range(int(seeds)):
        torch.manual_seed(seed)
        for name, values in {"bound": bound, "samples": samples, "robust": robust}[what](*data):
            rows.setdefault(name, []).append(values)
    for name, values in rows.items():
        print(name, *(f"{statistics.mean(column):.3f} ± {statistics.stdev(column) if len(column) > 1 else 0:.3f}"
                      for column in zip(*values)), sep="   ")
