"""PyTorch's numbers for the recipe cora-links: a graph autoencoder (1611.07308) on splits of its own.

    links.py FOLDER-WITH-CORA SEEDS
"""
import csv
import gzip
import statistics
import sys

import torch
import torch.nn.functional as F


def table(path):
    with gzip.open(path, "rt") as file:
        return list(csv.reader(file))[1:]


def load(folder):
    """Features that sum to 1 in each row, and undirected edges."""
    words = [[int(word) for word in row[3].split()] for row in table(f"{folder}/nodes.csv.gz")]
    nodes = torch.zeros(len(words), 1433)
    for i, row in enumerate(words):
        nodes[i, row] = 1 / len(row)
    edges = (tuple(sorted(map(int, row))) for row in table(f"{folder}/edges.csv.gz"))
    return nodes, sorted({edge for edge in edges if edge[0] != edge[1]})


def curves(scores, labels):
    """The area under the ROC curve, and the average precision."""
    labels = labels[scores.argsort(descending=True)]
    hits, misses = labels.cumsum(0), (1 - labels).cumsum(0)
    area = (hits * (1 - labels)).sum() / hits[-1] / misses[-1]
    return area.item(), (hits / (hits + misses) * labels).sum().item() / hits[-1].item()


def measure(seed, nodes, edges, steps=200):
    torch.manual_seed(seed)
    count, order = len(nodes), torch.randperm(len(edges)).tolist()
    tested, validated = len(edges) // 10, len(edges) // 20
    kept = [edges[i] for i in order[tested + validated:]]
    known, others = set(edges), set()
    while len(others) < tested:
        pair = tuple(sorted(torch.randint(0, count, (2,)).tolist()))
        if pair[0] != pair[1] and pair not in known:
            others.add(pair)
    pairs = torch.tensor([edges[i] for i in order[:tested]] + sorted(others)).t()
    labels = torch.cat([torch.ones(tested), torch.zeros(tested)]).double()

    ends = torch.tensor(kept + [(to, start) for start, to in kept]).t()
    full = torch.cat([ends, torch.arange(count).repeat(2, 1)], 1)
    root = torch.bincount(full[1], minlength=count).float().rsqrt()
    passed = torch.sparse_coo_tensor(full.flip(0), root[full[0]] * root[full[1]], (count, count)).coalesce()
    weights = [torch.nn.init.xavier_uniform_(torch.empty(*size)).requires_grad_() for size in ((1433, 32), (32, 16))]
    optimizer = torch.optim.Adam(weights, 0.01)
    codes = torch.unique(ends[0] * count + ends[1])

    def embed():
        return torch.sparse.mm(passed, torch.sparse.mm(passed, nodes @ weights[0]).relu() @ weights[1])

    def logits(vectors, pair):
        return (vectors[pair[0]] * vectors[pair[1]]).sum(1)

    for _ in range(steps):
        vectors = embed()
        drawn = torch.randint(0, count, ends.shape)
        drawn = drawn[:, ~torch.isin(drawn[0] * count + drawn[1], codes) & (drawn[0] != drawn[1])]
        loss = F.softplus(-logits(vectors, ends)).mean() + F.softplus(logits(vectors, drawn)).mean()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    with torch.no_grad():
        return curves(logits(embed().double(), pairs), labels)


if __name__ == "__main__":
    torch.set_num_threads(1)
    folder, seeds = sys.argv[1:]
    data = load(folder)
    for name, values in zip(("area", "precision"), zip(*(measure(seed, *data) for seed in range(int(seeds))))):
        print(f"{name}: {100 * statistics.mean(values):.1f} ± {100 * statistics.stdev(values):.1f} %")
