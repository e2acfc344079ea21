"""What every golden is made of: named tensors and the settings that produced them."""
from typing import NamedTuple

import torch


class Case(NamedTuple):
    """One file: `data/<group>/<name>.safetensors`.

    Torch tensors of the computation's dtype are stored as float32; numpy arrays keep their own dtype (schedules are
    float64). Settings become the file's metadata, as strings.
    """
    name: str
    tensors: dict
    settings: dict


def normal(*shape, dtype, scale=1.0, shift=0.0):
    """Normal numbers that are exact in float32 whatever the dtype, so that both precisions see the same inputs."""
    return (torch.randn(*shape) * scale + shift).to(dtype)


def uniform(*shape, dtype, low=0.0, high=1.0):
    """Uniform numbers that are exact in float32 whatever the dtype."""
    return (torch.rand(*shape) * (high - low) + low).to(dtype)


def assert_close(actual, expected, what):
    """Two ways to the same number must agree to the precision they were computed in."""
    tolerance = 1e-10 if expected.dtype == torch.float64 else 1e-4
    error = (actual - expected).abs().max().item()
    if not error <= tolerance * max(1.0, expected.abs().max().item()):
        raise AssertionError(f"{what}: two formulas differ by {error:.3g}")
