"""What is left of a sample tells the rest: three steps of SGD with momentum on supplied batches and draws; names as in `steps.py`.

The trained networks are the encoder (`model.`) and those behind it (`head.`, `second.`). x = `batch.input`, B = 8 samples.

masked    2111.06377, section 3: of the L tokens of a sample the K with the least noise, draw `noise` [B, L], are seen; the decoder
          restores all; loss.reconstruction = mean over masked tokens of the mean of (restored - token)². A token enters the encoder
          with its place as L further numbers, 1 at its own: Linear([token; place]) = E token + position[place]. The decoder takes
          what the encoder returned and 0 at visible places, zeros and 1 at masked ones: Linear([0; 1]) is the mask token.
          masked_patches: images of 4 x 4 patches of 2 x 2, K = 4; masked_normalized: targets standardised by themselves, over P - 1,
          1e-6 added to the variance; masked_tokens: [B, 6, 3], ratio 0.4, so that K = floor(3.6).
cpc       1807.03748, equation 4: z = f(x) [B, T, D], c = GRU(z), loss.contrastive = the mean over k = 1, ..., 3 of the mean over t and
          i of -log(exp(z_i(t + k) W_k c_i(t)) / Σ_j exp(z_j(t + k) W_k c_i(t))).
sentence  1909.11942, section 3.1: behind one place, the two halves of three places change places where draw `swapped` [B] is 1;
          loss.swapped = mean of -log softmax(h(f(x)))[swapped].
next      1810.04805, section 3.1: the second half is that of the sample 1 + floor(u (B - 1)) rows on, u draw `distances` [B], where draw
          `foreign` [B] is 1; loss.foreign likewise.
frames    1603.08561: three frames in order p = draw `order` [B], one of 4 as in `pretext.py`, are one pass of 3 B;
          loss.order = mean of -log softmax(h(f(x_1), f(x_2), f(x_3)))[p].
color     1603.08511, section 2.1: f sees Y = .299 R + .587 G + .114 B; (B - Y) / 1.772 and (R - Y) / 1.402 of the means over squares of
          2 x 2 fall into one of 3 x 3 equal cells of [-.5, .5]²; loss.color = the mean over squares of -log softmax(h(f(Y)))[cell].
"""
import torch
from torch import nn

from case import Case, normal, uniform
from networks import unsettle
from pretext import cnn, far_orders, head, mlp, surprise
from steps import Phase, Terms, seed, train

BATCH, RATE = 8, 0.1


class Gru(nn.GRU):
    def forward(self, x):
        return super().forward(x)[0]


class Positions(nn.Module):
    def __init__(self, length, width):
        super().__init__()
        self.weight = nn.Parameter(torch.randn(length, width) * 0.5)

    def forward(self, x):
        return x + self.weight


class Swap(nn.Module):
    """[N, T, D] to [N, D, T] and back."""

    def forward(self, x):
        return x.transpose(1, 2)


def layer(width, hidden):
    return nn.TransformerEncoderLayer(width, 2, hidden, dropout=0.0, batch_first=True, norm_first=True)


def masked_networks(length, width):
    model = nn.Sequential(nn.Linear(width + length, 8), layer(8, 12), nn.LayerNorm(8))
    return model, nn.Sequential(nn.Linear(9, 6), Positions(length, 6), layer(6, 10), nn.Linear(6, width))


def patches(image, side):
    channels, rows, columns = image.shape
    return torch.stack([image[:, r:r + side, c:c + side].reshape(-1) for r in range(0, rows, side) for c in range(0, columns, side)])


