"""Changes of tones, image by image and byte by byte: Pillow's ImageOps on 255 x, rounded to the nearest byte.

equalize   h counts the bytes of a channel, in all n = sum h. With s = floor((n - h[its brightest byte]) / 255), a byte b becomes
           min(255, floor((floor(s / 2) + sum of h[c] for c < b) / s)); the channel stays where s is 0
posterize  the first bits of each byte
solarize   1 - x where x is at least the threshold
stretch    auto-contrast: each channel from its darkest pixel at 0 to its brightest at 1
sharpen    blurred + f (x - blurred), cut to [0, 1]; blurred is the mean of 3 x 3 pixels, the middle one five times, but the border stays
"""
import torch
import torch.nn.functional as F

from case import Case, uniform


def bytes_of(image):
    return (image * 255).round().to(torch.int64)


def equalize(image):
    result = image.clone()
    for k, channel in enumerate(bytes_of(image)):
        histogram = [0] * 256
        for byte in channel.flatten().tolist():
            histogram[byte] += 1
        step = (sum(histogram) - histogram[int(channel.max())]) // 255
        if step == 0:
            continue
        table = [min(255, (step // 2 + sum(histogram[:byte])) // step) for byte in range(256)]
        result[k] = torch.tensor([[table[byte] for byte in row] for row in channel.tolist()], dtype=image.dtype) / 255
    return result


def posterize(image, bits):
    return (bytes_of(image) & ~(2 ** (8 - bits) - 1)).to(image.dtype) / 255


def solarize(image, threshold):
    return torch.where(image >= threshold, 1 - image, image)


def stretch(image):
    result = image.clone()
    for k, channel in enumerate(image):
        low, high = channel.min(), channel.max()
        if high > low:
            result[k] = (channel - low) / (high - low)
    return result


def blur(image):
    kernel = torch.tensor([[1, 1, 1], [1, 5, 1], [1, 1, 1]], dtype=image.dtype) / 13
    result = image.clone()
    result[:, 1:-1, 1:-1] = F.conv2d(image[:, None], kernel[None, None])[:, 0]
    return result


def sharpen(image, factor):
    blurred = blur(image)
    return (blurred + factor * (image - blurred)).clamp(0, 1)


def case(name, x, happens, function, **settings):
    output = torch.stack([function(image) if now else image for image, now in zip(x, happens.tolist())])
    return Case(name, {"input": x, "draws.happens": happens, "output": output}, settings)


def tones(shape, dtype):
    """All tones, a few dark ones, one alone, two alone; and what does not happen."""
    x = uniform(6, 2, *shape, dtype=dtype)
    x[1] = x[1] * 0.25 + 0.1
    x[2, 0] = 0.5
    x[3, 1] = torch.where(x[3, 1] < 0.3, 0.2, 0.8)
    x[4] = (x[4] ** 3)
    x = x.float().to(dtype)  # the same inputs in both precisions
    return x, torch.tensor([True, True, True, True, True, False])


def cases(dtype):
    # 24 x 23 pixels: a step of 2; 17 x 16: of 1, with more pixels than tones; 15 x 15: of 0, nothing changes.
    for height, width in ((24, 23), (17, 16), (15, 15)):
        x, happens = tones((height, width), dtype)
        yield case(f"equalize_{height}", x, happens, equalize)
    x, happens = tones((9, 7), dtype)
    for bits in (1, 4, 7):
        yield case(f"posterize_{bits}", x, happens, lambda image: posterize(image, bits), bits=bits)
    for threshold in (0.0, 0.5, 1.0):
        yield case(f"solarize_{int(10 * threshold)}", x, happens, lambda image: solarize(image, threshold), threshold=threshold)
    yield case("stretch", x, happens, stretch)
    for factor in (0.0, 0.4, 1.9):
        yield case(f"sharpen_{int(10 * factor)}", x, happens, lambda image: sharpen(image, factor), factor=factor)
