"""Files of torch.save, and what must come of them. Alone: they are in PyTorch's own format, and make.py leaves them out.

    python3 tests/goldens/state_dicts.py     # writes tests/Dsl.Runtime.Tests/PyTorch/files
"""
import collections
import os
import pathlib
import pickle
import zipfile

import torch

FOLDER = pathlib.Path(__file__).resolve().parent.parent / "Dsl.Runtime.Tests/PyTorch/files"


class Calls:
    """Pickled, it is a call that Python makes when it reads the file."""

    def __init__(self, function, *arguments):
        self.call = function, arguments

    def __reduce__(self):
        return self.call


def exact(*shape):
    """Numbers that float16 has too."""
    return torch.arange(1, 1 + torch.Size(shape).numel(), dtype=torch.float32).reshape(shape) / 4


def network():
    net = torch.nn.Sequential(torch.nn.Linear(3, 4), torch.nn.BatchNorm1d(4), torch.nn.ReLU(), torch.nn.Linear(4, 2))
    with torch.no_grad():
        for number, value in enumerate(net.state_dict().values()):
            value.copy_((exact(*value.shape) / (8 + number)).to(value.dtype) if value.dim() else torch.tensor(7))
    return net.eval()


def main():
    FOLDER.mkdir(exist_ok=True)
    net = network()
    torch.save(net.state_dict(), FOLDER / "network.pt")
    torch.save(net.state_dict(), FOLDER / "network-4.pt", pickle_protocol=4)
    torch.save(dict(net.named_parameters()), FOLDER / "parameters.pt")
    with torch.no_grad():
        outputs = net(exact(5, 3))
    torch.save({"input": exact(5, 3), "output": outputs}, FOLDER / "outputs.pt")
    base = exact(6, 4)
    torch.save(collections.OrderedDict([
        ("whole", base), ("rows", base[2:4]), ("transposed", base.t()), ("every_other", base[1::2, 1]), ("scalar", base[5, 3]),
        ("empty", base[:0]), ("half", base.half()), ("bfloat", base.bfloat16()), ("double", base.double()),
        ("long", torch.tensor([-1, 2**40])), ("int", torch.tensor([-3], dtype=torch.int32)),
        ("short", torch.tensor([-2], dtype=torch.int16)), ("char", torch.tensor([-128], dtype=torch.int8)),
        ("byte", torch.tensor([255], dtype=torch.uint8)), ("bool", torch.tensor([True, False]))]), FOLDER / "views.pt")
    torch.save(net, FOLDER / "module.pt")
    torch.save({"model": net.state_dict(), "epoch": 3}, FOLDER / "checkpoint.pt")
    torch.save([exact(2)], FOLDER / "list.pt")
    torch.save({"0.weight": Calls(os.system, "touch harm-was-done")}, FOLDER / "system.pt")
    torch.save({"0.weight": Calls(eval, "open('harm-was-done', 'w')")}, FOLDER / "eval.pt")
    torch.save({"expanded": torch.ones(1).expand(1000)}, FOLDER / "expanded.pt")
    torch.save(net.state_dict(), FOLDER / "old.pt", _use_new_zipfile_serialization=False)
    with zipfile.ZipFile(FOLDER / "compressed.pt", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("archive/data.pkl", pickle.dumps({}, protocol=2) + bytes(1000))
    with zipfile.ZipFile(FOLDER / "other.pt", "w") as archive:
        archive.writestr("readme.txt", "no weights")


if __name__ == "__main__":
    main()
