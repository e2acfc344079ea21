"""What is measured: training steps in plain eager PyTorch, as a good practitioner writes them.

A workload is a callable that does one step on the next of a few batches of random data in memory; `loss` is its last loss.
"""
import copy
import dataclasses
import math

import torch
import torch.nn as nn
import torch.nn.functional as F

BATCHES = 16
CLASSES = 10


@dataclasses.dataclass(frozen=True)
class Options:
    device: str = "cpu"
    optimizer: str = "default"
    channels_last: bool = False


def mlp(*widths):
    layers = [nn.Flatten()]
    for index in range(len(widths) - 1):
        layers.append(nn.Linear(widths[index], widths[index + 1]))
        if index < len(widths) - 2:
            layers.append(nn.ReLU())
    return nn.Sequential(*layers)


def mnist_cnn():
    return nn.Sequential(
        nn.Conv2d(1, 32, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2),
        nn.Conv2d(32, 64, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2),
        nn.Flatten(), nn.Linear(64 * 7 * 7, 128), nn.ReLU(), nn.Linear(128, CLASSES))


def digits_cnn(dropout=0.0):
    return nn.Sequential(
        nn.Conv2d(1, 16, 3, padding=1, bias=False), nn.BatchNorm2d(16), nn.ReLU(),
        nn.Conv2d(16, 32, 3, padding=1, bias=False), nn.BatchNorm2d(32), nn.ReLU(), nn.MaxPool2d(2),
        nn.Flatten(), nn.Linear(32 * 4 * 4, 64), nn.ReLU(), *([nn.Dropout(dropout)] if dropout else []), nn.Linear(64, CLASSES))


class Gpt(nn.Module):
    """A small model of characters: four layers of width 128, normalised first, and a context of 64."""

    def __init__(self, vocabulary=65, length=64, features=128, heads=4, layers=4):
        super().__init__()
        self.tokens, self.places = nn.Embedding(vocabulary, features), nn.Parameter(torch.empty(length, features).normal_(0, 0.02))
        self.layers = nn.ModuleList(nn.TransformerEncoderLayer(features, heads, 4 * features, dropout=0.0, activation=F.gelu,
                                                               batch_first=True, norm_first=True) for _ in range(layers))
        self.norm, self.head = nn.LayerNorm(features), nn.Linear(features, vocabulary)
        self.register_buffer("mask", torch.full((length, length), -math.inf).triu(1), persistent=False)

    def forward(self, tokens):
        x = self.tokens(tokens) + self.places
        for layer in self.layers:
            x = layer(x, self.mask)
        return self.head(self.norm(x))


class LastState(nn.Module):
    """A recurrent layer and a linear one on the state that it ends with."""

    def __init__(self, recurrent):
        super().__init__()
        self.recurrent, self.linear = recurrent, nn.Linear(recurrent.hidden_size, CLASSES)

    def forward(self, x):
        return self.linear(self.recurrent(x)[0][:, -1])


class Workload:
    """A network and its optimizer, fed from a pool of batches."""

    def __init__(self, options, model, learning_rate):
        self.options = options
        self.model = self.place(model)
        extra = {} if options.optimizer == "default" else {options.optimizer: True}
        self.optimizer = torch.optim.Adam(self.model.parameters(), lr=learning_rate, **extra)
        self.index = -1
        self.loss = torch.tensor(math.nan)

    def place(self, value):
        value = value.to(self.options.device)
        is_image = isinstance(value, nn.Module) or value.dim() == 4
        return value.to(memory_format=torch.channels_last) if self.options.channels_last and is_image else value

    def images(self, batch, *shape):
        return [self.place(torch.rand(batch, *shape)) for _ in range(BATCHES)]

    def labels(self, batch):
        return [torch.randint(0, CLASSES, (batch,)).to(self.options.device) for _ in range(BATCHES)]

    def __call__(self):
        self.index += 1
        loss = self.losses(self.index % BATCHES)
        self.optimizer.zero_grad(set_to_none=True)
        loss.backward()
        self.optimizer.step()
        self.loss = loss.detach()


class Supervised(Workload):
    def __init__(self, options, model, batch, shape):
        super().__init__(options, model, 1e-3)
        self.inputs, self.targets = self.images(batch, *shape), self.labels(batch)

    def losses(self, k):
        return F.cross_entropy(self.model(self.inputs[k]), self.targets[k])


