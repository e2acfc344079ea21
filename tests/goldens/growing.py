"""Networks that grow (Karras et al. 2018, 1710.10196, section 2 and figure 2), of plain layers.

A stage of share a adds layers: what came before is faded over by a y + (1 - a) old. Pixels are enlarged as four equal ones and
halved by the mean of 2 x 2.

generator  one pass as in `networks.pass_through`. [N, 6] -> [N, 1, 8, 8] from 2 x 2: images of 2 x 2, enlarged; of 4 x 4, the
           share 1; of 8 x 8, the share 0.25. The shares are buffers `13.share`, `21.share`.
critic     the same of a judge: [N, 1, 8, 8] -> [N, 1], where the stage of 8 x 8, share 0.4, stands over what reads the halved
           image, and that of 4 x 4, share 1, over what reads the twice halved one.
blend      images `input` [2, 3, 8, 8], `shares` [S, K] and what each row of shares makes of them, `seen<s>`: the least
           resolution, and over it a of the next one and 1 - a of the enlarged one.
training   three steps of a gan, names and losses as in `adversarial.py`, of networks of one stage, 4 x 4 to 8 x 8, whose share is
           0, 1/2 and 1 in the steps 0, 1 and 2. The discriminator's data are blended by the same share. Both optimizers, SGD of
           0.05 with momentum 0.5, begin anew before step 1.
"""
import torch
import torch.nn.functional as F
from torch import nn

from adversarial import NON_SATURATING, generated
from case import Case, assert_close, normal
from networks import pass_through
from steps import Phase, Terms, seed, train

SHARES = [[0.0, 0.0], [0.25, 0.0], [1.0, 0.0], [1.0, 0.75], [0.5, 0.5], [1.0, 1.0]]
BATCH, LATENT = 6, 6


def enlarged(x):
    result = x.repeat_interleave(2, 2).repeat_interleave(2, 3)
    assert_close(result.detach(), F.interpolate(x.detach(), scale_factor=2), "enlarged pixels")
    return result


def halved(x):
    n, c, h, w = x.shape
    return x.reshape(n, c, h // 2, 2, w // 2, 2).mean((3, 5))


def bent(x):
    return torch.where(x > 0, x, 0.2 * x)


def blend(x, shares):
    """The resolution that stages have reached, by recursion from the highest."""
    if not shares:
        return x
    return shares[-1] * x + (1 - shares[-1]) * enlarged(blend(halved(x), shares[:-1]))


class Stage(nn.Module):
    def __init__(self, share):
        super().__init__()
        self.register_buffer("share", torch.tensor(share))

    def forward(self, new, old):
        return self.share * new + (1 - self.share) * old


class Net(nn.ModuleDict):
    def grow(self, share):
        with torch.no_grad():
            for stage in self.values():
                if isinstance(stage, Stage):
                    stage.share.fill_(share)
        return self


class Generator(Net):
    def __init__(self):
        super().__init__({"0": nn.Linear(LATENT, 12), "4": nn.Conv2d(3, 1, 1), "9": nn.Conv2d(3, 3, 3, padding=1),
                          "12": nn.Conv2d(3, 1, 1), "13": Stage(1.0), "18": nn.Conv2d(3, 2, 3, padding=1),
                          "20": nn.Conv2d(2, 1, 1), "21": Stage(0.25)})

    def forward(self, z):
        x = bent(self["0"](z).reshape(-1, 3, 2, 2))
        image = enlarged(self["4"](x))
        x = bent(self["9"](enlarged(x)))
        image = enlarged(self["13"](self["12"](x), image))
        x = bent(self["18"](enlarged(x)))
        return self["21"](self["20"](x), image)


class Critic(Net):
    def __init__(self):
        super().__init__({"4": nn.Conv2d(1, 3, 1), "8": nn.Conv2d(1, 3, 1), "12": nn.Conv2d(1, 2, 1),
                          "14": nn.Conv2d(2, 3, 3, padding=1), "17": Stage(0.4), "18": nn.Conv2d(3, 3, 3, padding=1),
                          "21": Stage(1.0), "23": nn.Linear(12, 1)})

    def forward(self, x):
        at2, at4 = bent(self["4"](halved(halved(x)))), bent(self["8"](halved(x)))
        h = self["17"](halved(bent(self["14"](bent(self["12"](x))))), at4)
        h = self["21"](halved(bent(self["18"](h))), at2)
        return self["23"](h.flatten(1))


class Painter(Net):
    """Of one stage, as is `Judge`."""

    def __init__(self):
        super().__init__({"0": nn.Linear(LATENT, 48), "4": nn.Conv2d(3, 1, 1), "9": nn.Conv2d(3, 2, 3, padding=1),
                          "11": nn.Conv2d(2, 1, 1), "12": Stage(1.0)})

    def forward(self, z):
        x = bent(self["0"](z).reshape(-1, 3, 4, 4))
        return self["12"](self["11"](bent(self["9"](enlarged(x)))), enlarged(self["4"](x)))


class Judge(Net):
    def __init__(self):
        super().__init__({"2": nn.Conv2d(1, 3, 1), "6": nn.Conv2d(1, 2, 1), "8": nn.Conv2d(2, 3, 3, padding=1),
                          "11": Stage(1.0), "13": nn.Linear(48, 1)})

    def forward(self, x):
        small = bent(self["2"](halved(x)))
        return self["13"](self["11"](halved(bent(self["8"](bent(self["6"](x))))), small).flatten(1))


def training(dtype):
    seed("growing")
    networks = {"generator.": Painter().to(dtype), "discriminator.": Judge().to(dtype)}

    def supply(step):
        return ({"input": normal(BATCH, 1, 8, 8, dtype=dtype)},
                {f"{phase}_latent": normal(BATCH, LATENT, dtype=dtype) for phase in ("discriminator", "generator")})

    def grown(networks, step):
        share = step / 2
        return networks["generator."].grow(share), networks["discriminator."].grow(share), share

    def discriminate(networks, step, batch, draw, stop):
        make, judge, share = grown(networks, step)
        real = judge(blend(batch["input"], [share]))
        return Terms({"real": NON_SATURATING[0](real),
                      "fake": NON_SATURATING[1](judge(stop(make(draw["discriminator_latent"]))))}, {"real": 1.0, "fake": 1.0})

    def generate(networks, step, batch, draw, stop):
        make, judge, share = grown(networks, step)
        samples = make(draw["generator_latent"])
        return generated(NON_SATURATING[2](judge(samples)), samples, blend(batch["input"], [share]))

    tensors = train(networks, supply, [Phase(discriminate, "discriminator.", "discriminator"),
                                       Phase(generate, "generator.", "generator")], 0.05, 0.5, restart=(1,))
    return Case("training", tensors, {"lr": 0.05, "momentum": 0.5, "hold": 1, "fade": 2})


def cases(dtype):
    for name, network, given, returned in (("generator", Generator(), (4, LATENT), (4, 1, 8, 8)),
                                           ("critic", Critic(), (4, 1, 8, 8), (4, 1))):
        yield Case(name, pass_through(network.to(dtype), normal(*given, dtype=dtype), normal(*returned, dtype=dtype)),
                   {"layer": "FadeIn"})
    images = normal(2, 3, 8, 8, dtype=dtype)
    seen = {f"seen{i}": blend(images, shares) for i, shares in enumerate(SHARES)}
    yield Case("blend", {"input": images, "shares": torch.tensor(SHARES, dtype=dtype), **seen}, {})
    yield training(dtype)
