"""Positions by eigenvectors of the normalised Laplacian (Dwivedi and Bresson 2021, section 2.1), on a dense matrix of the whole graph:
a component of six nodes, a path of three, two nodes, and a node alone. Vectors of different components stand in different columns of
the whole; each component's own are found by where they are not 0."""
import torch

from case import Case

# The last edge of the first component stands in one direction only, the first twice, and node 3 has one to itself.
EDGES = torch.tensor([[0, 1, 1, 2, 0, 2, 2, 3, 3, 4, 3, 0, 4, 5, 6, 7, 7, 8, 9, 10],
                      [1, 0, 2, 1, 2, 0, 3, 2, 4, 3, 3, 1, 5, 4, 7, 6, 8, 7, 10, 9]])
EDGES = torch.cat([EDGES, torch.tensor([[1], [4]])], 1)
COMPONENTS = [[0, 1, 2, 3, 4, 5], [6, 7, 8], [9, 10], [11]]
COUNT = 4


def positions(dtype):
    matrix = torch.zeros(12, 12, dtype=torch.float64)
    for i, j in EDGES.T.tolist():
        if i != j:
            matrix[i, j] = matrix[j, i] = 1
    degrees = matrix.sum(1)
    root = torch.where(degrees > 0, degrees, torch.ones_like(degrees)).rsqrt()
    result = torch.zeros(12, COUNT, dtype=torch.float64)
    for nodes in COMPONENTS:
        # D^(1/2) 1 is the trivial vector: what is orthogonal to it is found as eigenvectors of L + 3 t t^T, whose other values stay.
        part = torch.eye(len(nodes), dtype=torch.float64) - (root[:, None] * matrix * root)[nodes][:, nodes]
        trivial = degrees[nodes].sqrt()
        trivial = trivial / trivial.norm() if len(nodes) > 1 else torch.ones(1, dtype=torch.float64)
        values, vectors = torch.linalg.eigh(part + 3 * torch.outer(trivial, trivial))
        for k in range(min(len(nodes) - 1, COUNT)):
            vector = vectors[:, k]
            largest = [i for i in range(len(nodes)) if vector[i].abs() >= vector.abs().max() * (1 - 1e-6)][0]
            result[nodes, k] = vector * vector[largest].sign()
    return result.to(dtype)


def cases(dtype):
    yield Case("positions", {"edges": EDGES, "positions": positions(dtype)}, {"count": COUNT})
