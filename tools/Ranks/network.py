"""Ranks on machines of their own, as far as one machine can play them: each in a network namespace, with a host name and a
temporary folder of its own, and between them a network that takes its time and loses packets.

    network.py --ranks 2 --delay 2 --loss 0.01 -- COMMAND ARGUMENTS

starts COMMAND by Open MPI's mpirun, one rank in each namespace. Packets go through this process, which hands each on after
--delay milliseconds, or drops it, by chance with a probability of --loss. It needs root, iproute2 and /dev/net/tun.
"""
import argparse
import fcntl
import heapq
import os
import random
import select
import shutil
import struct
import subprocess
import sys
import tempfile
import threading
import time

NET = "10.77.0"
SET_INTERFACE, TUN, NO_PACKET_INFORMATION = 0x400454CA, 0x0001, 0x1000


def run(*command):
    subprocess.run(command, check=True)


class Network:
    """A hub of one device in each namespace."""

    def __init__(self, ranks, delay, loss, tag):
        self.delay, self.loss, self.random = delay, loss, random.Random(0)
        self.names = [f"dsl{tag}{rank}" for rank in range(ranks)]
        self.devices, self.carried, self.lost, self.is_open = [], 0, 0, True
        for rank, name in enumerate(self.names):
            device = os.open("/dev/net/tun", os.O_RDWR | os.O_NONBLOCK)
            fcntl.ioctl(device, SET_INTERFACE, struct.pack("16sH", name.encode(), TUN | NO_PACKET_INFORMATION))
            self.devices.append(device)
            run("ip", "netns", "add", name)
            run("ip", "link", "set", name, "netns", name)
            run("ip", "-n", name, "addr", "add", f"{NET}.{rank + 1}/24", "dev", name)
            run("ip", "-n", name, "link", "set", name, "up")
            run("ip", "-n", name, "link", "set", "lo", "up")

    def carry(self):
        waiting, number = [], 0
        while self.is_open:
            now = time.monotonic()
            while waiting and waiting[0][0] <= now:
                _, _, device, packet = heapq.heappop(waiting)
                try:
                    os.write(device, packet)
                except OSError:
                    self.lost += 1  # A full queue drops packets, as a router's does.
            wait = max(0, waiting[0][0] - now) if waiting else 0.05
            for device in select.select(self.devices, [], [], wait)[0]:
                packet = os.read(device, 65536)
                if packet[0] >> 4 != 4 or not packet[16:19] == bytes(int(part) for part in NET.split(".")):
                    continue
                target = packet[19] - 1
                self.carried += 1
                if not 0 <= target < len(self.devices) or self.random.random() < self.loss:
                    self.lost += 1
                    continue
                number += 1
                heapq.heappush(waiting, (time.monotonic() + self.delay, number, self.devices[target], packet))

    def close(self):
        for name in self.names:
            subprocess.run(["ip", "netns", "del", name], check=False)
        for device in self.devices:
            os.close(device)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--ranks", type=int, default=2)
    parser.add_argument("--delay", type=float, default=2, help="milliseconds in one direction")
    parser.add_argument("--loss", type=float, default=0.01, help="share of packets")
    parser.add_argument("command", nargs=argparse.REMAINDER)
    options = parser.parse_args()
    command = [part for part in options.command if part != "--"]
    network = Network(options.ranks, options.delay / 1000, options.loss, os.getpid() % 1000)
    folder = tempfile.mkdtemp(prefix="dsl-network-")
    carrier = threading.Thread(target=network.carry)
    carrier.start()
    try:
        # mpirun starts its daemon of another machine by an agent, which is ssh where there are machines.
        agent = os.path.join(folder, "agent")
        with open(agent, "w") as file:
            file.write("#!/bin/sh\nhost=$1; shift; rank=$((${host##*.} - 1))\n"
                       f"mkdir -p {folder}/$rank\n"
                       f"exec ip netns exec dsl{os.getpid() % 1000}$rank unshare --uts sh -c "
                       f"\"hostname rank$rank; export TMPDIR={folder}/$rank; $*\"\n")
        os.chmod(agent, 0o755)
        os.makedirs(os.path.join(folder, "0"), exist_ok=True)
        hosts = ",".join(f"{NET}.{rank + 1}:1" for rank in range(options.ranks))
        status = subprocess.run(
            ["ip", "netns", "exec", network.names[0], "unshare", "--uts", "sh", "-c", "hostname rank0; exec \"$@\"", "sh",
             "mpirun", "--allow-run-as-root", "--timeout", "300", "--host", hosts, "-n", str(options.ranks),
             "--mca", "plm_rsh_agent", agent, "--mca", "btl", "tcp,self", "--mca", "btl_tcp_if_include", f"{NET}.0/24",
             "--mca", "oob_tcp_if_include", f"{NET}.0/24", *command],
            env={**os.environ, "TMPDIR": os.path.join(folder, "0")}, check=False).returncode
    finally:
        network.is_open = False
        carrier.join()
        network.close()
        shutil.rmtree(folder)
    print(f"{network.carried} packets, {network.lost} lost", file=sys.stderr)
    return status


sys.exit(main())