def masked(count, tokens_of, normalize=False):
    def rule(networks, x, draw):
        samples = [tokens_of(sample) for sample in x]
        length, width = samples[0].shape
        places = torch.eye(length, dtype=x.dtype)
        kept = [sorted(noise.argsort()[:count].tolist()) for noise in draw["noise"]]
        seen = torch.stack([torch.stack([torch.cat([tokens[p], places[p]]) for p in own]) for tokens, own in zip(samples, kept)])
        features = networks["model"](seen)
        one, nothing = torch.ones(1, dtype=x.dtype), torch.zeros(features.shape[2], dtype=x.dtype)
        given = torch.stack([
            torch.stack([torch.cat([features[n, own.index(p)], 0 * one]) if p in own else torch.cat([nothing, one])
                         for p in range(length)])
            for n, own in enumerate(kept)])
        restored = networks["head"](given)
        losses = []
        for n, own in enumerate(kept):
            for p in range(length):
                if p not in own:
                    target = samples[n][p]
                    if normalize:
                        centered = target - target.mean()
                        target = centered / (centered.square().sum() / (width - 1) + 1e-6).sqrt()
                    losses.append((restored[n, p] - target).square().mean())
        assert len(losses) == BATCH * (length - count)
        return {"reconstruction": torch.stack(losses).mean()}
    return rule


def noise(length):
    return lambda: {"noise": torch.rand(BATCH, length)}


HORIZONS = 3


def cpc(networks, x, draw):
    z = networks["model"](x)
    predictions = networks["second"](networks["head"](z))
    count, length, width = z.shape
    per_horizon = []
    for k in range(1, HORIZONS + 1):
        of_places = []
        for t in range(length - k):
            for i in range(count):
                told = predictions[i, t, (k - 1) * width:k * width]
                scores = torch.stack([(told * z[j, t + k]).sum() for j in range(count)])
                of_places.append(-(scores[i].exp() / scores.exp().sum()).log())
        per_horizon.append(torch.stack(of_places).mean())
    return {"contrastive": torch.stack(per_horizon).mean()}


def cpc_networks(normalized):
    first = [nn.Linear(3, 4, bias=False), Swap(), nn.BatchNorm1d(4), Swap()] if normalized else [nn.Linear(3, 4)]
    return unsettle(nn.Sequential(*first, nn.Tanh())), nn.Sequential(Gru(4, 5, batch_first=True)), \
        nn.Sequential(nn.Linear(5, HORIZONS * 4, bias=False))


def sentence(networks, x, draw):
    given = torch.stack([torch.cat([sample[:1], sample[4:], sample[1:4]]) if swapped else sample
                         for sample, swapped in zip(x, draw["swapped"].tolist())])
    return {"swapped": surprise(networks["head"](networks["model"](given)), draw["swapped"])}


def next_sentence(networks, x, draw):
    given = []
    for n, (foreign, distance) in enumerate(zip(draw["foreign"].tolist(), draw["distances"].tolist())):
        other = (n + 1 + int(distance * (BATCH - 1))) % BATCH
        assert other != n
        given.append(torch.cat([x[n][:4], x[other if foreign else n][4:]]))
    return {"foreign": surprise(networks["head"](networks["model"](torch.stack(given))), draw["foreign"])}


def words_networks():
    return nn.Sequential(nn.Embedding(7, 4), nn.Flatten(), nn.Linear(28, 10), nn.Tanh(), nn.Linear(10, 6)), head(False, 6, 2)


def vectors_networks():
    model = nn.Sequential(nn.Flatten(), nn.Linear(21, 10, bias=False), nn.BatchNorm1d(10), nn.Tanh(), nn.Linear(10, 6))
    return unsettle(model), head(True, 6, 2)


ORDERS = far_orders(3, 4)


def frames(networks, x, draw):
    seen = torch.stack([sample[place] for sample, order in zip(x, draw["order"].tolist()) for place in ORDERS[order]])
    features = networks["model"](seen)
    together = torch.cat([features[place::3] for place in range(3)], dim=1)
    return {"order": surprise(networks["head"](together), draw["order"])}


