"""What all sides of a workload begin with: the file that the driver writes, in the format safetensors."""
import json
import struct

import torch
import torch.nn as nn

TYPES = {"F32": (torch.float32, 4), "I64": (torch.int64, 8)}


def read(path):
    with open(path, "rb") as file:
        (length,) = struct.unpack("<Q", file.read(8))
        header, content = json.loads(file.read(length)), bytearray(file.read())
    header.pop("__metadata__", None)
    tensors = {}
    for name, entry in header.items():
        (kind, size), (begin, end) = TYPES[entry["dtype"]], entry["data_offsets"]
        values = torch.frombuffer(content, dtype=kind, count=(end - begin) // size, offset=begin)
        tensors[name] = values.reshape(entry["shape"]).clone()
    return tensors


def in_order(module):
    """Parameters as the driver lists them: of a layer that normalises first, the norms where they are used."""
    if isinstance(module, nn.TransformerEncoderLayer):
        parts = (module.norm1, module.self_attn, module.norm2, module.linear1, module.linear2)
    else:
        yield from module.parameters(recurse=False)
        parts = module.children()
    for part in parts:
        yield from in_order(part)


class StartingPoint:
    """Batches, random numbers of their steps where they are asked for, and initial parameters."""

    def __init__(self, path, with_draws=False):
        self.tensors = read(path)
        self.batches = self.lists("batch")
        self.draws = self.lists("draws") if with_draws else []

    def lists(self, name):
        result = []
        while f"{name}.{len(result)}.0" in self.tensors:
            parts = []
            while (key := f"{name}.{len(result)}.{len(parts)}") in self.tensors:
                parts.append(self.tensors[key])
            result.append(parts)
        return result

    @torch.no_grad()
    def load(self, networks):
        """The shape says which parameter is meant, and among equal shapes the order."""
        for index, network in enumerate(networks):
            left = list(in_order(network))
            for name, value in self.tensors.items():
                if not name.startswith(f"network.{index}."):
                    continue
                place = next((i for i, parameter in enumerate(left) if parameter.shape == value.shape), None)
                if place is None:
                    raise ValueError(f"no parameter of the shape {list(value.shape)} is left for {name}")
                left.pop(place).copy_(value)
            if left:
                raise ValueError(f"{len(left)} parameters of network {index} have no initial value")
