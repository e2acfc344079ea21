"""PyTorch's nearest neighbours by cdist and topk: the median of five searches, in seconds.

    neighbors.py THREADS QUERIES ROWS DIMENSION K
"""
import statistics
import sys
import time

import torch

threads, queries, rows, dimension, k = map(int, sys.argv[1:])
torch.set_num_threads(threads)
asked, gallery = torch.randn(queries, dimension), torch.randn(rows, dimension)


def search():
    start = time.perf_counter()
    for part in asked.split(128):  # all at once it takes queries times rows numbers of memory
        torch.cdist(part, gallery).topk(k, dim=1, largest=False)
    return time.perf_counter() - start


search()
print(statistics.median(search() for _ in range(5)))
