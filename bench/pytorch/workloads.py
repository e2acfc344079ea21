"""What is measured: training steps in plain eager PyTorch, as a good practitioner writes them.

A workload is a callable that does one step on the next of a few batches of random data in memory; `loss` is its last loss.
"""
import copy
import dataclasses
import math

import torch
import torch.nn as nn
import torch.nn.functional as F

from networks import Denoiser, Gcn, ResNet18, VisionTransformer, WideResNet

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


def digits_cnn():
    return nn.Sequential(
        nn.Conv2d(1, 16, 3, padding=1, bias=False), nn.BatchNorm2d(16), nn.ReLU(),
        nn.Conv2d(16, 32, 3, padding=1, bias=False), nn.BatchNorm2d(32), nn.ReLU(), nn.MaxPool2d(2),
        nn.Flatten(), nn.Linear(32 * 4 * 4, 64), nn.ReLU(), nn.Linear(64, CLASSES))


class Gpt(nn.Module):
    """A small model of characters: four layers of width 128, normalised first, and a context of 64."""

    def __init__(self, vocabulary=65, length=64, features=128, heads=4, layers=4):
        super().__init__()
        self.tokens = nn.Embedding(vocabulary, features)
        self.places = nn.Parameter(torch.empty(length, features).normal_(0, 0.02))
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


def classes(count):
    return torch.randint(0, CLASSES, (count,))


def labeled(count, *shape):
    return lambda: [torch.rand(count, *shape), classes(count)]


def few_labels(count, unlabeled, *shape):
    return lambda: [torch.rand(count, *shape), classes(count), torch.rand(unlabeled, *shape)]


def tokens(vocabulary, count, length):
    return lambda: [torch.randint(0, vocabulary, (count, length)) for _ in range(2)]


def transitions(count):
    return lambda: [torch.rand(count, 4), torch.randint(0, 2, (count,)), torch.rand(count), torch.rand(count, 4),
                    (torch.rand(count) < 0.1).float()]


def graph(nodes=2708, features=1433, edges=5429, known=140):
    """A random graph with the sizes of Cora, in which no node is its own neighbour."""
    labels = torch.full((nodes,), -100)
    labels[:known] = torch.randint(0, 7, (known,))
    source = torch.randint(0, nodes, (edges,))
    target = (source + torch.randint(1, nodes, (edges,))) % nodes
    both = torch.stack([torch.cat([source, target]), torch.cat([target, source])])
    return [(torch.rand(nodes, features) < 18 / features).float(), labels, both]


def adam(learning_rate):
    return lambda parameters, **extra: torch.optim.Adam(parameters, lr=learning_rate, **extra)


class Workload:
    """A network and its optimizer, fed from a pool of batches: given ones, or as many random ones."""

    # Whether products take factors of 16 bits, by autocast.
    mixed = False

    # How a batch is drawn where none is given, how many of them, and what updates the network.
    batch, batches, optimizer = None, BATCHES, staticmethod(adam(1e-3))

    def __init__(self, options, start, *networks):
        self.options = options
        self.networks = [self.place(network) for network in networks]
        if start:
            start.load(self.networks)
        self.model = self.networks[0]
        extra = {} if options.optimizer == "default" else {options.optimizer: True}
        self.optimizer = self.optimizer(self.model.parameters(), **extra)
        given = start.batches if start else [self.batch() for _ in range(self.batches)]
        self.data = [[self.place(part) for part in batch] for batch in given]
        self.draws = start.draws if start else []
        self.index = -1
        self.loss = torch.tensor(math.nan)

    def place(self, value):
        value = value.to(self.options.device)
        is_image = isinstance(value, nn.Module) or value.dim() == 4
        return value.to(memory_format=torch.channels_last) if self.options.channels_last and is_image else value

    def __call__(self):
        self.index += 1
        k = self.index % len(self.data)
        with torch.autocast(self.options.device.split(":")[0], torch.bfloat16, enabled=self.mixed):
            loss = self.losses(self.draws[k] if self.draws else None, *self.data[k])
        self.optimizer.zero_grad(set_to_none=True)
        loss.backward()
        self.update()
        self.loss = loss.detach()

    def update(self):
        self.optimizer.step()


