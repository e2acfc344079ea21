"""Packs the digits that scikit-learn ships into the two IDX files beside this script.

usage: python3 pack.py [digits.csv.gz]
"""
import gzip
import pathlib
import struct
import sys

DEFAULT = "/usr/lib/python3/dist-packages/sklearn/datasets/data/digits.csv.gz"
UNSIGNED_BYTE = 0x08


def write(path, sizes, values):
    header = struct.pack(">BBBB", 0, 0, UNSIGNED_BYTE, len(sizes)) + struct.pack(f">{len(sizes)}I", *sizes)
    # No name and no time in the gzip header: packing again gives the same bytes.
    with open(path, "wb") as file, gzip.GzipFile("", "wb", 9, file, 0) as packed:
        packed.write(header + bytes(values))


def main():
    with gzip.open(sys.argv[1] if len(sys.argv) > 1 else DEFAULT, "rt") as source:
        rows = [[int(float(value)) for value in line.split(",")] for line in source]
    assert all(len(row) == 65 and max(row[:64]) <= 16 and row[64] < 10 for row in rows)
    folder = pathlib.Path(__file__).parent
    write(folder / "digits-images.idx3-ubyte.gz", [len(rows), 8, 8], [value for row in rows for value in row[:64]])
    write(folder / "digits-labels.idx1-ubyte.gz", [len(rows)], [row[64] for row in rows])


main()
