"""Training on labels of which some are wrong. Names of the steps as in `steps.py`; objectives as in `losses.py`.

generalized   mean (1 - p[y]^q)/q  (1805.07836, equation 6)
symmetric     a CE - b A (1 - p[y]): the reverse cross-entropy -sum p log onehot(y) with log 0 = A  (1908.06112)
forward       -mean log (T' p)[y];  backward  mean (T^-1 l)[y] with l[j] = -log p[j]  (1609.03683, theorems 1 and 2)

reweight      w = max(0, -d L_clean(theta - grad sum e l)/d e) at e = 0, over its sum; then sum w l  (1803.09050, algorithm 1).
              `value.weights`, `value.counted` = 1/sum w^2
mlnt          CE + 2 (1/M) sum_m mean KL(p_t || p(theta - a grad CE(y_m))), second order; y_m: the label of a neighbour by the
              teacher's logits for some; the teacher is an average with decay min(1 - 1/(k + 1), 0.9) after update k  (1812.05214)
cleaner       v = sum a_i f_i over sets of 3 samples of a class, a = softmax(g(f_1, f_2, f_3)); CE of v by the last layer (Zhang,
              Wang and Qiao 2019, section 3). `value.counted` = mean of 1/sum a^2 over sets
co_teaching   two networks; of 7 samples each trains on the int((1 - 0.4 min(1, s/2)) 7) that the other has the least CE of, in step
              s, by their mean (1804.06872, algorithm 1)
weight_net    theta' = theta - a grad mean V(l) l; V descends L_clean(theta'); then mean V(l) l with the new V, held constant
              (1902.07379, equations 3 to 5; l read by V is held constant). The descents are `weighting` and `main`.
"""
import torch
import torch.nn.functional as F
from torch import nn

from case import Case, assert_close, normal
from losses import BATCH, CLASSES, case, log_p, own, reduce
from steps import Phase, Terms, seed, train

INNER = 0.5


def symmetric_transition(rate, dtype):
    return torch.full((CLASSES, CLASSES), rate / (CLASSES - 1), dtype=dtype).fill_diagonal_(1 - rate)


def pairs(dtype):
    """Each class is taken for the next one, ever more often."""
    t = torch.zeros(CLASSES, CLASSES, dtype=torch.float64)
    for i in range(CLASSES):
        t[i, i], t[i, (i + 1) % CLASSES] = 1 - 0.04 * i, 0.04 * i
    return t.to(dtype)


def symmetric(x, y, alpha, beta, zero):
    p = x.softmax(1)
    label = F.one_hot(y.clamp(min=0), CLASSES).to(x.dtype)
    reverse = -(p * torch.where(label == 1, torch.zeros_like(p), torch.full_like(p, zero))).sum(1)
    return reduce(-alpha * own(log_p(x), y) + beta * reverse, y)


def forward(x, y, t):
    return reduce(-own((x.softmax(1) @ t).log(), y), y)


def backward(x, y, t):
    losses = -log_p(x)
    return reduce((torch.linalg.inv(t)[y.clamp(min=0)] * losses).sum(1), y)


def class_cases(dtype):
    z, y = normal(BATCH, CLASSES, dtype=dtype, scale=2.0), torch.randint(0, CLASSES, (BATCH,))
    some = y.clone()
    some[0] = some[4] = -100
    for suffix, labels in (("", y), ("_some", some)):
        for q in (0.7, 0.2):
            yield case(f"generalized_{q:g}{suffix}", z, {"GeneralizedCrossEntropy":
                       lambda x: reduce((1 - own(x.softmax(1), labels) ** q) / q, labels)}, {"GeneralizedCrossEntropyQ": q},
                       labels=labels)
        yield case(f"generalized_1{suffix}", z, {"GeneralizedCrossEntropy":
                   lambda x: reduce((x.softmax(1) - F.one_hot(labels.clamp(min=0), CLASSES)).abs().sum(1) / 2, labels)},
                   {"GeneralizedCrossEntropyQ": 1.0}, labels=labels)
        for alpha, beta, zero in ((0.1, 1.0, -9.210340371976182), (1.0, 0.5, -4.0)):
            yield case(f"symmetric_{alpha:g}{suffix}", z,
                       {"SymmetricCrossEntropy": lambda x: symmetric(x, labels, alpha, beta, zero)},
                       {"SymmetricCrossEntropyAlpha": alpha, "SymmetricCrossEntropyBeta": beta,
                        "SymmetricCrossEntropyLogarithmOfZero": zero}, labels=labels)
        for name, t in (("even", symmetric_transition(0.4, dtype)), ("pairs", pairs(dtype))):
            yield case(f"forward_{name}{suffix}", z, {"ForwardCorrection": lambda x: forward(x, labels, t.to(x.dtype))},
                       labels=labels, transition=t)
            yield case(f"backward_{name}{suffix}", z, {"BackwardCorrection": lambda x: backward(x, labels, t.to(x.dtype))},
                       labels=labels, transition=t)


