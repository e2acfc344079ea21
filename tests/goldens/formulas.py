"""One layer without running statistics against its formula; shared by groups."""
import torch
from torch import nn

from case import Case, assert_close, normal
from networks import pass_through


def formula_case(name, layer, formula, input, settings):
    """Output, input gradient and parameter gradients of a layer whose output must equal formula(input, layer) in both modes."""
    network = nn.Sequential(layer).to(input.dtype)
    with torch.no_grad():
        expected = formula(input, layer)
    tensors = pass_through(network, input, normal(*expected.shape, dtype=input.dtype))
    assert_close(tensors["train.output"], expected, name)
    assert_close(tensors["eval.output"], expected, name)
    return Case(name, tensors, {"layer": type(layer).__name__, **settings})
