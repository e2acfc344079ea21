"""Whole models by the chain rule: what layers/ has, for the two stacks of networks.py, with autograd.

A convolution's bias in front of a batch norm has gradient 0 (the norm subtracts the mean): what an implementation
computes there is rounding noise, and the comparison needs an absolute tolerance.
"""
from case import Case, normal, uniform
from networks import cnn, mlp, pass_through, unsettle


def cases(dtype):
    yield Case("mlp", pass_through(mlp().to(dtype), normal(6, 12, dtype=dtype), normal(6, 5, dtype=dtype)),
               {"stack": "Linear(16), ReLU, Linear(5)"})
    yield Case("cnn", pass_through(unsettle(cnn()).to(dtype), uniform(6, 1, 8, 8, dtype=dtype, high=2),
                                   normal(6, 10, dtype=dtype, scale=0.2)),
               {"stack": "Conv2d(4, 3, padding 1), BatchNorm2d, ReLU, Conv2d(8, 3, padding 1), BatchNorm2d, ReLU, "
                         "MaxPool2d(2), Flatten, Linear(16), ReLU, Linear(10)"})
