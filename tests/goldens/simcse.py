"""SimCSE without labels (2104.08821, equation 4), three steps of SGD with momentum on supplied batches; names as in `steps.py`.

Both passes of a step are one, on the batch twice, so that a batch norm takes its statistics over 2 B rows: z, z' = f([x; x]), x
`batch.input`, B = 8; loss.contrastive = mean over i of -log(exp(cos(z_i, z'_i) / τ) / Σ_j exp(cos(z_i, z'_j) / τ)), τ = 0.2.

Nothing is dropped in these cases: no two libraries draw the same masks, and other masks are held against the formula in the tests.
"""
import torch

from case import Case, normal
from self_supervised import cnn, mlp
from steps import Phase, Terms, seed, train, unit

BATCH, TEMPERATURE = 8, 0.2
SEEDS = {}


def simcse(stack, dtype):
    name = f"simcse_{stack.__name__}"
    seed(name, SEEDS.get(name, 0))

    def supply(step):
        return {"input": normal(BATCH, 1, 8, 8, dtype=dtype)}, {}

    def terms(networks, step, batch, draw, stop):
        first, second = networks[""](torch.cat([batch["input"], batch["input"]])).split(BATCH)
        first, second = unit(first), unit(second)
        loss = 0
        for i in range(BATCH):
            exponentials = torch.stack([((first[i] * second[j]).sum() / TEMPERATURE).exp() for j in range(BATCH)])
            loss = loss - (exponentials[i] / exponentials.sum()).log() / BATCH
        return Terms({"contrastive": loss}, {"contrastive": 1.0})

    tensors = train({"": stack().to(dtype).train()}, supply, [Phase(terms)], rate=0.05)
    return Case(name, tensors, {"stack": stack.__name__, "optimizer": "sgd", "lr": 0.05, "momentum": 0.9, "temperature": TEMPERATURE})


def cases(dtype):
    yield simcse(mlp, dtype)
    yield simcse(cnn, dtype)
