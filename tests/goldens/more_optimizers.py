"""Ten optimizer steps on four tensors [6, 5], [6], [3, 6], [3], with given gradients.

adam with amsgrad    v̂ is replaced by the largest v so far (1904.09237, algorithm 2; the correction as in torch)
rmsprop   v ← αv + (1-α)g²; centered: v - (mean of g)²; p ← p - η g/(√v + ε), with momentum b ← μb + g/(√v + ε), p ← p - ηb
adagrad   s ← s + g²; p ← p - η/(1 + (t-1)·decay)·g/(√s + ε)
          Both are torch.optim's own: torch is the reference.
lars      ratio = c‖p‖/(‖g‖ + λ‖p‖ + ε);  v ← μv + η·ratio·(g + λp), p ← p - v   (1708.03888, algorithm 1)
          or with the rate outside of the buffer, v ← μv + ratio·(g + λp), p ← p - ηv: then torch's SGD on ratio·(g + λp).
lamb      u = m̂/(√v̂ + ε) + λp;  p ← p - η‖p‖/‖u‖·u   (1904.00962, algorithm 2, φ the identity); without correction m̂ = m, v̂ = v
          In both, vectors have neither decay nor ratio unless a case says so. A ratio is 1 where a norm is 0.

The learning rate falls from step to step, so that the two forms of LARS differ.
"""
import torch

from case import Case, assert_close, normal

STEPS = 10
SHAPES = {"0.weight": (6, 5), "0.bias": (6,), "2.weight": (3, 6), "2.bias": (3,)}


def rate(lr, step):
    return lr * (1 - 0.08 * step)


class Lars:
    def __init__(self, lr, momentum=0.9, coefficient=1e-3, eps=1e-8, weight_decay=0.0, inside=True, adapt_vectors=False):
        self.lr, self.momentum, self.coefficient, self.eps = lr, momentum, coefficient, eps
        self.weight_decay, self.inside, self.adapt_vectors = weight_decay, inside, adapt_vectors
        self.buffers = {}

    def step(self, number, key, p, g):
        lr = rate(self.lr, number)
        decay = self.weight_decay if p.ndim >= 2 else 0.0
        ratio = 1.0
        if p.ndim >= 2 or self.adapt_vectors:
            size, slope = p.square().sum().sqrt(), g.square().sum().sqrt()
            if size > 0 and slope > 0:
                ratio = self.coefficient * size / (slope + decay * size + self.eps)
        direction = ratio * (g + decay * p)
        buffer = self.momentum * self.buffers.get(key, torch.zeros_like(p)) + (lr * direction if self.inside else direction)
        self.buffers[key] = buffer
        return p - (buffer if self.inside else lr * buffer)


class Lamb:
    def __init__(self, lr, betas=(0.9, 0.999), eps=1e-6, weight_decay=0.01, correct=True):
        self.lr, self.betas, self.eps, self.weight_decay, self.correct = lr, betas, eps, weight_decay, correct
        self.moments = {}

    def step(self, number, key, p, g):
        b1, b2 = self.betas
        m, v = self.moments.get(key, (torch.zeros_like(p), torch.zeros_like(p)))
        m, v = b1 * m + (1 - b1) * g, b2 * v + (1 - b2) * g ** 2
        self.moments[key] = m, v
        t = number + 1
        if self.correct:
            m, v = m / (1 - b1 ** t), v / (1 - b2 ** t)
        u = m / (v.sqrt() + self.eps)
        if p.ndim < 2:
            return p - rate(self.lr, number) * u
        u = u + self.weight_decay * p
        size, length = p.square().sum().sqrt(), u.square().sum().sqrt()
        return p - rate(self.lr, number) * (size / length if size > 0 and length > 0 else 1.0) * u


