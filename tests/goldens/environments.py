"""Trajectories of environments, by their equations in plain Python; values of blackjack, by its probabilities.

The equations and constants are those of Gymnasium 0.29 (gymnasium/envs/classic_control/{cartpole,mountain_car,pendulum}.py,
toy_text/blackjack.py with sab=True), which themselves cite Barto, Sutton and Anderson 1983, Moore 1990, and Sutton and
Barto 2018.

`start` is the first state, `actions` [T] what is done, `states` [T, S] what follows, `rewards` [T], `terminated` [T] 0 or 1.
blackjack: `stick.k` is what a hand earns on average by drawing below k, `best` by the best policy.
gae: see reinforcement/GeneralizedAdvantage; two environments of six steps, the first cut behind its third, the other over there.
"""
import functools
import math

import numpy as np

from case import Case


def cart_pole(state, action):
    x, v, theta, omega = state
    force, m_pole, m_total, half = (10.0 if action == 1 else -10.0), 0.1, 1.1, 0.5
    cos, sin = math.cos(theta), math.sin(theta)
    temp = (force + m_pole * half * omega ** 2 * sin) / m_total
    alpha = (9.8 * sin - cos * temp) / (half * (4 / 3 - m_pole * cos ** 2 / m_total))
    a = temp - m_pole * half * alpha * cos / m_total
    state = (x + 0.02 * v, v + 0.02 * a, theta + 0.02 * omega, omega + 0.02 * alpha)
    return state, 1.0, abs(state[0]) > 2.4 or abs(state[2]) > 12 * math.pi / 180


def mountain_car(state, action):
    x, v = state
    v = min(max(v + 0.001 * (action - 1) - 0.0025 * math.cos(3 * x), -0.07), 0.07)
    x = min(max(x + v, -1.2), 0.6)
    if x == -1.2 and v < 0:
        v = 0.0
    return (x, v), -1.0, x >= 0.5


def pendulum(state, torque):
    theta, omega = state
    angle = math.atan2(math.sin(theta), math.cos(theta))
    cost = angle ** 2 + 0.1 * omega ** 2 + 0.001 * torque ** 2
    omega = min(max(omega + 0.05 * (15 * math.sin(theta) + 3 * torque), -8), 8)
    return (theta + 0.05 * omega, omega), -cost, False


def trajectory(step, start, actions, see=lambda state: state):
    state, states, rewards, ends = start, [], [], []
    for action in actions:
        state, reward, terminated = step(state, action)
        states.append(see(state))
        rewards.append(reward)
        ends.append(float(terminated))
        if terminated:
            break
    return {"start": np.array(start), "actions": np.array(actions[:len(states)], np.float64), "states": np.array(states),
            "rewards": np.array(rewards), "terminated": np.array(ends)}


CARDS = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 10, 10, 10]


def drawn(hard, ace, card):
    """(sum with aces of 1, whether there is an ace) after another card."""
    return hard + card, ace or card == 1


def score(hard, ace):
    return hard + 10 if ace and hard + 10 <= 21 else hard


@functools.lru_cache(None)
def dealt(hard, ace):
    """What the dealer ends with: {score: probability}, 0 for more than 21."""
    if score(hard, ace) >= 17:
        return {score(hard, ace) if score(hard, ace) <= 21 else 0: 1.0}
    total = {}
    for card in CARDS:
        for end, p in dealt(*drawn(hard, ace, card)).items():
            total[end] = total.get(end, 0) + p / 13
    return total


def stick(points, natural, shown):
    """What sticking earns against an open card."""
    value = 0.0
    for hidden in CARDS:
        dealer_natural = sorted((shown, hidden)) == [1, 10]
        if natural:
            value += (0.0 if dealer_natural else 1.0) / 13
            continue
        for end, p in dealt(*drawn(shown, shown == 1, hidden)).items():
            value += p / 13 * ((points > end) - (points < end))
    return value


def play(decide):
    """What a hand earns where decide(score, sticking, hitting) chooses between the values."""
    @functools.lru_cache(None)
    def value(hard, ace, natural, shown):
        points = score(hard, ace)
        if points > 21:
            return -1.0
        hitting = sum(value(*drawn(hard, ace, card), False, shown) for card in CARDS) / 13
        return decide(points, stick(points, natural, shown), hitting)

    return sum(value(a + b, 1 in (a, b), sorted((a, b)) == [1, 10], shown)
               for a in CARDS for b in CARDS for shown in CARDS) / 13 ** 3


def gae():
    rng = np.random.RandomState(3)
    rewards, values, following = rng.randn(2, 6), rng.randn(2, 6), rng.randn(2, 6)
    terminated, ended = np.zeros((2, 6)), np.zeros((2, 6))
    ended[:, 2] = 1
    terminated[1, 2] = 1
    tensors = {"rewards": rewards, "values": values, "following": following, "terminated": terminated, "ended": ended}
    for name, discount, decay in (("one", 0.9, 0.0), ("some", 0.9, 0.8), ("all", 0.99, 1.0)):
        # The sum of equation 16, term by term, up to the end of the episode or of what was seen.
        delta = rewards + discount * following * (1 - terminated) - values
        out = np.zeros((2, 6))
        for e in range(2):
            for t in range(6):
                last = 2 if t <= 2 else 5
                out[e, t] = sum((discount * decay) ** k * delta[e, t + k] for k in range(last - t + 1))
        tensors[name] = out
    return tensors


def cases(dtype):
    rng = np.random.RandomState(5)
    # Pushing after the pole holds it, but for one push in ten.
    pushes, state = [], (0.01, -0.02, 0.03, 0.04)
    for wrong in rng.rand(200) < 0.1:
        pushes.append(int((state[2] + 0.5 * state[3] > 0) != wrong))
        state = cart_pole(state, pushes[-1])[0]
    yield Case("cart-pole", trajectory(cart_pole, (0.01, -0.02, 0.03, 0.04), pushes), {})
    yield Case("cart-pole-left", trajectory(cart_pole, (0.0, 0.0, 0.0, 0.0), [0] * 20), {})
    # Driving with the velocity reaches the flag; driving left only meets the wall.
    swing, state = [], (-0.5, 0.0)
    for _ in range(200):
        swing.append(2 if state[1] >= 0 else 0)
        state = mountain_car(state, swing[-1])[0]
    yield Case("mountain-car", trajectory(mountain_car, (-0.5, 0.0), swing), {})
    yield Case("mountain-car-wall", trajectory(mountain_car, (-1.0, -0.05), [0] * 30), {})
    # Torques that are exact in float32.
    torques = np.round(rng.uniform(-2, 2, 120) * 64) / 64
    yield Case("pendulum", trajectory(pendulum, (2.5, 0.5), torques.tolist(),
                                      lambda s: (math.cos(s[0]), math.sin(s[0]), s[1])), {})
    values = {f"stick.{k}": np.array([play(lambda points, s, h: s if points >= k else h)]) for k in (17, 20)}
    values["best"] = np.array([play(lambda points, s, h: max(s, h))])
    yield Case("blackjack", values, {})
    yield Case("gae", gae(), {})
