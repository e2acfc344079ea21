"""The PyTorch side of the benchmark: a worker that runs blocks of training steps on request.

A driver keeps this process running and alternates blocks of steps between it and the side it compares with, so that both
meet the same machine in the same minute. One JSON object on a line comes in, one goes out:

    {"workload": "mlp-adam", "steps": 200}
    {"workload": "mlp-adam", "steps": 200, "median_us": 1801.2, "mean_us": 1833.0, "min_us": 1702.4, "loss": 0.4}

Keys of a request, with their defaults:

    workload        mlp-adam, cnn-adam, gpt-adam, mlp-distill, mean-teacher, lstm-adam or gru-adam (workloads.py); its state lives on from block to block
    steps           timed steps, 200
    warmup          untimed steps before them, 10
    threads         threads inside an operation, 1
    device          "cpu"; on "cuda" only a block as a whole can be timed, and median and minimum are the mean
    optimizer       "default", "foreach" or "fused" (where this version of PyTorch has it)
    channels_last   memory format of convolutional networks and images, false

{"info": true} is answered with versions and the allocator's settings. Requests end with the input. What is wrong with a
request is answered as {"error": ...}.
"""
import json
import os
import statistics
import sys
import time

import torch

from workloads import WORKLOADS, Options


def info():
    return {
        "torch": torch.__version__,
        "python": sys.version.split()[0],
        "threads": torch.get_num_threads(),
        "cuda": torch.cuda.get_device_name() if torch.cuda.is_available() else None,
        "malloc": {name: value for name, value in os.environ.items() if name.startswith("MALLOC_") or name == "GLIBC_TUNABLES"},
        "wait_policy": os.environ.get("OMP_WAIT_POLICY"),
    }


def time_steps(step, count, device):
    """Microseconds of each step; on a GPU, where steps are only queued, the mean in place of each."""
    if device == "cpu":
        times = []
        for _ in range(count):
            start = time.perf_counter_ns()
            step()
            times.append((time.perf_counter_ns() - start) / 1000)
        return times
    torch.cuda.synchronize()
    start = time.perf_counter_ns()
    for _ in range(count):
        step()
    torch.cuda.synchronize()
    return [(time.perf_counter_ns() - start) / 1000 / count] * count


class Worker:
    def __init__(self):
        self.workloads = {}

    def answer(self, request):
        if request.get("info"):
            return info()
        name = request["workload"]
        if name not in WORKLOADS:
            raise ValueError(f"'{name}' is not a workload: {', '.join(WORKLOADS)} are")
        torch.set_num_threads(request.get("threads", 1))
        options = Options(request.get("device", "cpu"), request.get("optimizer", "default"), request.get("channels_last", False))
        if (name, options) not in self.workloads:
            torch.manual_seed(0)
            self.workloads[name, options] = WORKLOADS[name](options)
        step = self.workloads[name, options]
        for _ in range(request.get("warmup", 10)):
            step()
        count = request.get("steps", 200)
        if count < 1:
            raise ValueError("steps must be at least 1")
        times = time_steps(step, count, options.device)
        return {
            "workload": name,
            "steps": count,
            "median_us": statistics.median(times),
            "mean_us": statistics.fmean(times),
            "min_us": min(times),
            "loss": step.loss.item(),
        }


def main():
    worker = Worker()
    for line in sys.stdin:
        if not line.strip():
            continue
        try:
            answer = worker.answer(json.loads(line))
        except (ValueError, KeyError, TypeError, RuntimeError) as error:
            answer = {"error": f"{type(error).__name__}: {error}"}
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main()
