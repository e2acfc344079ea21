"""Agents that learn of transitions and rollouts, three steps of SGD with momentum on supplied batches; names as in `steps.py`.

The trained networks are the policy or the values (`model.`) and the critic (`critic.`); B = 12.

dqn       Nature 518 (2015), algorithm 1, with Huber's loss: mean over the batch of h(Q(s)[a] - y), h(e) = e²/2 where |e| <= δ,
          else δ (|e| - δ/2), δ = 0.5; y = r + γ (1 - d) max_b Q̄(s')[b], γ = 0.9. Q̄ (`target.`) begins elsewhere, and after the
          second update is a copy of Q.
double    1509.06461: y = r + γ (1 - d) Q̄(s')[argmax_b Q(s')[b]].
dueling   1511.06581, equation 9: double with Q = V + A - mean A of two layers behind a hidden one.
priority  1511.05952: double with a weight w `batch.weight` for each transition, mean of w h(e), drawn from places `batch.index`.
reinforce Williams 1992: loss.policy = mean g (-log π(a|s)); loss.negativeEntropy = mean Σ_b π_b log π_b, weight 0.1.
a2c       1602.01783: loss.policy = mean A (-log π(a|s)); loss.value = mean (V(s) - R)², weight 0.5; loss.negativeEntropy,
          weight 0.01.
recurrent_a2c  the same over 4 steps of 6 environments, of a network whose GRU cell's state (torch.nn.GRUCell) goes from step to
          step (1602.01783, section 4), begins with `batch.memory` and is 0 where `batch.kept` is 0; means over all 24 steps.
ppo       1707.06347, equations 7 and 9: loss.policy = -mean min(ρ A, clip(ρ, 0.8, 1.2) A), ρ = π(a|s) / π_old(a|s),
          `batch.log_probability` is log π_old(a|s); the others as of a2c.
sac       1812.05905, algorithm 1 and appendix C, of actions of 2 numbers. π: a = tanh u, u = μ + e^s ε, s clamped to [-20, 2];
          log π(a) = Σ log N(u; μ, e^s) - Σ log(1 - tanh² u). Two phases: `critics.` with ε `draw.next_noise`, loss.firstvalue and
          loss.secondvalue = mean (q_i(s, a) - y)², weight ½, y = r + γ (1 - d) (min q̄(s', a') - α log π(a')), γ = 0.9, q̄ the
          averages `target.`, `second_target.`; then the policy `model.` and `log_temperature` [1] = log α with ε `draw.noise`,
          loss.policy = mean (α log π(a) - min q(s, a)) with α constant, loss.temperature = -log α mean sg[log π(a) - 2].
          Then q̄ ← 0.9 q̄ + 0.1 q. SGD without momentum, rate 0.05.
"""
import math

import torch
from torch import nn

from case import Case, normal
from steps import Phase, Terms, seed, some, train

B, DELTA, DISCOUNT = 12, 0.5, 0.9
SEEDS = {"dueling": 0, "priority": 1, "sac": 3}


def network(outputs):
    return nn.Sequential(nn.Linear(4, 8), nn.Tanh(), nn.Linear(8, outputs))



class Dueling(nn.Module):
    def __init__(self):
        super().__init__()
        self.Hidden, self.Worth, self.Advantage = nn.Sequential(nn.Linear(4, 8), nn.Tanh()), nn.Linear(8, 1), nn.Linear(8, 3)

    def forward(self, x):
        hidden = self.Hidden(x)
        advantage = self.Advantage(hidden)
        return self.Worth(hidden) + advantage - advantage.mean(1, keepdim=True)


def dqn(name, double, dtype):
    seed(name, SEEDS.get(name, 0))
    make = Dueling if name == "dueling" else lambda: network(3)
    model, target = nn.ModuleDict({"model": make()}).to(dtype), make().to(dtype).requires_grad_(False)

    def supply(step):
        return {"state": normal(B, 4, dtype=dtype), "action": torch.randint(0, 3, (B,)), "reward": normal(B, dtype=dtype),
                "next": normal(B, 4, dtype=dtype), "terminated": (torch.rand(B) < 0.4).to(dtype)} | ({} if name != "priority" else
                {"index": torch.randperm(100)[:B], "weight": torch.rand(B).to(dtype)}), {}

    def terms(networks, step, batch, draw, stop):
        q, future = networks[""]["model"], target(batch["next"])
        choosing = q(batch["next"]).detach() if double else future
        # Differences move the network: its choices are those of before.
        choices = stop(choosing.max(1).indices)
        some(choices != future.max(1).indices) if double and step == 0 else None
        some(batch["terminated"] == 1)
        y = torch.stack([batch["reward"][i] + DISCOUNT * (1 - batch["terminated"][i]) * future[i, choices[i]] for i in range(B)])
        e = torch.stack([q(batch["state"])[i, batch["action"][i]] for i in range(B)]) - stop(y)
        small = some(e.detach().abs() <= DELTA)
        cost = torch.where(small, e ** 2 / 2, DELTA * (e.abs() - DELTA / 2))
        return Terms({"temporalDifference": (cost * batch.get("weight", 1)).mean()}, {"temporalDifference": 1.0}, {"error": e})

    def finish(step, batch, values):
        if (step + 1) % 2 == 0:
            target.load_state_dict(model["model"].state_dict())

    tensors = train({"": model, "target.": target}, supply, [Phase(terms)], rate=0.1, finish=finish)
    return Case(name, tensors, {"lr": 0.1, "momentum": 0.9, "delta": DELTA, "discount": DISCOUNT, "period": 2})