def network():
    """[N, 6] -> [N, 4]."""
    return nn.Sequential(nn.Linear(6, 8), nn.Tanh(), nn.Linear(8, 4))


def predict(parameters, x):
    """The network at other parameters."""
    w, b, v, c = parameters
    return (x @ w.T + b).tanh() @ v.T + c


def supply(dtype):
    def batch(step):
        return {"input": normal(7, 6, dtype=dtype), "label": torch.randint(0, 4, (7,)),
                "clean_input": normal(5, 6, dtype=dtype), "clean_label": torch.randint(0, 4, (5,))}, {}
    return batch


def rows(z, y):
    return F.cross_entropy(z, y, reduction="none")


def reweight(dtype):
    seed("reweight")

    def terms(networks, step, batch, draw, stop):
        theta = list(networks[""].parameters())
        assert_close(predict(theta, batch["input"]).detach(), networks[""](batch["input"]).detach(), "the network")
        shares = torch.zeros(7, dtype=dtype, requires_grad=True)
        inner = (shares * rows(predict(theta, batch["input"]), batch["label"])).sum()
        slopes = torch.autograd.grad(inner, theta, create_graph=True)
        clean = F.cross_entropy(predict([t - s for t, s in zip(theta, slopes)], batch["clean_input"]), batch["clean_label"])
        w = (-torch.autograd.grad(clean, shares)[0]).clamp(min=0)
        assert 2 <= (w > 0).sum() < 7, w
        w = stop(w / w.sum())
        loss = (w * rows(networks[""](batch["input"]), batch["label"])).sum()
        return Terms({"crossEntropy": loss}, {"crossEntropy": 1.0}, {"weights": w, "counted": 1 / (w ** 2).sum()})

    return Case("reweight", train({"": network().to(dtype)}, supply(dtype), [Phase(terms)]), {"lr": 0.1, "momentum": 0.9})


def weight_net(dtype, rate=INNER, name="weight_net"):
    seed(name)
    networks = {"model.": network().to(dtype),
                "weighting.": nn.Sequential(nn.Linear(1, 5), nn.Tanh(), nn.Linear(5, 1), nn.Sigmoid()).to(dtype)}

    def weigh(networks, losses):
        return networks["weighting."](losses.detach()[:, None])[:, 0]

    def weighting(networks, step, batch, draw, stop):
        theta = list(networks["model."].parameters())
        losses = rows(predict(theta, batch["input"]), batch["label"])
        inner = (weigh(networks, losses) * losses).sum() / 7
        slopes = torch.autograd.grad(inner, theta, create_graph=True)
        z = predict([t - rate * s for t, s in zip(theta, slopes)], batch["clean_input"])
        return Terms({"clean": F.cross_entropy(z, batch["clean_label"])}, {"clean": 1.0})

    def main(networks, step, batch, draw, stop):
        losses = rows(networks["model."](batch["input"]), batch["label"])
        w = stop(weigh(networks, losses))
        return Terms({"crossentropy": (w * losses).mean()}, {"crossentropy": 1.0}, {"weights": w})

    phases = [Phase(weighting, "weighting.", "weighting"), Phase(main, "model.", "main")]
    return Case(name, train(networks, supply(dtype), phases), {"lr": 0.1, "momentum": 0.9, "inner.lr": rate})


