"""The safetensors format: 8 bytes of header length, a JSON header, then the raw little-endian tensors."""
import json
import numpy as np

DTYPES = {"F64": "<f8", "F32": "<f4", "I64": "<i8", "I32": "<i4", "U8": "|u1", "BOOL": "|b1"}
NAMES = {np.dtype(code): name for name, code in DTYPES.items()}


def write(path, tensors, metadata):
    """Writes arrays by name and a dictionary of strings; the bytes depend on nothing but the arguments."""
    header, blocks, offset = {"__metadata__": dict(sorted(metadata.items()))}, [], 0
    for name, array in sorted(tensors.items(), key=lambda item: (-item[1].dtype.itemsize, item[0])):
        block = np.ascontiguousarray(array).tobytes()
        header[name] = {"dtype": NAMES[array.dtype], "shape": list(array.shape),
                        "data_offsets": [offset, offset + len(block)]}
        blocks.append(block)
        offset += len(block)
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)  # the data starts aligned
    with open(path, "wb") as file:
        file.write(len(text).to_bytes(8, "little") + text + b"".join(blocks))


def read(path):
    """Returns (arrays by name, metadata)."""
    data = open(path, "rb").read()
    start = 8 + int.from_bytes(data[:8], "little")
    header = json.loads(data[8:start])
    metadata = header.pop("__metadata__", {})
    slices = {name: (entry, data[start + entry["data_offsets"][0]:start + entry["data_offsets"][1]])
              for name, entry in header.items()}
    return {name: np.frombuffer(block, DTYPES[entry["dtype"]]).reshape(entry["shape"])
            for name, (entry, block) in slices.items()}, metadata
