"""PyTorch's numbers for the recipe shakespeare-masked: a masked language model of characters (1810.04805, section 3.1).

    masked.py FOLDER-WITH-TINY-SHAKESPEARE SEEDS

An LSTM of 96 that reads windows of 32 from both ends; 1,000 steps of Adam on 16 windows. Of each window five characters are
selected, 80 % of which become the mask, 10 % another character, 10 % stay. Judged by five of each window of the last tenth of the
text, which all become the mask: how many are told, and their mean cross-entropy.
"""
import gzip
import math
import statistics
import sys

import torch
import torch.nn.functional as F
from torch import nn

PLACES, WIDTH, HIDDEN, STEPS, BATCH, SELECTED = 32, 48, 96, 1000, 16, 5


def load(folder):
    text = gzip.open(f"{folder}/input.txt.gz", "rt").read()
    known = {character: i for i, character in enumerate(sorted(set(text)))}
    tokens, end = torch.tensor([known[character] for character in text]), int(0.9 * len(text))
    return tokens[:end], tokens[end:], len(known)


class Encoder(nn.Module):
    def __init__(self, words):
        super().__init__()
        self.words, self.states = nn.Embedding(words, WIDTH), nn.LSTM(WIDTH, HIDDEN, batch_first=True, bidirectional=True)
        self.told = nn.Linear(2 * HIDDEN, words)

    def forward(self, tokens):
        return self.told(self.states(self.words(tokens))[0])


def rate(step, peak=3e-3, least=3e-4, warm=100):
    if step < warm:
        return peak * (step + 1) / warm
    return least + (peak - least) * (1 + math.cos(math.pi * (step - warm) / (STEPS - warm))) / 2


def measure(seed, train, test, words):
    torch.manual_seed(seed)
    network, mask = Encoder(words + 1), words
    optimizer = torch.optim.Adam(network.parameters())
    for step in range(STEPS):
        starts = torch.randint(len(train) - PLACES + 1, (BATCH,))
        tokens = torch.stack([train[start:start + PLACES] for start in starts])
        chosen = torch.rand(BATCH, PLACES).argsort(1)[:, :SELECTED]
        told = tokens.gather(1, chosen)
        kinds, drawn = torch.rand(BATCH, SELECTED), torch.randint(words + 1, (BATCH, SELECTED))
        put = torch.where(kinds < 0.8, torch.full_like(told, mask), torch.where(kinds < 0.9, drawn, told))
        logits = network(tokens.scatter(1, chosen, put))
        logits = logits.gather(1, chosen[:, :, None].expand(-1, -1, words + 1))
        loss = F.cross_entropy(logits.flatten(0, 1), told.flatten())
        optimizer.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(network.parameters(), 1.0)
        for group in optimizer.param_groups:
            group["lr"] = rate(step)
        optimizer.step()
    return evaluate(network, test, words)


@torch.no_grad()
def evaluate(network, test, words):
    torch.manual_seed(1)
    windows = test[:len(test) // PLACES * PLACES].view(-1, PLACES)
    hits, nats, count = 0, 0.0, 0
    for tokens in windows.split(256):
        chosen = torch.rand(tokens.shape).argsort(1)[:, :SELECTED]
        told = tokens.gather(1, chosen)
        logits = network(tokens.scatter(1, chosen, words)).gather(1, chosen[:, :, None].expand(-1, -1, words + 1))
        hits += (logits.argmax(2) == told).sum().item()
        nats += F.cross_entropy(logits.flatten(0, 1), told.flatten(), reduction="sum").item()
        count += told.numel()
    return 100 * hits / count, nats / count


def main():
    train, test, words = load(sys.argv[1])
    results = [measure(seed, train, test, words) for seed in range(int(sys.argv[2]))]
    for name, unit, values in (("told", " %", [result[0] for result in results]), ("loss", " nats", [r[1] for r in results])):
        deviation = statistics.stdev(values) if len(values) > 1 else 0
        print(f"{name}: {statistics.mean(values):.3f} ± {deviation:.3f}{unit}", flush=True)


if __name__ == "__main__":
    main()
