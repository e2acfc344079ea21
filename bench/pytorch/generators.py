"""PyTorch's numbers for the recipes digits-pixelrnn, digits-vqvae and digits-gan: digits of scikit-learn as samples/Digits has
them.

    generators.py FOLDER-WITH-DIGITS rows|codes|gan SEEDS
"""
import gzip
import math
import statistics
import sys

import torch
import torch.nn.functional as F
from torch import nn

import mnist

TEST, BATCH, LEVELS, CODES, WIDTH = 500, 64, 17, 64, 16


def load(folder, seed, labelled=False):
    """Training and test images; 500 are for the test, drawn class by class. With labels, those of the first are third."""
    with gzip.open(f"{folder}/digits-images.idx3-ubyte.gz") as file:
        images = torch.frombuffer(bytearray(file.read()), dtype=torch.uint8, offset=16)
    with gzip.open(f"{folder}/digits-labels.idx1-ubyte.gz") as file:
        labels = torch.frombuffer(bytearray(file.read()), dtype=torch.uint8, offset=8)
    images, generator = images.view(-1, 1, 8, 8).float() / 16, torch.Generator().manual_seed(1000 + seed)
    test = torch.zeros(len(images), dtype=torch.bool)
    for digit in range(10):
        own = (labels == digit).nonzero().flatten()
        test[own[torch.randperm(len(own), generator=generator)[:round(TEST * len(own) / len(images))]]] = True
    return (images[~test], images[test], labels[~test].long()) if labelled else (images[~test], images[test])


def batches(images, epochs):
    for _ in range(epochs):
        order = torch.randperm(len(images))
        for start in range(0, len(images) - BATCH + 1, BATCH):
            yield images[order[start:start + BATCH]]