def cleaner(dtype):
    seed("cleaner")
    net = nn.Sequential(nn.Linear(6, 8), nn.Tanh(), nn.Identity(), nn.Linear(8, 4))  # a tag is a place of its own
    both = nn.ModuleDict({"model": net, "weighting": nn.Sequential(nn.Linear(24, 5), nn.Tanh(), nn.Linear(5, 3))})

    def batch(step):
        return {"input": normal(12, 6, dtype=dtype), "label": torch.randint(0, 4, (4,)).repeat_interleave(3)}, {}

    def terms(networks, step, batch, draw, stop):
        body, last = networks[""]["model"][:2], networks[""]["model"][3]
        features, total, counted = body(batch["input"]), 0, 0
        for i in range(0, 12, 3):
            own = features[i:i + 3]
            importance = networks[""]["weighting"](torch.cat([own[0], own[1], own[2]])[None])[0]
            share = importance.exp() / importance.exp().sum()
            clean = share[0] * own[0] + share[1] * own[1] + share[2] * own[2]
            total = total - log_p(last(clean)[None])[0, batch["label"][i]] / 4
            counted = counted + 1 / (share ** 2).sum() / 4
        return Terms({"crossEntropy": total}, {"crossEntropy": 1.0}, {"counted": counted})

    return Case("cleaner", train({"": both.to(dtype)}, batch, [Phase(terms)]), {"lr": 0.1, "momentum": 0.9, "subset": 3})


def co_teaching(dtype):
    seed("co_teaching")
    both = nn.ModuleDict({"model": network(), "peer": network()})

    def batch(step):
        given, _ = supply(dtype)(step)
        return {"input": given["input"], "label": given["label"]}, {}

    def terms(networks, step, batch, draw, stop):
        count = int((1 - 0.4 * min(1, step / 2)) * 7)
        losses = {name: rows(networks[""][name](batch["input"]), batch["label"]) for name in ("model", "peer")}
        for own in losses.values():
            assert own.sort().values.diff().min() > 1e-4, "two losses are equal"
        easy = {name: sorted(range(7), key=lambda i: own[i].item())[:count] for name, own in losses.items()}
        assert count == 7 or set(easy["model"]) != set(easy["peer"]), "both choose alike"
        found = {"crossEntropy": losses["model"][easy["peer"]].mean(), "peer": losses["peer"][easy["model"]].mean()}
        return Terms(found, {"crossEntropy": 1.0, "peer": 1.0})

    return Case("co_teaching", train({"": both.to(dtype)}, batch, [Phase(terms)]), {"lr": 0.1, "momentum": 0.9})


def mlnt(dtype):
    seed("mlnt")
    net, teacher = network().to(dtype), network().to(dtype).requires_grad_(False)
    near = 3

    def batch(step):
        given, _ = supply(dtype)(step)
        return ({"input": given["input"], "label": given["label"]},
                {"mlnt_made": torch.rand(7, 2) < 0.5, "mlnt_neighbor": torch.randint(0, near, (7, 2))})

    def terms(networks, step, batch, draw, stop):
        x, y = batch["input"], batch["label"]
        theta = list(networks[""].parameters())
        said = teacher(x)
        apart = ((said[:, None] - said[None]) ** 2).sum(2).fill_diagonal_(float("inf"))
        order = apart.argsort(1)
        target, total = said.softmax(1), 0
        for m in range(2):
            others = y[order[torch.arange(7), draw["mlnt_neighbor"][:, m]]]
            labels = torch.where(draw["mlnt_made"][:, m], others, y)
            slopes = torch.autograd.grad(F.cross_entropy(predict(theta, x), labels), theta, create_graph=True)
            after = predict([t - INNER * s for t, s in zip(theta, slopes)], x)
            total = total + (target * (target.log() - log_p(after))).sum(1).mean() / 2
        return Terms({"crossEntropy": F.cross_entropy(networks[""](x), y), "consistency": total},
                     {"crossEntropy": 1.0, "consistency": 2.0})

    def finish(step, batch, values):
        decay = min(1 - 1 / (step + 2), 0.9)
        with torch.no_grad():
            for a, b in zip(teacher.parameters(), net.parameters()):
                a.mul_(decay).add_((1 - decay) * b)

    tensors = train({"": net, "teacher.": teacher}, batch, [Phase(terms)], finish=finish)
    return Case("mlnt", tensors, {"lr": 0.1, "momentum": 0.9, "inner.lr": INNER})


def cases(dtype):
    yield from class_cases(dtype)
    yield reweight(dtype)
    yield weight_net(dtype)
    yield weight_net(dtype, 0.1, "weight_net_at_rate")
    yield mlnt(dtype)
    yield cleaner(dtype)
    yield co_teaching(dtype)
