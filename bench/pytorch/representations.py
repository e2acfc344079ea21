"""PyTorch's numbers for the recipe mnist-representation: features learned without labels and with them, by probes.

    representations.py FOLDER-OF-MNIST-T10K SEEDS
"""
import gzip
import math
import statistics
import sys

import torch
import torch.nn.functional as F
from torch import nn

TRAINING, FEW, STEPS, BATCH, CLASSES = 8000, 100, 500, 128, 10


def load(folder):
    with gzip.open(f"{folder}/t10k-images-idx3-ubyte.gz") as file:
        images = torch.frombuffer(bytearray(file.read()), dtype=torch.uint8, offset=16)
    with gzip.open(f"{folder}/t10k-labels-idx1-ubyte.gz") as file:
        labels = torch.frombuffer(bytearray(file.read()), dtype=torch.uint8, offset=8)
    return images.view(-1, 1, 28, 28).float() / 255, labels.long()


def view(images):
    """A shift by up to 3 pixels, a rotation by up to 15 degrees, a scale in [0.85, 1.15], noise, a square of 8 cut out."""
    n = len(images)
    angle = (torch.rand(n) * 2 - 1) * math.radians(15)
    scale = 0.85 + 0.3 * torch.rand(n)
    move = torch.randint(-3, 4, (n, 2)).float() / 14
    turned = torch.stack([torch.cos(angle), -torch.sin(angle), torch.sin(angle), torch.cos(angle)], 1).view(n, 2, 2)
    grid = F.affine_grid(torch.cat([turned / scale.view(n, 1, 1), move.view(n, 2, 1)], 2), images.shape, align_corners=False)
    result = F.grid_sample(images, grid, align_corners=False) + 0.1 * torch.randn_like(images)
    place = torch.arange(28).view(1, 28)
    row, column = (torch.randint(0, 28, (n, 1)) for _ in range(2))
    rows, columns = (place >= row - 4) & (place < row + 4), (place >= column - 4) & (place < column + 4)
    return result * ~(rows.view(n, 1, 28, 1) & columns.view(n, 1, 1, 28))


def encoder():
    return nn.Sequential(
        nn.Conv2d(1, 16, 3, padding=1, bias=False), nn.BatchNorm2d(16), nn.ReLU(), nn.MaxPool2d(2),
        nn.Conv2d(16, 32, 3, padding=1, bias=False), nn.BatchNorm2d(32), nn.ReLU(), nn.MaxPool2d(2),
        nn.Flatten(), nn.Linear(1568, 128), nn.ReLU())


def head():
    return nn.Sequential(nn.Linear(128, 128, bias=False), nn.BatchNorm1d(128), nn.ReLU(), nn.Linear(128, 64))


def contrast(first, second):
    z = F.normalize(torch.cat([first, second]), dim=1)
    logits = z @ z.T / 0.5
    logits.fill_diagonal_(-math.inf)
    n = len(first)
    return F.cross_entropy(logits, torch.cat([torch.arange(n, 2 * n), torch.arange(n)]))


def triplets(z, labels):
    """Semi-hard mining (FaceNet): of each pair of a class the nearest negative that is farther, else the farthest of all."""
    z = F.normalize(z, dim=1)
    distance = (2 - 2 * z @ z.T).clamp_min(1e-12).sqrt()
    alike = labels.view(-1, 1) == labels.view(1, -1)
    gaps, others = distance.unsqueeze(2), distance.unsqueeze(1)  # [anchor, positive, 1], [anchor, 1, negative]
    farther = others.masked_fill(alike.unsqueeze(1) | (others <= gaps), math.inf).min(2).values
    farthest = distance.masked_fill(alike, -math.inf).max(1, keepdim=True).values
    negative = torch.where(farther.isinf(), farthest.expand_as(farther), farther)
    pairs = alike & ~torch.eye(len(z), dtype=torch.bool)
    return F.relu(distance - negative + 0.2)[pairs].mean()