def policy(name, dtype):
    seed(name, SEEDS.get(name, 0))
    parts = {"model": network(3)} | ({} if name == "reinforce" else {"critic": network(1)})
    networks = {"": nn.ModuleDict(parts).to(dtype)}

    def supply(step):
        state, action = normal(B, 4, dtype=dtype), torch.randint(0, 3, (B,))
        batch = {"state": state, "action": action}
        if name == "reinforce":
            return {**batch, "earned": normal(B, dtype=dtype)}, {}
        batch |= {"advantage": normal(B, dtype=dtype), "value_target": normal(B, dtype=dtype)}
        if name == "ppo":
            with torch.no_grad():
                now = networks[""]["model"](state).log_softmax(1)[range(B), action]
            batch["log_probability"] = (now.float() + 0.3 * torch.randn(B)).to(dtype)
        return batch, {}

    def terms(networks, step, batch, draw, stop):
        pi = networks[""]["model"](batch["state"]).softmax(1)
        chosen = torch.stack([pi[i, batch["action"][i]] for i in range(B)])
        losses, weights = {}, {"policy": 1.0, "value": 0.5, "negativeEntropy": 0.01}
        if name == "ppo":
            ratio = chosen / batch["log_probability"].exp()
            some((ratio.detach() - 1).abs() > 0.2)
            assert ((ratio.detach() - 1).abs() - 0.2).abs().min() > 1e-4
            gains = torch.min(ratio * batch["advantage"], ratio.clamp(0.8, 1.2) * batch["advantage"])
            losses["policy"] = -gains.mean()
        else:
            losses["policy"] = -(batch["earned" if name == "reinforce" else "advantage"] * chosen.log()).mean()
        if name == "reinforce":
            weights = {"policy": 1.0, "negativeEntropy": 0.1}
        else:
            losses["value"] = (networks[""]["critic"](batch["state"])[:, 0] - batch["value_target"]).square().mean()
        losses["negativeEntropy"] = (pi * pi.log()).sum(1).mean()
        return Terms(losses, weights)

    tensors = train(networks, supply, [Phase(terms)], rate=0.1)
    return Case(name, tensors, {"lr": 0.1, "momentum": 0.9})


class Rememberer(nn.Module):
    def __init__(self):
        super().__init__()
        parts = {"0": nn.Linear(4, 6), "2": nn.GRUCell(6, 5), "4": nn.Linear(5, 3), "7": nn.Linear(5, 1)}
        for number, part in parts.items():
            self.add_module(number, part)

    def forward(self, seen, memory):
        parts = dict(self.named_children())
        state = parts["2"](torch.tanh(parts["0"](seen)), memory)
        return parts["4"](state), parts["7"](state), state


def recurrent(name, dtype):
    seed(name, SEEDS.get(name, 0))
    networks = {"": nn.ModuleDict({"model": Rememberer()}).to(dtype)}
    copies, length = 6, 4

    def supply(step):
        kept = (torch.rand(copies, length) < 0.7).to(dtype)
        kept[:, 0] = 1
        some((kept == 0).flatten())
        return {"state": normal(copies, length, 4, dtype=dtype), "memory": normal(copies, 5, dtype=dtype, scale=0.5),
                "kept": kept, "action": torch.randint(0, 3, (copies, length)), "advantage": normal(copies, length, dtype=dtype),
                "value_target": normal(copies, length, dtype=dtype)}, {}

    def terms(networks, step, batch, draw, stop):
        losses = {"policy": 0.0, "value": 0.0, "negativeEntropy": 0.0}
        for i in range(copies):
            memory = batch["memory"][i:i + 1]
            for t in range(length):
                if batch["kept"][i, t] == 0:
                    memory = torch.zeros_like(memory)
                logits, value, memory = networks[""]["model"](batch["state"][i:i + 1, t], memory)
                pi = logits[0].softmax(0)
                losses["policy"] -= batch["advantage"][i, t] * pi[batch["action"][i, t]].log()
                losses["value"] += (value[0, 0] - batch["value_target"][i, t]) ** 2
                losses["negativeEntropy"] += (pi * pi.log()).sum()
        return Terms({term: loss / (copies * length) for term, loss in losses.items()},
                     {"policy": 1.0, "value": 0.5, "negativeEntropy": 0.01})

    tensors = train(networks, supply, [Phase(terms)], rate=0.1)
    return Case(name, tensors, {"lr": 0.1, "momentum": 0.9})


