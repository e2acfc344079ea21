"""SARSA and its relatives beside a cliff (Sutton and Barto 2018, example 6.6), many agents at once: python3 cliff.py AGENTS"""
import sys
import numpy as np

H, W = 4, 12
START, GOAL = 36, 47

def run(rule, agents, episodes=500, alpha=0.5, eps=0.1, gamma=1.0, seed=0):
    rng = np.random.default_rng(seed)
    q = np.zeros((agents, H * W, 4))
    returns = np.zeros((episodes, agents))
    at = np.arange(agents)
    def act(s):
        v = q[at, s]
        best = v == v.max(1, keepdims=True)
        greedy = (rng.random(v.shape) * best).argmax(1)
        return np.where(rng.random(agents) < eps, rng.integers(0, 4, agents), greedy)
    for e in range(episodes):
        s = np.full(agents, START)
        a = act(s)
        live = np.ones(agents, bool)
        while live.any():
            r_, c_ = s // W, s % W
            nr = np.clip(r_ + np.array([-1, 1, 0, 0])[a], 0, H - 1)
            nc = np.clip(c_ + np.array([0, 0, -1, 1])[a], 0, W - 1)
            n = nr * W + nc
            fall = (nr == 3) & (nc > 0) & (nc < 11)
            reward = np.where(fall, -100, -1)
            n = np.where(fall, START, n)
            end = n == GOAL
            na = act(n)
            v = q[at, n]
            if rule == "q":
                target = v.max(1)
            elif rule == "sarsa":
                target = v[at, na]
            else:
                best = v == v.max(1, keepdims=True)
                p = eps / 4 + (1 - eps) * best / best.sum(1, keepdims=True)
                target = (p * v).sum(1)
            target = reward + gamma * target * ~end
            d = alpha * (target - q[at, s, a]) * live
            q[at, s, a] += d
            returns[e] += reward * live
            live &= ~end
            s, a = np.where(live, n, s), np.where(live, na, a)
    return returns[400:].mean()

for rule in ("q", "sarsa", "expected"):
    print(rule, round(run(rule, int(sys.argv[1])), 2), flush=True)
