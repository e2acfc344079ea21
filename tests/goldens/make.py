#!/usr/bin/env python3
"""Computes all goldens and writes those to data/ that are not there yet (within 1e-6), or with --check names them.

Everything is computed twice: in float64, which is what is stored (rounded to float32), and in float32, only to prove
that a float32 implementation can be held to the numbers within TOLERANCE and NOISE.
"""
import argparse
import importlib
import pathlib
import sys

import numpy as np
import torch

import safetensors

DATA = pathlib.Path(__file__).parent / "data"
TOLERANCE, NOISE = 1e-5, 1e-6  # of a tensor's largest value; absolute


def groups():
    """Every module beside this one that has cases, by its name."""
    modules = (importlib.import_module(path.stem) for path in sorted(DATA.parent.glob("*.py")) if path.stem != "make")
    return {module.__name__: module for module in modules if hasattr(module, "cases")}


def stored(value):
    """The array as it goes into the file; plain numpy arrays keep their dtype."""
    if isinstance(value, np.ndarray):
        return value
    return value.detach().to(torch.float32 if value.is_floating_point() else value.dtype).numpy()


def text(setting):
    return str(setting).lower() if isinstance(setting, bool) else str(setting)


def compute(module, dtype):
    """{case name: (arrays, metadata)} of one group. The seed restarts with every group and precision."""
    torch.manual_seed(20240229)
    return {case.name: ({name: stored(value) for name, value in case.tensors.items()},
                        {name: text(value) for name, value in case.settings.items()})
            for case in module.cases(dtype)}


def differences(arrays, expected, tolerance, noise):
    """Yields what differs: names, dtypes, shapes, values by more than tolerance times the tensor's largest plus noise."""
    for name in sorted(arrays.keys() ^ expected.keys()):
        yield f"{name}: only on one side"
    for name in sorted(arrays.keys() & expected.keys()):
        actual, wanted = arrays[name], expected[name]
        if actual.dtype != wanted.dtype or actual.shape != wanted.shape:
            yield f"{name}: {actual.dtype}{actual.shape} instead of {wanted.dtype}{wanted.shape}"
            continue
        error = np.abs(actual.astype(float) - wanted.astype(float)).max(initial=0)
        if not error <= tolerance * np.abs(wanted.astype(float)).max(initial=0) + noise:
            yield f"{name}: differs by {error:.3g}"


def check(path, arrays, metadata):
    if not path.exists():
        yield "is missing"
        return
    there, settings = safetensors.read(path)
    if settings != metadata:
        yield f"metadata {settings} instead of {metadata}"
    yield from differences(there, arrays, 1e-6, 1e-9)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="compare with the files instead of writing them")
    only_check = parser.parse_args().check
    torch.set_num_threads(1)  # the order of a sum is part of its value
    problems, expected = [], set()
    for group, module in groups().items():
        goldens, single = compute(module, torch.float64), compute(module, torch.float32)
        for name, (arrays, metadata) in goldens.items():
            path = DATA / group / f"{name}.safetensors"
            expected.add(path)
            problems += [f"{group}/{name} in float32: {line}"
                         for line in differences(single[name][0], arrays, TOLERANCE, NOISE)]
            changes = list(check(path, arrays, metadata))
            if only_check:
                problems += [f"{group}/{name}: {line}" for line in changes]
            elif changes:
                path.parent.mkdir(parents=True, exist_ok=True)
                safetensors.write(path, arrays, metadata)
    # Written by a script of its own, which needs another library.
    expected.add(DATA / "images" / "pillow.safetensors")
    problems += [f"{path} belongs to no case" for path in sorted(set(DATA.rglob("*.safetensors")) - expected)]
    print("\n".join(problems) or f"{len(expected)} goldens, {'as computed' if only_check else 'written'}")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