class Supervised(Workload):
    def __init__(self, options, start, model, batch, optimizer=adam(1e-3)):
        self.batch, self.optimizer = batch, optimizer
        super().__init__(options, start, model)

    def losses(self, draws, inputs, targets):
        return F.cross_entropy(self.model(inputs), targets)


class Language(Workload):
    """The next character at every place."""

    batch = staticmethod(tokens(65, 12, 64))

    def __init__(self, options, start):
        super().__init__(options, start, Gpt())

    def losses(self, draws, inputs, targets):
        return F.cross_entropy(self.model(inputs).flatten(0, 1), targets.flatten())


class Graph(Workload):
    """All nodes at once; the normalised adjacency is a sparse matrix that is made once, as in the authors' code."""

    batch, batches, optimizer = staticmethod(graph), 1, staticmethod(adam(0.01))

    def __init__(self, options, start):
        super().__init__(options, start, Gcn())
        self.adjacency = self.normalize(self.data[0][2], self.data[0][0].shape[0])

    @staticmethod
    def normalize(edges, nodes):
        loops = torch.arange(nodes, device=edges.device)
        source, target = torch.cat([edges[0], loops]), torch.cat([edges[1], loops])
        roots = torch.zeros(nodes, device=edges.device).index_add_(0, target, torch.ones_like(target, dtype=torch.float)).rsqrt()
        indices = torch.stack([target, source])
        return torch.sparse_coo_tensor(indices, roots[source] * roots[target], (nodes, nodes)).coalesce()

    def losses(self, draws, nodes, labels, edges):
        return F.cross_entropy(self.model(nodes, self.adjacency), labels)


class Distill(Workload):
    """A student learns from a frozen teacher's outputs; no labels (Hinton et al. 2015)."""

    temperature = 4.0

    @staticmethod
    def batch():
        return [torch.rand(64, 1, 8, 8)]

    def __init__(self, options, start):
        super().__init__(options, start, mlp(64, 64, CLASSES), digits_cnn().eval().requires_grad_(False))
        self.teacher = self.networks[1]

    def losses(self, draws, inputs):
        t = self.temperature
        with torch.no_grad():
            target = F.softmax(self.teacher(inputs) / t, 1)
        return F.kl_div(F.log_softmax(self.model(inputs) / t, 1), target, reduction="batchmean") * t * t


class MeanTeacher(Workload):
    """Few labels and a moving average of the network as the teacher of the other images (Tarvainen and Valpola 2017)."""

    steps, ramp_up, weight, decay, learning_rate = 1_000_000, 240, 20.0, 0.99, 2e-3
    batch, optimizer = staticmethod(few_labels(32, 64, 1, 8, 8)), staticmethod(adam(2e-3))

    def __init__(self, options, start):
        model = digits_cnn()
        super().__init__(options, start, model, copy.deepcopy(model).requires_grad_(False))
        self.teacher = self.networks[1]

    def losses(self, draws, inputs, targets, unlabeled):
        t = min(self.index / self.ramp_up, 1)
        draws = draws or [offsets(inputs), offsets(unlabeled), offsets(unlabeled)]
        loss = F.cross_entropy(self.model(shift(inputs, draws[0])), targets)
        answer = F.softmax(self.model(shift(unlabeled, draws[1])), 1)
        with torch.no_grad():
            target = F.softmax(self.teacher(shift(unlabeled, draws[2])), 1)
        return loss + self.weight * math.exp(-5 * (1 - t) ** 2) * F.mse_loss(answer, target)

    def __call__(self):
        for group in self.optimizer.param_groups:
            group["lr"] = self.learning_rate * (1 + math.cos(math.pi * (self.index + 1) / self.steps)) / 2
        super().__call__()
        self.average()

    @torch.no_grad()
    def average(self):
        decay = min(1 - 1 / (self.index + 2), self.decay)
        for average, value in zip(self.teacher.parameters(), self.model.parameters()):
            average.lerp_(value, 1 - decay)
        for average, value in zip(self.teacher.buffers(), self.model.buffers()):
            average.copy_(value)


