#!/usr/bin/env python3
"""Images of every kind that is read, drawn by formulas, and what Pillow makes of them; needs Pillow and numpy, no torch.

    python3 tests/goldens/images.py          # writes data/images/pillow.safetensors

For each image: its file as bytes, `<image>`, and results [C, H, W], `<image>/<channels>/<mode>/<height>x<width>`.
Crop is torchvision's Resize of the shorter side (for other shapes than squares: until the image covers the size) and
CenterCrop; pad is ImageOps.pad; all are BILINEAR, which averages where images shrink.
"""
import io
import pathlib

import numpy as np

import safetensors

SIZES = {"color.png": [(24, 24), (16, 40)], "color.jpg": [(24, 24), (90, 60)]}


def drawing(height, width, channels, seed):
    """Waves and noise, so that neither a shift nor a turn nor an exchange of channels goes unnoticed."""
    y, x, c = np.meshgrid(np.arange(height), np.arange(width), np.arange(channels), indexing="ij")
    noise = np.random.RandomState(seed).randint(-40, 41, (height, width, channels))
    waves = 128 + 60 * np.sin(x / (3 + c)) + 50 * np.cos(y / 5 + c) + x - y / 2 + noise
    return np.clip(waves, 0, 255).astype(np.uint8)


def files():
    from PIL import Image

    color, grey = drawing(53, 37, 3, 1), drawing(37, 53, 1, 2)[:, :, 0]
    opacity = drawing(53, 37, 1, 3)
    images = {
        "color.png": Image.fromarray(color),
        "grey.png": Image.fromarray(grey),
        "palette.png": Image.fromarray(color).quantize(32),
        "transparent.png": Image.fromarray(np.concatenate([color, opacity], 2)),
        "two_tones.png": Image.fromarray(grey > 128),
        "deep.png": Image.fromarray(grey.astype(np.uint16) * 257),
    }
    encoded = {name: encode(image, "PNG") for name, image in images.items()}
    smooth = Image.fromarray(drawing(53, 37, 3, 4)).resize((74, 106), Image.BICUBIC)
    encoded["color.jpg"] = encode(smooth, "JPEG", quality=90)
    encoded["grey.jpg"] = encode(smooth.convert("L"), "JPEG", quality=90)
    for orientation in range(2, 9):
        exif = Image.Exif()
        exif[0x0112] = orientation
        encoded[f"turned{orientation}.jpg"] = encode(smooth.resize((37, 53)), "JPEG", quality=95, subsampling=0, exif=exif)
    return encoded


def encode(image, kind, **options):
    stream = io.BytesIO()
    image.save(stream, kind, **options)
    return stream.getvalue()


def upright(content):
    """The image as colours on black, turned as its EXIF orientation says."""
    from PIL import Image, ImageOps

    image = ImageOps.exif_transpose(Image.open(io.BytesIO(content)))
    if image.mode.startswith("I"):  # 16 bits; Pillow's own conversion cuts what is above 255
        return Image.fromarray((np.asarray(image) >> 8).astype(np.uint8)).convert("RGB")
    if image.mode == "RGBA":
        ground = Image.new("RGB", image.size)
        ground.paste(image, mask=image.getchannel("A"))
        return ground
    return image.convert("RGB")


def scaled(image, mode, height, width):
    from PIL import Image, ImageOps

    if mode == "stretch":
        return image.resize((width, height), Image.BILINEAR)
    if mode == "pad":
        return ImageOps.pad(image, (width, height), Image.BILINEAR)
    w, h = image.size
    size = (w * height // h, height) if w * height > h * width else (width, h * width // w)
    image = image.resize(size, Image.BILINEAR)
    left, top = round((size[0] - width) / 2), round((size[1] - height) / 2)
    return image.crop((left, top, left + width, top + height))


def planes(image):
    array = np.asarray(image)
    return array[None] if array.ndim == 2 else array.transpose(2, 0, 1)


def main():
    tensors = {}
    for name, content in files().items():
        tensors[name] = np.frombuffer(content, np.uint8)
        image = upright(content)
        for channels, own in ((3, image), (1, image.convert("L"))):
            if channels == 1 and name.startswith("turned"):
                continue
            tensors[f"{name}/{channels}/none/{own.height}x{own.width}"] = planes(own)
            for mode in () if name.startswith("turned") else ("stretch", "crop", "pad"):
                for height, width in SIZES.get(name, [(24, 24)]):
                    tensors[f"{name}/{channels}/{mode}/{height}x{width}"] = planes(scaled(own, mode, height, width))
    path = pathlib.Path(__file__).parent / "data" / "images" / "pillow.safetensors"
    path.parent.mkdir(exist_ok=True)
    safetensors.write(path, tensors, {})
    print(f"{path}: {path.stat().st_size} bytes")


if __name__ == "__main__":
    main()