def color(networks, x, draw):
    def gray(red, green, blue):
        return 0.299 * red + 0.587 * green + 0.114 * blue

    logits = networks["head"](networks["model"](torch.stack([gray(*image).unsqueeze(0) for image in x])))
    rows, answers = [], []
    for n, image in enumerate(x):
        for r in range(4):
            for c in range(4):
                red, green, blue = image[:, 2 * r:2 * r + 2, 2 * c:2 * c + 2].mean((1, 2))
                y = gray(red, green, blue)
                places = [((red - y) / 1.402 + 0.5) * 3, ((blue - y) / 1.772 + 0.5) * 3]
                assert all((place - place.round()).abs() > 1e-5 for place in places), "a colour at the border of two cells"
                answers.append(3 * int(places[0]) + int(places[1]))
                rows.append(logits[n, :, r, c])
    assert len(set(answers)) > 3
    return {"color": surprise(torch.stack(rows), torch.tensor(answers))}


def color_networks(normalized):
    first = [nn.Conv2d(1, 3, 3, stride=2, padding=1, bias=not normalized)] + ([nn.BatchNorm2d(3)] if normalized else [])
    return unsettle(nn.Sequential(*first, nn.Tanh())), nn.Sequential(nn.Conv2d(3, 9, 1))


def of(*shape):
    return lambda dtype: normal(BATCH, *shape, dtype=dtype)


def words(dtype):
    return torch.randint(0, 7, (BATCH, 7))


def colored(dtype):
    return uniform(BATCH, 3, 8, 8, dtype=dtype)


def draw_swapped():
    return {"swapped": torch.tensor([0, 1, 1, 0, 1, 0, 0, 1])[torch.randperm(BATCH)]}


def draw_foreign():
    return {"foreign": torch.tensor([0, 1, 1, 0, 1, 0, 0, 1])[torch.randperm(BATCH)], "distances": torch.rand(BATCH)}


# Rule, input, draws, networks, rate.
TASKS = {
    "masked_patches": (masked(4, lambda image: patches(image, 2)), of(1, 8, 8), noise(16), lambda: masked_networks(16, 4)),
    "masked_normalized": (masked(4, lambda image: patches(image, 2), True), of(1, 8, 8), noise(16), lambda: masked_networks(16, 4)),
    "masked_tokens": (masked(3, lambda tokens: tokens), of(6, 3), noise(6), lambda: masked_networks(6, 3)),
    "cpc": (cpc, of(7, 3), dict, lambda: cpc_networks(False)),
    "cpc_normalized": (cpc, of(7, 3), dict, lambda: cpc_networks(True)),
    "sentence": (sentence, words, draw_swapped, words_networks),
    "sentence_normalized": (sentence, of(7, 3), draw_swapped, vectors_networks),
    "next": (next_sentence, words, draw_foreign, words_networks),
    "next_normalized": (next_sentence, of(7, 3), draw_foreign, vectors_networks),
    "frames": (frames, of(3, 1, 4, 4), lambda: {"order": torch.randint(0, 4, (BATCH,))},
               lambda: (mlp(16, 6), head(False, 18, 4))),
    "frames_normalized": (frames, of(3, 1, 4, 4), lambda: {"order": torch.randint(0, 4, (BATCH,))},
                          lambda: (cnn(1, 16, 6), head(True, 18, 4))),
    "color": (color, colored, dict, lambda: color_networks(False)),
    "color_normalized": (color, colored, dict, lambda: color_networks(True)),
}


def task(name, dtype):
    seed(name)
    rule, inputs, draws, make = TASKS[name]
    behind = make()
    networks = {"": nn.ModuleDict(dict(zip(("model", "head", "second"), behind))).to(dtype).train()}

    def supply(step):
        return {"input": inputs(dtype)}, draws()

    def terms(networks, step, batch, draw, stop):
        losses = rule(networks[""], batch["input"], draw)
        return Terms(losses, {term: 1.0 for term in losses})

    tensors = train(networks, supply, [Phase(terms)], rate=RATE)
    return Case(name, tensors, {"optimizer": "sgd", "lr": RATE, "momentum": 0.9})


def cases(dtype):
    for name in TASKS:
        yield task(name, dtype)