class FixMatch(Workload):
    """What the network is sure of for a shifted image is the label of a distorted one (Sohn et al. 2020)."""

    pixels, square, noise, threshold = 4, 16, 0.1, 0.05
    batch = staticmethod(few_labels(4, 8, 3, 32, 32))

    @staticmethod
    def optimizer(parameters, **extra):
        return torch.optim.SGD(parameters, lr=0.003, momentum=0.9, nesterov=True, **extra)

    def __init__(self, options, start):
        super().__init__(options, start, WideResNet())

    def losses(self, draws, inputs, targets, unlabeled):
        draws = draws or self.draw(inputs, unlabeled)
        known, weak = shift(inputs, draws[0], self.pixels), shift(unlabeled, draws[1], self.pixels)
        strong = self.cut(shift(unlabeled, draws[2], self.pixels) + draws[3] * self.noise, draws[4], draws[5])
        known, weak, strong = self.model(torch.cat([known, weak, strong])).split([len(inputs), len(unlabeled), len(unlabeled)])
        sure, guess = F.softmax(weak.detach(), 1).max(1)
        likelihood = F.cross_entropy(strong, guess, reduction="none")
        return F.cross_entropy(known, targets) + (likelihood * (sure >= self.threshold).float()).mean()

    def draw(self, inputs, unlabeled):
        n, _, height, width = unlabeled.shape
        centers = [torch.randint(0, size, (n, 1), device=unlabeled.device) for size in (height, width)]
        return [offsets(inputs, self.pixels), offsets(unlabeled, self.pixels), offsets(unlabeled, self.pixels),
                torch.randn_like(unlabeled), *centers]

    def cut(self, images, rows, columns):
        _, _, height, width = images.shape
        within = self.covered(rows, height)[:, :, None] & self.covered(columns, width)[:, None, :]
        return images.masked_fill(within[:, None], 0)

    def covered(self, centers, size):
        first, places = centers - self.square // 2, torch.arange(size, device=centers.device)
        return (places >= first) & (places < first + self.square)


class Ddpm(Workload):
    """What noise is in an image at each of 100 levels (Ho et al. 2020)."""

    levels = 100

    @staticmethod
    def batch():
        return [torch.rand(128, 1, 8, 8)]

    def __init__(self, options, start):
        super().__init__(options, start, Denoiser(self.levels))
        kept = (1 - torch.linspace(1e-3, 0.2, self.levels, dtype=torch.float64)).cumprod(0)
        self.signal, self.scale = (roots.sqrt().float().to(options.device)[:, None, None, None] for roots in (kept, 1 - kept))

    def losses(self, draws, images):
        noise, level = draws or (torch.randn_like(images), torch.randint(0, self.levels, (len(images),), device=images.device))
        return F.mse_loss(self.model(self.signal[level] * images + self.scale[level] * noise, level), noise)


class Dqn(Workload):
    """An update by given transitions, with a copy of the network as the target (Mnih et al. 2015, van Hasselt et al. 2016)."""

    period, discount = 10, 0.99
    batch = staticmethod(transitions(128))

    def __init__(self, options, start):
        model = mlp(4, 128, 84, 2)
        super().__init__(options, start, model, copy.deepcopy(model).requires_grad_(False))
        self.target = self.networks[1]

    def losses(self, draws, states, actions, rewards, following, terminated):
        taken = self.model(states).gather(1, actions[:, None]).squeeze(1)
        with torch.no_grad():
            best = self.model(following).argmax(1, keepdim=True)
            goal = rewards + self.discount * (1 - terminated) * self.target(following).gather(1, best).squeeze(1)
        return F.huber_loss(taken, goal)

    def update(self):
        nn.utils.clip_grad_norm_(self.model.parameters(), 10)
        super().update()
        if (self.index + 1) % self.period == 0:
            self.target.load_state_dict(self.model.state_dict())


