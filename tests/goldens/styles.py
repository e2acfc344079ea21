"""Style-based generators (Karras, Laine and Aila 2019, 1812.04948) of plain layers, one pass as in `networks.pass_through`.

styled   w = mapping(z), an MLP; a learned constant [1, 3, 4, 4] for each sample, enlarged twice, a convolution; behind each the
         adaptive instance normalisation of equation 1, y_s (x - m)/s + y_b, m and s of each channel of a sample, s^2 its
         variance with 1e-5, [y_s - 1, y_b] a linear function of w; then LeakyReLU(0.2). The numbers are those of a stack of
         declared layers.
noisy    with the noise of figure 1b and the order of the paper's code: z/sqrt(mean z^2 + 1e-8) through the mapping; the constant
         and the convolution, which has a bias, each followed by x + s e, LeakyReLU(0.2), the normalisation. e [N, 1, H, W],
         one number for each pixel, is drawn in single precision by a generator of seed 7, the first noise first:
         `draws.first`, `draws.second`. In evaluation there is none.
"""
import torch
from torch import nn

from case import Case, normal
from networks import pass_through

LATENT, WIDTH, CHANNELS = 6, 5, (3, 4)
SAMPLES = 4


class Constant(nn.Module):
    def __init__(self):
        super().__init__()
        self.weight = nn.Parameter(torch.randn(1, CHANNELS[0], 4, 4))


class Styled(nn.ModuleDict):
    def __init__(self):
        super().__init__({"0": nn.Linear(LATENT, WIDTH), "3": nn.Linear(WIDTH, 2 * CHANNELS[0]),
                          "6": nn.Linear(WIDTH, 2 * CHANNELS[1]), "8": Constant(),
                          "13": nn.Conv2d(CHANNELS[0], CHANNELS[1], 3, padding=1, bias=False)})

    @staticmethod
    def adapt(x, style):
        channels = x.shape[1]
        mean = x.mean((2, 3), keepdim=True)
        variance = (x - mean).square().mean((2, 3), keepdim=True)
        factor, summand = style[:, :channels, None, None] + 1, style[:, channels:, None, None]
        y = factor * (x - mean) / (variance + 1e-5).sqrt() + summand
        return torch.where(y > 0, y, 0.2 * y)

    def forward(self, z):
        w = self["0"](z)
        w = torch.where(w > 0, w, 0.2 * w)
        x = self.adapt(self["8"].weight.repeat(len(z), 1, 1, 1), self["3"](w))
        x = x.repeat_interleave(2, 2).repeat_interleave(2, 3)
        return self.adapt(self["13"](x), self["6"](w))


class Noise(nn.Module):
    def __init__(self, channels, noise):
        super().__init__()
        self.weight = nn.Parameter(torch.randn(channels))
        self.noise = noise

    def forward(self, x):
        return x + self.weight[:, None, None] * self.noise if self.training else x


class Noisy(nn.ModuleDict):
    def __init__(self, first, second):
        super().__init__({"1": nn.Linear(LATENT, WIDTH), "4": nn.Linear(WIDTH, 2 * CHANNELS[0]),
                          "7": nn.Linear(WIDTH, 2 * CHANNELS[1]), "9": Constant(), "10": Noise(CHANNELS[0], first),
                          "15": nn.Conv2d(CHANNELS[0], CHANNELS[1], 3, padding=1), "16": Noise(CHANNELS[1], second)})

    @staticmethod
    def adapt(x, style):
        channels = x.shape[1]
        x = torch.where(x > 0, x, 0.2 * x)
        mean = x.mean((2, 3), keepdim=True)
        deviation = ((x - mean).square().mean((2, 3), keepdim=True) + 1e-5).sqrt()
        return (1 + style[:, :channels, None, None]) * (x - mean) / deviation + style[:, channels:, None, None]

    def forward(self, z):
        w = self["1"](z / (z.square().mean(1, keepdim=True) + 1e-8).sqrt())
        w = torch.where(w > 0, w, 0.2 * w)
        x = self.adapt(self["10"](self["9"].weight.repeat(len(z), 1, 1, 1)), self["4"](w))
        x = x.repeat_interleave(2, 2).repeat_interleave(2, 3)
        return self.adapt(self["16"](self["15"](x)), self["7"](w))


def cases(dtype):
    network = Styled().to(dtype)
    output_gradient = normal(SAMPLES, CHANNELS[1], 8, 8, dtype=dtype)
    yield Case("styled", pass_through(network, normal(SAMPLES, LATENT, dtype=dtype), output_gradient), {"layer": "Styled"})

    source = torch.Generator().manual_seed(7)
    first, second = (torch.randn(SAMPLES, 1, size, size, generator=source).to(dtype) for size in (4, 8))
    tensors = pass_through(Noisy(first, second).to(dtype), normal(SAMPLES, LATENT, dtype=dtype), output_gradient)
    yield Case("noisy", tensors | {"draws.first": first, "draws.second": second}, {"layer": "Noisy"})
