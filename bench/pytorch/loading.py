"""How many images and rows a second PyTorch's DataLoader makes batches of: FOLDER THREADS BATCH ROWS FEATURES REPETITIONS.

A line for each: what, median, half of the middle half as a share of it, with tabs between them.
"""
import pathlib
import statistics
import sys
import time

import numpy
import torch
from torch.utils.data import DataLoader, Dataset, TensorDataset


class Pictures(Dataset):
    """A folder of folders, as torchvision's ImageFolder with ToTensor."""

    def __init__(self, folder):
        self.files = sorted(pathlib.Path(folder).glob("*/*.png"))
        self.classes = sorted({file.parent.name for file in self.files})

    def __len__(self):
        return len(self.files)

    def __getitem__(self, index):
        from PIL import Image
        file = self.files[index]
        with Image.open(file) as image:
            pixels = numpy.asarray(image.convert("RGB"))
        return torch.from_numpy(pixels.transpose(2, 0, 1).copy()).float().div_(255), self.classes.index(file.parent.name)


class Selected(Dataset):
    """A tensor that is asked for whole batches, which a sampler of batches makes possible."""

    def __init__(self, inputs, labels):
        self.inputs, self.labels = inputs, labels

    def __len__(self):
        return len(self.inputs)

    def __getitem__(self, indices):
        return self.inputs[indices], self.labels[indices]


def measure(what, loader, count, repetitions):
    rates = []
    for repetition in range(repetitions + 1):
        start = time.perf_counter()
        for _ in loader:
            pass
        if repetition > 0:
            rates.append(count / (time.perf_counter() - start))
    low, middle, high = statistics.quantiles(rates, n=4, method="inclusive")
    print(what, middle, (high - low) / 2 / middle, sep="\t", flush=True)


def main(folder, threads, batch, rows, features, repetitions):
    torch.set_num_threads(threads)
    workers = threads if threads > 1 else 0
    try:
        import PIL
    except ImportError:
        print("PIL is missing: PyTorch's images are left out", file=sys.stderr)
    else:
        pictures = Pictures(folder)
        how = f", {workers} processes" if workers else ""
        measure(f"PNG files of 64 x 64, PyTorch's DataLoader and PIL {PIL.__version__}{how}",
                DataLoader(pictures, batch, shuffle=True, num_workers=workers), len(pictures), repetitions)
    inputs, labels = torch.rand(rows, features), torch.randint(0, 10, (rows,))
    measure(f"rows of {features} numbers in memory, PyTorch's DataLoader",
            DataLoader(TensorDataset(inputs, labels), batch, shuffle=True), rows, repetitions)
    data = Selected(inputs, labels)
    sampler = torch.utils.data.BatchSampler(torch.utils.data.RandomSampler(data), batch, drop_last=False)
    measure("the same by whole batches", DataLoader(data, batch_size=None, sampler=sampler), rows, repetitions)


if __name__ == "__main__":
    main(sys.argv[1], *map(int, sys.argv[2:]))
