"""Variational autoencoders of sequences (Bowman et al. 2016, 1511.06349, section 3), three steps of SGD with momentum on supplied
batches and draws; names as in `steps.py`.

The encoder (`model.`) reads tokens x = `batch.input` [B, 6] of 7, the last state of its recurrence becomes 3 means m, then 3 log
variances s; z = m + exp(s/2) draw `noise`. The decoder (`decoder.`) gives logits of each token of z and of the tokens before it:
an embedding of token 7 (start) and x_1, ..., x_5, to each of which the same linear function of z is added, a recurrence, a
linear layer. loss.reconstruction = mean over the batch of -sum log p(x_t), loss.divergence = mean of
KL(N(m, exp(s)) || N(0, 1)).

annealed   a GRU reads, an LSTM writes; weight.divergence = min(1, s/2) in step s; where draw `dropped` [B, 6] holds, the token
           before the place is read as token 8, except at the first; x ends with the first 0, behind which nothing counts.
plain      an LSTM reads, a GRU writes; weight.divergence = 0.5; every token is seen and counts.
"""
import torch
from torch import nn
from torch.distributions import Normal, kl_divergence

from case import Case, assert_close, normal
from steps import Phase, Terms, seed, train

BATCH, PLACES, TOKENS, START, UNKNOWN, LATENT, RATE = 8, 6, 7, 7, 8, 3, 0.02


class Encoder(nn.ModuleDict):
    def __init__(self, recurrence):
        super().__init__({"0": nn.Embedding(TOKENS, 4), "1": recurrence(4, 5, batch_first=True), "2": nn.Linear(5, 2 * LATENT)})

    def forward(self, x):
        return self["2"](self["1"](self["0"](x))[0][:, -1])


class Decoder(nn.ModuleDict):
    def __init__(self, recurrence):
        super().__init__({"0": nn.Linear(LATENT, 4), "3": nn.Embedding(UNKNOWN + 1, 4),
                          "7": recurrence(4, 5, batch_first=True), "8": nn.Linear(5, TOKENS)})

    def forward(self, z, before):
        return self["8"](self["7"](self["3"](before) + self["0"](z)[:, None])[0])


def told(tokens, ends):
    """Which tokens count: all up to the first 0, itself too."""
    counted = torch.ones(tokens.shape, dtype=torch.bool)
    for row in range(len(tokens)) if ends else ():
        zeros = (tokens[row] == 0).nonzero()
        if len(zeros):
            counted[row, zeros[0, 0] + 1:] = False
    return counted


def variational(name, reader, writer, annealed, dtype):
    seed(name)
    networks = {"": nn.ModuleDict({"model": Encoder(reader), "decoder": Decoder(writer)}).to(dtype).train()}

    def supply(step):
        tokens = torch.randint(1 if annealed else 0, TOKENS, (BATCH, PLACES))
        draw = {"noise": normal(BATCH, LATENT, dtype=torch.float32)}
        if annealed:
            for row in range(BATCH // 2):
                tokens[row, row + 1:] = 0
            tokens[0, 4] = 3
            draw["dropped"] = torch.rand(BATCH, PLACES) < 0.4
        return {"input": tokens}, draw

    def terms(networks, step, batch, draw, stop):
        x, net = batch["input"], networks[""]
        code = net["model"](x)
        mean, s = code[:, :LATENT], code[:, LATENT:]
        z = mean + (s / 2).exp() * draw["noise"].to(x.device, mean.dtype)
        before = torch.cat([torch.full((BATCH, 1), START), x[:, :-1]], 1)
        if annealed:
            hidden = draw["dropped"].clone()
            hidden[:, 0] = False
            before = torch.where(hidden, torch.full_like(before, UNKNOWN), before)
        logits = net["decoder"](z, before)
        scores = logits - logits.exp().sum(2, keepdim=True).log()
        assert_close(scores.detach(), logits.log_softmax(2).detach(), "log softmax")
        losses = -scores.gather(2, x[:, :, None])[:, :, 0] * told(x, annealed)
        divergence = (mean.square() + s.exp() - 1 - s).sum(1) / 2
        expected = kl_divergence(Normal(mean, (s / 2).exp()), Normal(torch.zeros_like(mean), 1.0)).sum(1)
        assert_close(divergence.detach(), expected.detach(), "divergence")
        return Terms({"reconstruction": losses.sum(1).mean(), "divergence": divergence.mean()},
                     {"reconstruction": 1.0, "divergence": min(1.0, step / 2) if annealed else 0.5})

    return Case(name, train(networks, supply, [Phase(terms)], rate=RATE), {"optimizer": "sgd", "lr": RATE, "momentum": 0.9})


def cases(dtype):
    yield variational("annealed", nn.GRU, nn.LSTM, True, dtype)
    yield variational("plain", nn.LSTM, nn.GRU, False, dtype)