class Valued(nn.Module):
    """A critic of [s, a]; the places of its layers are those of a stack that begins with the concatenation."""
    def __init__(self):
        super().__init__()
        self.add_module("1", nn.Linear(6, 8))
        self.add_module("3", nn.Linear(8, 1))

    def forward(self, state, action):
        parts = dict(self.named_children())
        return parts["3"](torch.tanh(parts["1"](torch.cat([state, action], 1))))[:, 0]


class Acting(nn.Module):
    def __init__(self):
        super().__init__()
        self.model, self.log_temperature = network(4), nn.Parameter(torch.tensor([-1.2]))

    def draw(self, state, noise):
        """Actions and the logarithms of their densities."""
        told = self.model(state)
        mean, deviation = told[:, :2], told[:, 2:].clamp(-20, 2).exp()
        u = mean + deviation * noise
        normal_density = torch.distributions.Normal(mean, deviation).log_prob(u)
        # 1 - tanh² u = 1/cosh² u.
        log_cosh = torch.logaddexp(u, -u) - math.log(2)
        return torch.tanh(u), (normal_density + 2 * log_cosh).sum(1)


def sac(name, dtype):
    seed(name, SEEDS.get(name, 0))
    targets = {"target.": Valued(), "second_target.": Valued()}
    networks = {"": Acting(), "critics.": nn.ModuleDict({"first": Valued(), "second": Valued()}), **targets}
    networks = {prefix: network.to(dtype) for prefix, network in networks.items()}
    with torch.no_grad():
        # So that one of the log deviations is clamped.
        networks[""].model[2].bias[3] = 2.0
    [networks[prefix].requires_grad_(False) for prefix in targets]

    def supply(step):
        batch = {"state": normal(B, 4, dtype=dtype), "action": torch.tanh(torch.randn(B, 2)).to(dtype),
                 "reward": normal(B, dtype=dtype), "next": normal(B, 4, dtype=dtype),
                 "terminated": (torch.rand(B) < 0.4).to(dtype)}
        return batch, {"next_noise": normal(B, 2, dtype=dtype), "noise": normal(B, 2, dtype=dtype)}

    def least(first, second):
        some((first < second).detach())
        assert (first - second).abs().min() > 1e-5
        return torch.where(first < second, first, second)

    def critics(networks, step, batch, draw, stop):
        some(batch["terminated"] == 1)
        with torch.no_grad():
            action, density = networks[""].draw(batch["next"], draw["next_noise"])
            future = least(*(networks[prefix](batch["next"], action) for prefix in targets))
            y = batch["reward"] + DISCOUNT * (1 - batch["terminated"]) * (future - networks[""].log_temperature.exp() * density)
        errors = {part: (networks["critics."][part](batch["state"], batch["action"]) - stop(y)).square().mean()
                  for part in ("first", "second")}
        return Terms({"firstvalue": errors["first"], "secondvalue": errors["second"]}, {"firstvalue": 0.5, "secondvalue": 0.5})

    def policy(networks, step, batch, draw, stop):
        own = networks[""]
        with torch.no_grad():
            told = own.model(batch["state"])[:, 2:]
            some((told > 2).flatten())
            assert (told - 2).abs().min() > 1e-5
        action, density = own.draw(batch["state"], draw["noise"])
        worth = least(*(networks["critics."][part](batch["state"], action) for part in ("first", "second")))
        losses = {"policy": (stop(own.log_temperature.exp()) * density - worth).mean(),
                  "temperature": -(own.log_temperature.sum() * stop(density - 2).mean())}
        return Terms(losses, {"policy": 1.0, "temperature": 1.0})

    def finish(step, batch, values):
        with torch.no_grad():
            for prefix, part in zip(targets, ("first", "second")):
                for average, own in zip(networks[prefix].parameters(), networks["critics."][part].parameters()):
                    average.copy_(0.9 * average + 0.1 * own)

    tensors = train(networks, supply, [Phase(critics, "critics.", "critic"), Phase(policy, "", "actor")], rate=0.05,
                    momentum=0.0, finish=finish)
    return Case(name, tensors, {"lr": 0.05, "discount": DISCOUNT, "tau": 0.1})


def cases(dtype):
    yield dqn("dqn", False, dtype)
    yield dqn("double", True, dtype)
    yield dqn("dueling", True, dtype)
    yield dqn("priority", True, dtype)
    yield policy("reinforce", dtype)
    yield policy("a2c", dtype)
    yield policy("ppo", dtype)
    yield recurrent("recurrent_a2c", dtype)
    yield sac("sac", dtype)