def fit(images, labels, seed, parts, loss, by_class=False):
    optimizer = torch.optim.Adam([p for part in parts for p in part.parameters()], 2e-3)
    order = torch.Generator().manual_seed(seed)
    rows = torch.randperm(len(images), generator=order)
    for step in range(STEPS):
        if len(rows) < BATCH:
            rows = torch.randperm(len(images), generator=order)
        chosen, rows = rows[:BATCH], rows[BATCH:]
        if by_class:
            classes = torch.randperm(CLASSES, generator=order)[:BATCH // 12]
            chosen = torch.cat([(labels == c).nonzero().flatten()[torch.randint(
                0, int((labels == c).sum()), (12,), generator=order)] for c in classes])
        optimizer.zero_grad()
        loss(images[chosen], labels[chosen]).backward()
        optimizer.step()


def linear(features, labels, tested, truth):
    """A classifier of standardised features at the minimum of its cross-entropy."""
    mean, deviation = features.mean(0), features.std(0) + 1e-6
    x, y = (features - mean) / deviation, (tested - mean) / deviation
    layer = nn.Linear(128, CLASSES)
    optimizer = torch.optim.LBFGS(layer.parameters(), max_iter=200, line_search_fn="strong_wolfe")

    def closure():
        optimizer.zero_grad()
        loss = F.cross_entropy(layer(x), labels) + 1e-4 * layer.weight.square().sum()
        loss.backward()
        return loss

    optimizer.step(closure)
    return (layer(y).argmax(1) == truth).float().mean().item()


def neighbours(features, labels, tested, truth):
    near = (F.normalize(tested, dim=1) @ F.normalize(features, dim=1).T).topk(5, dim=1).indices
    return (labels[near].mode(1).values == truth).float().mean().item()


def probe(network, images, labels, few):
    network.eval()
    with torch.no_grad():
        features = torch.cat([network(part) for part in images.split(1000)])
    train, test = features[:TRAINING], features[TRAINING:]
    return [100 * linear(train, labels[:TRAINING], test, labels[TRAINING:]),
            100 * linear(train[few], labels[few], test, labels[TRAINING:]),
            100 * neighbours(train, labels[:TRAINING], test, labels[TRAINING:])]


def measure(images, labels, seed):
    torch.manual_seed(seed)
    few = torch.cat([(labels[:TRAINING] == c).nonzero().flatten()[torch.randperm(
        int((labels[:TRAINING] == c).sum()))[:FEW // CLASSES]] for c in range(CLASSES)])
    train, known = images[:TRAINING], labels[:TRAINING]
    yield "random weights", probe(encoder(), images, labels, few)
    network, last = encoder(), nn.Linear(128, CLASSES)
    fit(train, known, seed, [network, last], lambda x, y: F.cross_entropy(last(network(view(x))), y))
    yield "all labels", probe(network, images, labels, few)
    network, projection = encoder(), head()
    fit(train, known, seed, [network, projection],
        lambda x, y: contrast(projection(network(view(x))), projection(network(view(x)))))
    yield "SimCLR", probe(network, images, labels, few)
    network, projection = encoder(), head()
    fit(train, known, seed, [network, projection], lambda x, y: triplets(projection(network(view(x))), y), by_class=True)
    yield "triplets, semi-hard", probe(network, images, labels, few)


torch.set_num_threads(1)
data, seeds = load(sys.argv[1]), int(sys.argv[2])
rows = {}
for seed in range(seeds):
    for name, values in measure(*data, seed):
        rows.setdefault(name, []).append(values)
        print(seed, name, *(f"{value:.1f}" for value in values), flush=True)
for name, values in rows.items():
    columns = [(statistics.mean(column), statistics.stdev(column) if seeds > 1 else 0) for column in zip(*values)]
    print(name, *(f"{mean:.1f} ± {deviation:.1f}" for mean, deviation in columns))
