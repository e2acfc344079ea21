"""Networks that are written as a forward method: shared layers, loops, arithmetic between layers.

Sharing: the gradient of a parameter is the sum over the calls of its layer, which autograd works out here. `repeated` adds three
steps of plain gradient descent on the cross-entropy.
"""
import torch
from torch import nn
from torch.nn import functional

from case import Case, normal
from networks import pass_through, state, unsettle


class TwoPath(nn.Module):
    """[N, 2, 6, 6] -> [N, 5]; `Wide` is called three times."""
    def __init__(self):
        super().__init__()
        self.Conv1 = nn.Conv2d(2, 4, 3, padding=1)
        self.Wide = unsettle(nn.Sequential(nn.Conv2d(4, 4, 5, padding=2), nn.BatchNorm2d(4), nn.ReLU()))
        self.Head = nn.Sequential(nn.Flatten(), nn.Linear(144, 5))

    def forward(self, x):
        a = self.Conv1(x)
        for _ in range(3):
            a = a + 0.5 * self.Wide(a)
        return self.Head(torch.sigmoid(a))


class Functions(nn.Module):
    """[N, 4, 6] -> [N, 3]; every operator and function between two layers."""
    def __init__(self):
        super().__init__()
        self.first = nn.Linear(6, 6)
        self.second = nn.Linear(56, 3)

    def forward(self, x):
        a = self.first(x)
        b = a.exp() / (a.square() + 2)
        c = (2 - a) * torch.log(a * a + 1.5) - torch.sqrt(a.pow(2) + 1) + 1 / (1 + a.exp())
        d = functional.softmax(a, -1) - a.log_softmax(1) / 4
        centred = b - b.mean(2, keepdim=True)
        centred = centred * (c.square() + 1).rsqrt()
        joined = torch.cat([centred, -c], 1)
        stacked = torch.stack([a, d], 2).reshape(x.shape[0], -1, 6)
        turned = (joined * stacked).transpose(1, 2).permute(0, 2, 1)
        weights = joined.sum(2).unsqueeze(1).softmax(2).squeeze(1)
        rows = functional.gelu(turned.flatten(1).tanh()) + 0.2
        return self.second(torch.cat([rows, weights], 1))


class Repeated(nn.Module):
    """[N, 6] -> [N, 3]; `step` is called twice."""
    def __init__(self):
        super().__init__()
        self.step = nn.Sequential(nn.Linear(6, 6), nn.Tanh())
        self.head = nn.Linear(6, 3)

    def forward(self, x):
        return self.head(self.step(self.step(x)))


def descent(network, dtype):
    tensors = state(network, "initial.")
    optimizer = torch.optim.SGD(network.parameters(), lr=0.5)
    for step in range(3):
        x, y = normal(8, 6, dtype=dtype), torch.randint(0, 3, (8,))
        optimizer.zero_grad()
        loss = functional.cross_entropy(network(x), y)
        loss.backward()
        tensors |= {f"step{step}.input": x, f"step{step}.label": y, f"step{step}.loss": loss.detach()}
        optimizer.step()
    return tensors | state(network, "after.")


def cases(dtype):
    yield Case("two_path", pass_through(TwoPath().to(dtype), normal(4, 2, 6, 6, dtype=dtype), normal(4, 5, dtype=dtype)),
               {"calls of Wide": 3})
    yield Case("functions", pass_through(Functions().to(dtype), normal(5, 4, 6, dtype=dtype), normal(5, 3, dtype=dtype)), {})
    yield Case("repeated", descent(Repeated().to(dtype), dtype), {"learning rate": 0.5})