class Before(nn.Conv2d):
    """Sees the pixels before its centre."""

    def __init__(self, inputs, outputs, kernel):
        super().__init__(inputs, outputs, kernel, padding=kernel // 2)
        mask, half = torch.zeros(kernel, kernel), kernel // 2
        mask[:half], mask[half, :half] = 1, 1
        self.register_buffer("mask", mask)

    def forward(self, x):
        return self._conv_forward(x, self.weight * self.mask, self.bias)


class RowLstm(nn.Module):
    """1601.06759, equation 3, whose input is masked so that a pixel sees itself and what is left of it."""

    def __init__(self, size, kernel=3):
        super().__init__()
        self.size = size
        bound_x, bound_h = (size * (kernel + 1) // 2) ** -0.5, (size * kernel) ** -0.5
        self.of_input = nn.Parameter(torch.empty(4 * size, size, (kernel + 1) // 2).uniform_(-bound_x, bound_x))
        self.of_state = nn.Parameter(torch.empty(4 * size, size, kernel).uniform_(-bound_h, bound_h))
        self.bias = nn.Parameter(torch.empty(4 * size).uniform_(-bound_x, bound_x))

    def forward(self, x):
        pad = self.of_input.shape[2] - 1
        h = c = x.new_zeros(len(x), self.size, x.shape[3])
        rows = []
        for row in x.unbind(2):
            sums = F.conv1d(F.pad(row, (pad, 0)), self.of_input, self.bias)
            sums = sums + F.conv1d(h, self.of_state, padding=self.of_state.shape[2] // 2)
            i, f, g, o = sums.chunk(4, 1)
            c = f.sigmoid() * c + i.sigmoid() * g.tanh()
            h = o.sigmoid() * c.tanh()
            rows.append(h)
        return torch.stack(rows, 2)


class RowPixels(nn.Module):
    def __init__(self, size=32):
        super().__init__()
        self.first, self.lower, self.upper = Before(1, size, 5), RowLstm(size), RowLstm(size)
        self.told = nn.Sequential(nn.ReLU(), nn.Conv2d(size, size, 1), nn.ReLU(), nn.Conv2d(size, LEVELS, 1))

    def forward(self, x):
        x = self.first(x)
        x = x + self.lower(x)
        return self.told(x + self.upper(x))


def nats(network, images):
    levels = (images * (LEVELS - 1)).round().long()
    return F.cross_entropy(network(images), levels[:, 0], reduction="sum") / len(images)


def rows(seed, folder, epochs=60):
    train, test = load(folder, seed)
    torch.manual_seed(seed)
    network = RowPixels()
    optimizer = torch.optim.Adam(network.parameters(), 1e-3)
    for x in batches(train, epochs):
        optimizer.zero_grad()
        nats(network, x).backward()
        optimizer.step()
    with torch.no_grad():
        return [(nats(network, images) / (64 * math.log(2))).item() for images in (test, train)]


def codes(seed, folder, epochs=100, beta=0.25, decay=0.99, least=0.05):
    """1711.00937 with the codes of appendix A.1; those that are chosen too rarely begin again as the farthest vectors."""
    train, test = load(folder, seed)
    torch.manual_seed(seed)
    encoder = nn.Sequential(nn.Conv2d(1, 32, 4, 2, 1), nn.ReLU(), nn.Conv2d(32, 32, 3, padding=1), nn.ReLU(),
                            nn.Conv2d(32, WIDTH, 1))
    decoder = nn.Sequential(nn.Conv2d(WIDTH, 32, 3, padding=1), nn.ReLU(), nn.ConvTranspose2d(32, 32, 4, 2, 1), nn.ReLU(),
                            nn.Conv2d(32, 1, 3, padding=1))
    book = F.normalize(torch.randn(CODES, WIDTH), dim=1)
    sums, counts = book.clone(), torch.ones(CODES)
    optimizer = torch.optim.Adam([*encoder.parameters(), *decoder.parameters()], 1e-3)

    def quantise(z):
        flat = z.detach().movedim(1, -1).reshape(-1, WIDTH)
        nearest = torch.cdist(flat, book).argmin(1)
        return flat, nearest, book[nearest].view(len(z), z.shape[2], z.shape[3], WIDTH).movedim(-1, 1)

    for x in batches(train, epochs):
        z = encoder(x)
        flat, nearest, e = quantise(z)
        loss = F.mse_loss(decoder(z + (e - z).detach()), x) + beta * F.mse_loss(z, e)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        far = (flat - book[nearest]).square().sum(1).sort(descending=True).indices
        chosen = F.one_hot(nearest, CODES).float()
        counts = decay * counts + (1 - decay) * chosen.sum(0)
        sums = decay * sums + (1 - decay) * chosen.t() @ flat
        mean = counts.mean()
        dying = (counts < least * mean).nonzero().flatten()
        counts[dying], sums[dying] = mean, flat[far[:len(dying)]] * mean
        smoothed = (counts + 1e-5) / (counts.sum() + 1e-5 * CODES) * counts.sum()
        book = sums / smoothed[:, None]
    with torch.no_grad():
        _, nearest, e = quantise(encoder(test))
        shares = torch.bincount(nearest, minlength=CODES) / len(nearest)
        return [1000 * F.mse_loss(decoder(e), test).item(), torch.special.entr(shares).sum().exp().item(),
                (shares > 0).sum().item()]


def gan(seed, folder):
    """What hinge and WGAN-GP make, five numbers each."""
    train, test, labels = load(folder, seed, labelled=True)
    torch.manual_seed(seed)
    judge = mnist.classifier(nn.Sequential(
        nn.Conv2d(1, 16, 3, padding=1, bias=False), nn.BatchNorm2d(16), nn.ReLU(),
        nn.Conv2d(16, 32, 3, padding=1, bias=False), nn.BatchNorm2d(32), nn.ReLU(), nn.MaxPool2d(2),
        nn.Flatten(), nn.Linear(512, 64), nn.ReLU(), nn.Linear(64, 10)), train, labels, BATCH, 20)
    made = mnist.adversaries(2 * train - 1, judge, test, 1000, steps=6000, noise=32)
    return [number for _, numbers in made for number in numbers]


if __name__ == "__main__":
    torch.set_num_threads(1)
    folder, what, seeds = sys.argv[1:]
    found = [{"rows": rows, "codes": codes, "gan": gan}[what](seed, folder) for seed in range(int(seeds))]
    for column in zip(*found):
        print(f"{statistics.mean(column):.4f} ± {statistics.stdev(column):.4f}   {[round(value, 4) for value in column]}")
