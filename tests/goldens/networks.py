"""The small stacks that several groups share. Layer names are nn.Sequential's: "0.weight", "1.running_mean"."""
import copy

import torch
from torch import nn


def mlp():
    """[N, 12] -> [N, 5]."""
    return nn.Sequential(nn.Linear(12, 16), nn.ReLU(), nn.Linear(16, 5))


def cnn(bias=True):
    """[N, 1, 8, 8] -> [N, 10]. `bias` is the convolutions'."""
    return nn.Sequential(
        nn.Conv2d(1, 4, 3, padding=1, bias=bias), nn.BatchNorm2d(4), nn.ReLU(),
        nn.Conv2d(4, 8, 3, padding=1, bias=bias), nn.BatchNorm2d(8), nn.ReLU(), nn.MaxPool2d(2),
        nn.Flatten(), nn.Linear(128, 16), nn.ReLU(), nn.Linear(16, 10))


@torch.no_grad()
def unsettle(network):
    """Gives batch norms scales, shifts and statistics that are not 1 and 0, so that a mix-up of them shows."""
    for layer in network:
        if isinstance(layer, (nn.BatchNorm1d, nn.BatchNorm2d)):
            layer.weight.uniform_(0.5, 1.5)
            layer.bias.normal_(0, 0.3)
            layer.running_mean.normal_(0, 0.3)
            layer.running_var.uniform_(0.5, 1.5)
            layer.num_batches_tracked.fill_(3)
    return network


def state(network, prefix=""):
    """A copy of parameters and buffers by name."""
    return {prefix + name: value.detach().clone() for name, value in network.state_dict().items()}


def gradients(network, prefix=""):
    """A copy of the parameters' gradients by name."""
    return {prefix + name: value.grad.clone() for name, value in network.named_parameters()}


def pass_through(network, input, output_gradient):
    """One training pass forward and backward from the given state, then inference with the state it left.

    Keys: `input`, `output_gradient`, the state by name; `train.output`, `train.input_gradient`,
    `train.<parameter>.gradient`, `train.<buffer>`; `eval.output`.
    """
    network, x = copy.deepcopy(network).train(), input.clone().requires_grad_()
    tensors = {"input": input, "output_gradient": output_gradient, **state(network)}
    output = network(x)
    output.backward(output_gradient)
    tensors |= {"train.output": output.detach(), "train.input_gradient": x.grad}
    tensors |= {f"train.{name}.gradient": value.grad for name, value in network.named_parameters()}
    tensors |= {f"train.{name}": value.clone() for name, value in network.named_buffers()}
    with torch.no_grad():
        tensors["eval.output"] = network.eval()(input)
    return tensors