class Language(Workload):
    """The next character at every place."""

    def __init__(self, options, batch=12, length=64, vocabulary=65):
        super().__init__(options, Gpt(vocabulary, length), 1e-3)
        self.inputs, self.targets = ([torch.randint(0, vocabulary, (batch, length)).to(options.device) for _ in range(BATCHES)]
                                     for _ in range(2))

    def losses(self, k):
        return F.cross_entropy(self.model(self.inputs[k]).flatten(0, 1), self.targets[k].flatten())


class Distill(Workload):
    """A student learns from a frozen teacher's outputs; no labels (Hinton et al. 2015)."""

    temperature = 4.0

    def __init__(self, options, batch=64):
        super().__init__(options, mlp(64, 64, CLASSES), 1e-3)
        self.teacher = self.place(digits_cnn()).eval().requires_grad_(False)
        self.inputs = self.images(batch, 1, 8, 8)

    def losses(self, k):
        inputs, t = self.inputs[k], self.temperature
        with torch.no_grad():
            target = F.softmax(self.teacher(inputs) / t, 1)
        return F.kl_div(F.log_softmax(self.model(inputs) / t, 1), target, reduction="batchmean") * t * t


class MeanTeacher(Workload):
    """50 labels and a moving average of the network as the teacher of the other images (Tarvainen and Valpola 2017)."""

    steps, ramp_up, weight, decay, learning_rate = 600, 240, 20.0, 0.99, 2e-3

    def __init__(self, options, labeled=32, unlabeled=64):
        super().__init__(options, digits_cnn(dropout=0.5), self.learning_rate)
        self.teacher = copy.deepcopy(self.model).requires_grad_(False)
        self.inputs, self.targets = self.images(labeled, 1, 8, 8), self.labels(labeled)
        self.unlabeled = self.images(unlabeled, 1, 8, 8)

    def losses(self, k):
        t = min(self.index / self.ramp_up, 1)
        inputs, unlabeled = self.inputs[k], self.unlabeled[k]
        loss = F.cross_entropy(self.model(shift(inputs)), self.targets[k])
        with torch.no_grad():
            target = F.softmax(self.teacher(shift(unlabeled)), 1)
        consistency = F.mse_loss(F.softmax(self.model(shift(unlabeled)), 1), target)
        return loss + self.weight * math.exp(-5 * (1 - t) ** 2) * consistency

    def __call__(self):
        progress = (self.index + 1) % self.steps / self.steps
        for group in self.optimizer.param_groups:
            group["lr"] = self.learning_rate * math.cos(7 * math.pi * progress / 16)
        super().__call__()
        self.average()

    @torch.no_grad()
    def average(self):
        decay = min(1 - 1 / (self.index + 2), self.decay)
        for average, value in zip(self.teacher.parameters(), self.model.parameters()):
            average.lerp_(value, 1 - decay)
        for average, value in zip(self.teacher.buffers(), self.model.buffers()):
            average.copy_(value)


def shift(images, pixels=1):
    """Moves each image [N, C, H, W] by up to `pixels` in both directions, zeros coming in."""
    n, channels, height, width = images.shape
    padded = F.pad(images, (pixels,) * 4)
    device = images.device
    rows = torch.randint(0, 2 * pixels + 1, (n, 1), device=device) + torch.arange(height, device=device)
    columns = torch.randint(0, 2 * pixels + 1, (n, 1), device=device) + torch.arange(width, device=device)
    index = rows[:, :, None] * (width + 2 * pixels) + columns[:, None, :]
    index = index.view(n, 1, height * width).expand(n, channels, height * width)
    return padded.flatten(2).gather(2, index).view(n, channels, height, width)


WORKLOADS = {
    "mlp-adam": lambda options: Supervised(options, mlp(784, 256, 256, CLASSES), 64, (784,)),
    "cnn-adam": lambda options: Supervised(options, mnist_cnn(), 64, (1, 28, 28)),
    "gpt-adam": Language,
    "mlp-distill": Distill,
    "mean-teacher": MeanTeacher,
    "lstm-adam": lambda options: Supervised(options, LastState(nn.LSTM(64, 128, batch_first=True)), 64, (32, 64)),
    "gru-adam": lambda options: Supervised(options, LastState(nn.GRU(64, 128, batch_first=True)), 64, (32, 64)),
}
