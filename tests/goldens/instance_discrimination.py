"""Instance discrimination (1805.01978), three steps of SGD with momentum on supplied batches and draws; names as in `steps.py`.

The data have S = 20 samples, of which a step sees B = 8, places i `batch.index`, each once. v = unit(z) of the view that is x
`batch.input` shifted by up to 1 pixel, draw `view_shift`. The memory `bank` [S, D] is of unit rows at first too. A step:

nce      equations 5 to 7, n = 6 negatives j of each sample, draw `negatives` [B, n]: P(k|v) = exp(v m_k / τ) / Z,
         h(k, v) = P / (P + n / S), loss.contrastive = mean over the batch of -log h(i, v) - Σ_j log(1 - h(j, v)).
         Z = S mean exp(v m_k / τ) over all k that the first step's batch and its negatives name, constant from then on. State
         `normalizer` is log(Z / S).
softmax  equation 2 over all S: loss.contrastive = mean -log(exp(v m_i / τ) / Σ_k exp(v m_k / τ)).

After the update m_i ← unit(m m_i + (1 - m) v), v as it was before the update. τ = 0.2, m = 0.4. In the cases of mlp, z is what a
head makes of the network's output: networks are `model.` and `projection.`.
"""
import torch
import torch.nn.functional as F
from torch import nn

from augment import draw_shift, shift
from case import Case, normal
from self_supervised import FEATURES, cnn, head, mlp
from steps import STEPS, Phase, Terms, seed, train, unit

BATCH, SAMPLES, NEGATIVES, TEMPERATURE, KEEP = 8, 20, 6, 0.2, 0.4
SEEDS = {}


def instance(kind, stack, dtype):
    name = f"{kind}_{stack.__name__}"
    seed(name, SEEDS.get(name, 0))
    parts = {"model": stack()}
    if stack is mlp:
        parts["projection"] = head(False, FEATURES, 10, 8)
    networks = {"": nn.ModuleDict(parts).to(dtype).train()}
    width = 8 if stack is mlp else FEATURES
    memory = {"bank": F.normalize(normal(SAMPLES, width, dtype=torch.float64), dim=1).float().to(dtype)}
    if kind == "nce":
        memory["normalizer"] = torch.zeros((), dtype=dtype)

    def supply(step):
        draw = {"view_shift": draw_shift(BATCH)}
        if kind == "nce":
            draw["negatives"] = torch.randint(0, SAMPLES, (BATCH, NEGATIVES))
        return {"input": normal(BATCH, 1, 8, 8, dtype=dtype), "index": torch.randperm(SAMPLES)[:BATCH]}, draw

    def terms(networks, step, batch, draw, stop):
        z = networks[""]["model"](shift(batch["input"], draw["view_shift"]))
        v = unit(networks[""]["projection"](z) if "projection" in networks[""] else z)
        bank, index = memory["bank"].clone(), batch["index"]
        values = {"directions": v}
        if kind == "softmax":
            exponentials = (v @ bank.T / TEMPERATURE).exp()
            loss = -(exponentials[torch.arange(BATCH), index] / exponentials.sum(1)).log().mean()
            return Terms({"contrastive": loss}, {"contrastive": 1.0}, values)
        named = torch.cat([index[:, None], draw["negatives"]], 1)
        exponentials = torch.stack([(bank[named[b]] @ v[b] / TEMPERATURE).exp() for b in range(BATCH)])
        z_total = stop(SAMPLES * exponentials.mean()) if step == 0 else SAMPLES * memory["normalizer"].exp()
        probability = exponentials / z_total
        h = probability / (probability + NEGATIVES / SAMPLES)
        loss = (-h[:, 0].log() - (1 - h[:, 1:]).log().sum(1)).mean()
        values["normalizer"] = (z_total / SAMPLES).log()
        return Terms({"contrastive": loss}, {"contrastive": 1.0}, values)

    @torch.no_grad()
    def finish(step, batch, values):
        for i, v in zip(batch["index"], values["directions"]):
            moved = KEEP * memory["bank"][i] + (1 - KEEP) * v
            memory["bank"][i] = moved / moved.square().sum().sqrt()
        if kind == "nce":
            memory["normalizer"].copy_(values["normalizer"])

    tensors = train(networks, supply, [Phase(terms)], rate=0.05, memory=memory, finish=finish)
    for step in range(STEPS):
        before = tensors["initial.bank"] if step == 0 else tensors[f"step{step - 1}.after.bank"]
        moved = (tensors[f"step{step}.after.bank"] - before).abs().amax(1) > 1e-3
        assert sorted(tensors[f"step{step}.batch.index"].tolist()) == moved.nonzero().flatten().tolist()
        assert (tensors[f"step{step}.after.bank"].norm(dim=1) - 1).abs().max() < 1e-6
    if kind == "nce":
        assert len({tensors[f"step{step}.after.normalizer"].item() for step in range(STEPS)}) == 1
    return Case(name, tensors, {"stack": stack.__name__, "optimizer": "sgd", "lr": 0.05, "momentum": 0.9, "max_shift": 1,
                                "samples": SAMPLES, "temperature": TEMPERATURE, "bank.momentum": KEEP})


def cases(dtype):
    for kind in ("nce", "softmax"):
        for stack in (mlp, cnn):
            yield instance(kind, stack, dtype)