class Torch:
    """An optimizer of torch.optim on one tensor at a time."""
    def __init__(self, kind, lr, **options):
        self.kind, self.lr, self.options, self.known = kind, lr, options, {}

    def step(self, number, key, p, g):
        if key not in self.known:
            parameter = torch.nn.Parameter(p.clone())
            self.known[key] = parameter, self.kind([parameter], self.lr, **self.options)
        parameter, optimizer = self.known[key]
        optimizer.param_groups[0]["lr"] = rate(self.lr, number)
        parameter.grad = g.clone()
        optimizer.step()
        return parameter.detach().clone()


class LarsOnSgd(Lars):
    """The form with the rate outside, by torch's SGD on the scaled gradient."""
    def __init__(self, lr, **options):
        super().__init__(lr, **options)
        self.sgd = Torch(torch.optim.SGD, lr, momentum=self.momentum)

    def step(self, number, key, p, g):
        decay = self.weight_decay if p.ndim >= 2 else 0.0
        ratio = self.coefficient * p.norm() / (g.norm() + decay * p.norm() + self.eps) if p.ndim >= 2 else 1.0
        return self.sgd.step(number, key, p, ratio * (g + decay * p))


def steps_case(name, optimizer, settings, dtype, check=None):
    values = {key: normal(*shape, dtype=dtype) for key, shape in SHAPES.items()}
    tensors = {f"initial.{key}": value for key, value in values.items()}
    for number in range(STEPS):
        for key in values:
            gradient = normal(*SHAPES[key], dtype=dtype)
            tensors[f"step{number}.gradient.{key}"] = gradient
            before, values[key] = values[key], optimizer.step(number, key, values[key], gradient)
            if check is not None:
                assert_close(values[key], check.step(number, key, before, gradient), name)
            tensors[f"step{number}.after.{key}"] = values[key]
    return Case(name, tensors, settings)


def cases(dtype):
    def case(name, kind, lr, **options):
        settings = {"lr": lr, **{key: value for key, value in options.items() if key != "betas"}}
        return steps_case(name, Torch(kind, lr, **options), settings, dtype)

    optim = torch.optim
    yield case("adam_amsgrad", optim.Adam, 0.05, betas=(0.5, 0.6), amsgrad=True)
    yield case("adamw_amsgrad", optim.AdamW, 0.05, betas=(0.5, 0.6), amsgrad=True, weight_decay=0.05)
    yield case("rmsprop", optim.RMSprop, 0.05)
    yield case("rmsprop_centered", optim.RMSprop, 0.05, alpha=0.9, centered=True)
    yield case("rmsprop_momentum_weight_decay", optim.RMSprop, 0.05, alpha=0.9, momentum=0.9, weight_decay=0.05, eps=1e-3)
    yield case("rmsprop_centered_momentum", optim.RMSprop, 0.05, alpha=0.8, momentum=0.5, centered=True)
    yield case("adagrad", optim.Adagrad, 0.05)
    yield case("adagrad_decay", optim.Adagrad, 0.05, lr_decay=0.1, weight_decay=0.05, initial_accumulator_value=0.5, eps=1e-3)
    yield steps_case("lars", Lars(4.0, weight_decay=0.1), {"lr": 4.0, "weight_decay": 0.1}, dtype)
    yield steps_case("lars_unscaled", Lars(4.0, weight_decay=0.1, inside=False), {"lr": 4.0, "weight_decay": 0.1}, dtype,
                     LarsOnSgd(4.0, weight_decay=0.1))
    yield steps_case("lars_adapt_vectors", Lars(4.0, coefficient=0.02, eps=0.0, adapt_vectors=True),
                     {"lr": 4.0, "trust_coefficient": 0.02}, dtype)
    yield steps_case("lamb", Lamb(0.05), {"lr": 0.05}, dtype)
    yield steps_case("lamb_uncorrected", Lamb(0.05, betas=(0.8, 0.95), weight_decay=0.1, correct=False),
                     {"lr": 0.05, "weight_decay": 0.1}, dtype)
