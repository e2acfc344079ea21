"""Graph layers from their papers, on a dense adjacency matrix: an edge list sums to the same.

The graph has a node without neighbours, an edge in one direction only, and a self-loop that is listed although layers add their own.
"""
import torch
from torch import nn

from case import Case, normal

EDGES = torch.tensor([[0, 1, 1, 2, 2, 3, 4, 4, 3, 6], [1, 0, 2, 1, 3, 2, 0, 4, 4, 3]])
NODES = 8


def adjacency(dtype):
    """A[i, j] = 1 where a message goes from j to i; the diagonal 1."""
    matrix = torch.zeros(NODES, NODES, dtype=dtype)
    matrix[EDGES[1], EDGES[0]] = 1
    matrix.fill_diagonal_(1)
    return matrix


def convolution(x, weight, bias):
    """Kipf and Welling 2017, equation 2, for edges with a direction: degrees of what arrives."""
    matrix = adjacency(x.dtype)
    root = matrix.sum(1).rsqrt()
    result = (root[:, None] * matrix * root[None, :]) @ (x @ weight.T)
    return result if bias is None else result + bias


def attention(x, weight, source, target, bias, slope, average):
    """Velickovic et al. 2018, equations 1 to 6; source and target are the halves of the paper's vector a."""
    heads, features = source.shape[1:]
    h = (x @ weight.T).view(-1, heads, features)
    scores = nn.functional.leaky_relu((h * target).sum(-1)[:, None, :] + (h * source).sum(-1)[None, :, :], slope)
    scores = scores.masked_fill(adjacency(x.dtype)[:, :, None] == 0, float("-inf"))
    result = torch.einsum("ijh,jhf->ihf", scores.softmax(1), h)
    return (result.mean(1) if average else result.flatten(1)) + bias


def gradients(name, formula, parameters, settings, dtype):
    x = normal(NODES, 6, dtype=dtype).requires_grad_()
    parameters = {key: value.requires_grad_() for key, value in parameters.items()}
    output = formula(x, parameters)
    gradient = normal(*output.shape, dtype=dtype)
    output.backward(gradient)
    tensors = {"edges": EDGES, "input": x, "output": output, "output_gradient": gradient, "input_gradient": x.grad}
    tensors |= {f"parameters.{key}": value for key, value in parameters.items()}
    tensors |= {f"gradients.{key}": value.grad for key, value in parameters.items()}
    return Case(name, tensors, settings)


def cases(dtype):
    def random(*shape):
        return normal(*shape, dtype=dtype, scale=0.5)

    yield gradients("convolution", lambda x, p: convolution(x, p["0.lin.weight"], p["0.bias"]),
                    {"0.lin.weight": random(5, 6), "0.bias": random(5)}, {"stack": "GraphConv(5)"}, dtype)
    yield gradients("two_convolutions",
                    lambda x, p: convolution(convolution(x, p["0.lin.weight"], p["0.bias"]).relu(), p["2.lin.weight"], None),
                    {"0.lin.weight": random(5, 6), "0.bias": random(5), "2.lin.weight": random(3, 5)},
                    {"stack": "GraphConv(5), ReLU, GraphConv(3, no bias)"}, dtype)
    yield gradients("attention",
                    lambda x, p: attention(x, p["0.lin.weight"], p["0.att_src"], p["0.att_dst"], p["0.bias"], 0.2, False),
                    {"0.lin.weight": random(12, 6), "0.att_src": random(1, 3, 4), "0.att_dst": random(1, 3, 4), "0.bias": random(12)},
                    {"stack": "GraphAttention(4, 3 heads)"}, dtype)
    yield gradients("two_attentions",
                    lambda x, p: attention(nn.functional.elu(
                        attention(x, p["0.lin.weight"], p["0.att_src"], p["0.att_dst"], p["0.bias"], 0.1, False)),
                        p["2.lin.weight"], p["2.att_src"], p["2.att_dst"], p["2.bias"], 0.2, True),
                    {"0.lin.weight": random(8, 6), "0.att_src": random(1, 2, 4), "0.att_dst": random(1, 2, 4), "0.bias": random(8),
                     "2.lin.weight": random(6, 8), "2.att_src": random(1, 2, 3), "2.att_dst": random(1, 2, 3), "2.bias": random(3)},
                    {"stack": "GraphAttention(4, 2 heads, slope 0.1), ELU, GraphAttention(3, 2 heads, averaged)"}, dtype)
