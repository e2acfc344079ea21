"""What a model says about its parameters: shared weights, frozen parts, and the bilinear layer of two inputs.

bilinear   y_k = x₁ᵀ A_k x₂ + b_k on the last dimension; x₂ is the network's input, x₁ a linear map of it
tied       one weight in several layers: its gradient is the sum of what they contribute (1608.05859)
frozen     a part whose parameters get no gradient and whose batch normalisations use their running statistics in training too;
           a gradient still passes through it to what is trained before it
fans       what Kaiming's and Glorot's initialisations divide by, of PyTorch's own count
frozen_training  three steps of SGD with momentum and weight decay, the gradient's norm clipped, on what is trained alone:
           v ← m v + g + λ p, p ← p - r v with g clipped to the norm of the trained gradient
"""
import torch
import torch.nn.functional as F
from torch import nn

from case import Case, assert_close, normal
from networks import state, unsettle


class Bilinear(nn.Module):
    """The stack Tag, Linear, Bilinear, under the names that nn.Sequential would give."""

    def __init__(self, inputs, hidden, outputs, bias=True):
        super().__init__()
        self.add_module("1", nn.Linear(inputs, hidden))
        self.add_module("2", nn.Bilinear(hidden, inputs, outputs, bias=bias))

    def forward(self, x):
        first, layer = getattr(self, "1")(x), getattr(self, "2")
        y = layer(first, x)
        expected = torch.einsum("...i,kij,...j->...k", first, layer.weight, x)
        assert_close(y.detach(), (expected if layer.bias is None else expected + layer.bias).detach(), "bilinear")
        return y


def tied_linear():
    network = nn.Sequential(nn.Linear(5, 5), nn.Tanh(), nn.Linear(5, 5, bias=False), nn.Tanh(), nn.Linear(5, 5))
    network[2].weight = network[4].weight = network[0].weight
    return network


def tied_autoencoder():
    """A transposed convolution's weight [in, out, k, k] is that of the convolution [out, in, k, k] that it undoes."""
    network = nn.Sequential(nn.Conv2d(2, 4, 3, stride=2), nn.Tanh(), nn.ConvTranspose2d(4, 2, 3, stride=2))
    network[2].weight = network[0].weight
    return network


def freeze(module):
    module.requires_grad_(False)
    return module


def backbone():
    frozen = nn.Sequential(nn.Conv2d(2, 3, 3, bias=False), nn.BatchNorm2d(3), nn.ReLU())
    return nn.Sequential(*freeze(unsettle(frozen)), nn.Flatten(), nn.Linear(48, 4))


def middle():
    frozen = nn.Sequential(nn.Linear(6, 5), nn.BatchNorm1d(5), nn.Tanh())
    return nn.Sequential(nn.Linear(4, 6), nn.ReLU(), freeze(unsettle(frozen)), nn.Linear(5, 3))


def train_mode(network):
    """Training, but for the frozen normalisations."""
    network.train()
    for module in network.modules():
        if isinstance(module, (nn.BatchNorm1d, nn.BatchNorm2d)) and not module.weight.requires_grad:
            module.eval()
    return network


def passed(network, input):
    """One training pass forward and backward, and inference; gradients of what is trained only."""
    before, x = state(network), input.clone().requires_grad_()
    output = train_mode(network)(x)
    output_gradient = normal(*output.shape, dtype=input.dtype)
    output.backward(output_gradient)
    tensors = {"input": input, "output_gradient": output_gradient, **before,
               "train.output": output.detach(), "train.input_gradient": x.grad}
    tensors |= {f"train.{name}.gradient": value.grad for name, value in network.named_parameters() if value.requires_grad}
    tensors |= {f"train.{name}": value.clone() for name, value in network.named_buffers()}
    with torch.no_grad():
        tensors["eval.output"] = network.eval()(input)
    return tensors


def frozen_training(dtype, steps=3, rate=0.1, momentum=0.9, decay=0.01, bound=0.5):
    network = train_mode(backbone().to(dtype))
    trained = [value for value in network.parameters() if value.requires_grad]
    optimizer = torch.optim.SGD(trained, rate, momentum=momentum, weight_decay=decay)
    tensors = state(network, "initial.")
    for step in range(steps):
        input, label = normal(6, 2, 6, 6, dtype=dtype), torch.randint(0, 4, (6,))
        optimizer.zero_grad()
        loss = F.cross_entropy(network(input), label)
        loss.backward()
        norm = torch.sqrt(sum((value.grad ** 2).sum() for value in trained)).detach()
        torch.nn.utils.clip_grad_norm_(trained, bound)
        optimizer.step()
        tensors |= {f"step{step}.input": input, f"step{step}.label": label, f"step{step}.loss.total": loss.detach(),
                    f"step{step}.gradient_norm": norm, **state(network, f"step{step}.after.")}
    return Case("frozen_training", tensors,
                {"stack": "frozen Conv2d(3, 3), BatchNorm2d, ReLU; Flatten, Linear(4)", "optimizer": "sgd", "lr": rate,
                 "momentum": momentum, "weight_decay": decay, "max_norm": bound})


def fans():
    """[fan_in, fan_out] of each layer's weight, as torch.nn.init counts them, whatever the layer."""
    layers = {"linear": nn.Linear(40, 30), "conv1d": nn.Conv1d(6, 8, 5), "conv2d": nn.Conv2d(6, 8, 3),
              "conv2d_grouped": nn.Conv2d(8, 16, 3, groups=4), "conv3d": nn.Conv3d(2, 4, 3),
              "conv_transpose2d": nn.ConvTranspose2d(6, 8, 3), "conv_transpose2d_grouped": nn.ConvTranspose2d(8, 16, 3, groups=4),
              "embedding": nn.Embedding(50, 20), "bilinear": nn.Bilinear(6, 7, 5)}
    tensors = {name: torch.tensor(nn.init._calculate_fan_in_and_fan_out(layer.weight)) for name, layer in layers.items()}
    return Case("fans", tensors, {name: "x".join(map(str, layer.weight.shape)) for name, layer in layers.items()})


def cases(dtype):
    yield fans()
    yield Case("bilinear", passed(Bilinear(6, 4, 5).to(dtype), normal(3, 6, dtype=dtype)), {"layer": "Bilinear"})
    yield Case("bilinear_of_sequences", passed(Bilinear(6, 4, 5, bias=False).to(dtype), normal(3, 2, 6, dtype=dtype)),
               {"layer": "Bilinear", "bias": False})
    yield Case("tied_linear", passed(tied_linear().to(dtype), normal(4, 5, dtype=dtype)), {"shared": "0.weight, 2.weight, 4.weight"})
    yield Case("tied_autoencoder", passed(tied_autoencoder().to(dtype), normal(3, 2, 7, 7, dtype=dtype)), {"shared": "0.weight, 2.weight"})
    yield Case("frozen_backbone", passed(backbone().to(dtype), normal(6, 2, 6, 6, dtype=dtype)), {"frozen": "0 to 2"})
    yield Case("frozen_middle", passed(middle().to(dtype), normal(6, 4, dtype=dtype)), {"frozen": "2"})
    yield frozen_training(dtype)