def offsets(images, pixels=1):
    """Where each of some images begins in its padded image, [N, 2]."""
    return torch.randint(0, 2 * pixels + 1, (len(images), 2), device=images.device)


def shift(images, offsets, pixels=1):
    """Cuts each image [N, C, H, W], with zeros around it, at its own place."""
    n, channels, height, width = images.shape
    padded = F.pad(images, (pixels,) * 4)
    rows = offsets[:, :1] + torch.arange(height, device=images.device)
    columns = offsets[:, 1:] + torch.arange(width, device=images.device)
    index = rows[:, :, None] * (width + 2 * pixels) + columns[:, None, :]
    index = index.view(n, 1, height * width).expand(n, channels, height * width)
    return padded.flatten(2).gather(2, index).view(n, channels, height, width)


def lenet():
    return nn.Sequential(
        nn.Conv2d(1, 6, 5, padding=2), nn.Tanh(), nn.AvgPool2d(2), nn.Conv2d(6, 16, 5), nn.Tanh(), nn.AvgPool2d(2),
        nn.Flatten(), nn.Linear(400, 120), nn.Tanh(), nn.Linear(120, 84), nn.Tanh(), nn.Linear(84, CLASSES))


def sgd(learning_rate, **options):
    return lambda parameters, **extra: torch.optim.SGD(parameters, lr=learning_rate, momentum=0.9, **options, **extra)


def adamw(parameters, **extra):
    return torch.optim.AdamW(parameters, lr=1e-4, weight_decay=0.05, **extra)


def mixed(make):
    def workload(*how):
        made = make(*how)
        made.mixed = True
        return made
    return workload


WORKLOADS = {
    "mlp-adam": lambda *how: Supervised(*how, mlp(784, 256, 256, CLASSES), labeled(64, 784)),
    "mlp-sgd": lambda *how: Supervised(*how, mlp(784, 256, 256, CLASSES), labeled(64, 784), sgd(0.1)),
    "mlp-small": lambda *how: Supervised(*how, mlp(64, 64, 64, CLASSES), labeled(64, 64)),
    "lenet": lambda *how: Supervised(*how, lenet(), labeled(64, 1, 28, 28)),
    "cnn-adam": lambda *how: Supervised(*how, mnist_cnn(), labeled(64, 1, 28, 28)),
    "resnet18": lambda *how: Supervised(*how, ResNet18(), labeled(32, 3, 32, 32), sgd(0.002, weight_decay=5e-4)),
    "gpt-adam": Language,
    "vit-tiny": lambda *how: Supervised(*how, VisionTransformer(), labeled(8, 3, 32, 32), adamw),
    "lstm-adam": lambda *how: Supervised(*how, LastState(nn.LSTM(64, 128, batch_first=True)), labeled(64, 32, 64)),
    "gru-adam": lambda *how: Supervised(*how, LastState(nn.GRU(64, 128, batch_first=True)), labeled(64, 32, 64)),
    "gcn": Graph,
    "mlp-distill": Distill,
    "mean-teacher": MeanTeacher,
    "wrn-fixmatch": FixMatch,
    "ddpm-step": Ddpm,
    "dqn-step": Dqn,
}
WORKLOADS |= {f"{name.split('-')[0]}-mixed": mixed(WORKLOADS[name]) for name in ("mlp-adam", "gpt-adam", "resnet18", "vit-tiny")}
