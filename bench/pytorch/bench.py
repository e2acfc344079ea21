"""The PyTorch side of the benchmark: a worker that runs blocks of training steps on request.

A driver keeps this process running and alternates blocks of steps between it and the side it compares with, so that both
meet the same machine in the same minute. One JSON object on a line comes in, one goes out:

    {"workload": "mlp-adam", "steps": 200}
    {"workload": "mlp-adam", "steps": 200, "median_us": 1801.2, "mean_us": 1833.0, "min_us": 1702.4, "loss": 0.4}

Keys of a request, with their defaults:

    workload        a key of WORKLOADS in workloads.py; its state lives on from block to block
    start           a safetensors file with batches and initial parameters that the driver wrote; random ones where there is none
    trial           false; true takes random numbers of the steps from that file as well, and answers with the loss of every step
                    (losses) and with how much the process grew at its highest point (peak_bytes)
    steps           timed steps, 200
    warmup          untimed steps before them, 10
    threads         threads inside an operation, 1
    device          "cpu"; on "cuda" only a block as a whole can be timed, and median and minimum are the mean
    optimizer       "default", "foreach" or "fused" (where this version of PyTorch has it)
    channels_last   memory format of convolutional networks and images, false

{"info": true} is answered with versions and the allocator's settings. Requests end with the input. What is wrong with a
request is answered as {"error": ...}.

`bench.py --first-step WORKLOAD START` makes one step, says "done" and ends.
"""
import json
import os
import statistics
import sys
import time

import torch

from starting_point import StartingPoint
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


def resident(name):
    with open("/proc/self/status", encoding="ascii") as status:
        return next(1024 * int(line.split()[1]) for line in status if line.startswith(name))


def start_peak():
    """Forgets the highest point so far (proc(5)); bytes now."""
    with open("/proc/self/clear_refs", "w", encoding="ascii") as clear:
        clear.write("5")
    return resident("VmRSS:")


def run_trial(name, options, path, steps):
    start = StartingPoint(path, with_draws=True)
    before = start_peak()
    step, losses = WORKLOADS[name](options, start), []
    for _ in range(steps):
        step()
        losses.append(step.loss.item())
    return {"workload": name, "losses": losses, "peak_bytes": resident("VmHWM:") - before}


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
        path = request.get("start")
        if request.get("trial"):
            return run_trial(name, options, path, request["steps"])
        if (name, options, path) not in self.workloads:
            torch.manual_seed(0)
            self.workloads = {(name, options, path): WORKLOADS[name](options, StartingPoint(path) if path else None)}
        step = self.workloads[name, options, path]
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


def first_step(name, path):
    torch.set_num_threads(1)
    step = WORKLOADS[name](Options(), StartingPoint(path, with_draws=True))
    step()
    if not step.loss.isfinite():
        raise ValueError("the first step's loss is not finite")
    print("done", flush=True)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--first-step"]:
        first_step(*sys.argv[2:])
    else:
        main()
