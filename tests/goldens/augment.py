"""Random shift with supplied draws: the image is padded with zeros on all sides, then cut to its size at (row, column).

y[b, c, i, j] = x̃[b, c, i + draws[b, 0], j + draws[b, 1]], x̃ = x padded by m; draws in 0 ... 2m, and m is no shift.
All channels of a sample move together.
"""
import torch
import torch.nn.functional as F

from case import Case, uniform


def draw_shift(batch, maximum=1):
    """[B, 2] int64: the start row and column in the padded image."""
    return torch.randint(0, 2 * maximum + 1, (batch, 2))


def shift(images, draws, maximum=1):
    padded = F.pad(images, (maximum,) * 4)
    height, width = images.shape[2:]
    return torch.stack([image[:, row:row + height, column:column + width]
                        for image, (row, column) in zip(padded, draws.tolist())])


def shift_case(name, images, draws, maximum=1):
    return Case(name, {"input": images, "draws.shift": draws, "output": shift(images, draws, maximum)},
                {"max_shift": maximum})


def cases(dtype):
    every = torch.tensor([[row, column] for row in range(3) for column in range(3)])
    yield shift_case("shift_1_channel", uniform(9, 1, 8, 8, dtype=dtype), every)
    yield shift_case("shift_3_channels", uniform(9, 3, 6, 6, dtype=dtype), every.flip(0))
    yield shift_case("shift_by_2", uniform(8, 1, 8, 8, dtype=dtype), draw_shift(8, 2), 2)
