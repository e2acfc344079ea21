"""The random numbers of a step, as the runtime draws them: a generator of its own for each run, purpose and step, seeded by
SplitMix64 over the seed, the 64-bit FNV-1a hash of the purpose's UTF-16 code units, and the step."""
import torch

WORD = (1 << 64) - 1
INCREMENT = 0x9E3779B97F4A7C15


def mix(value):
    value = (value ^ value >> 30) * 0xBF58476D1CE4E5B9 & WORD
    value = (value ^ value >> 27) * 0x94D049BB133111EB & WORD
    return value ^ value >> 31


def fnv(text):
    found = 0xCBF29CE484222325
    for byte in text.encode("utf-16-le"):
        found = (found ^ byte) * 0x100000001B3 & WORD
    return found


def seed_of(seed, purpose, step):
    state = mix(seed + INCREMENT & WORD)
    state = mix((state ^ fnv(purpose)) + INCREMENT & WORD)
    return mix((state ^ step) + INCREMENT & WORD)


def generator(seed, purpose, step):
    # torch's generator reads the low 32 bits alone.
    return torch.Generator().manual_seed(seed_of(seed, purpose, step) & 0xFFFFFFFF)


def noise(source, *shape, dtype):
    """Standard normal numbers, drawn in single precision whatever the dtype."""
    return torch.empty(*shape, dtype=torch.float32).normal_(generator=source).to(dtype)
