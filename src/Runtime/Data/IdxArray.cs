using System.Buffers.Binary;

namespace Dsl.Runtime;

/// <summary>An array of an IDX file, the format of MNIST: a four-byte magic, big-endian sizes, then the elements.</summary>
/// <param name="Sizes">Size of each dimension, the number of samples first.</param>
/// <param name="Values">The elements in row-major order.</param>
internal sealed record IdxArray(long[] Sizes, float[] Values)
{
    private const byte UnsignedByte = 0x08;

    /// <summary>Reads an array.</summary>
    /// <param name="stream">The content, decompressed.</param>
    /// <param name="name">What errors call it.</param>
    /// <exception cref="InvalidDataException">The content is not IDX, is cut short or goes on after its end.</exception>
    public static IdxArray Read(Stream stream, string name)
    {
        Span<byte> magic = stackalloc byte[4];
        ReadExactly(stream, magic, name, "magic number");
        if (magic[0] != 0 || magic[1] != 0)
        {
            throw new InvalidDataException(
                $"{name} is not an IDX file: it starts with {Convert.ToHexString(magic)}, not with 0000.");
        }

        if (magic[2] != UnsignedByte)
        {
            throw new InvalidDataException(
                $"{name} holds elements of type 0x{magic[2]:X2}; only unsigned bytes (0x08) are read.");
        }

        if (magic[3] is 0 or > 4)
        {
            throw new InvalidDataException($"{name} has {magic[3]} dimensions; 1 to 4 are read.");
        }

        var sizes = new long[magic[3]];
        Span<byte> size = stackalloc byte[4];
        long count = 1;
        foreach (ref var dimension in sizes.AsSpan())
        {
            ReadExactly(stream, size, name, "sizes");
            dimension = BinaryPrimitives.ReadUInt32BigEndian(size);
            // Each factor is below 2^32: a product within the limit stays within it, and no step overflows.
            count *= dimension;
            if (count > Array.MaxLength)
            {
                throw new InvalidDataException($"{name} claims more elements than fit in memory.");
            }
        }

        return new IdxArray(sizes, ReadElements(stream, (int)count, name));
    }

    private static float[] ReadElements(Stream stream, int count, string name)
    {
        // Read in pieces: a damaged header that claims gigabytes then fails at the end of the file, not at the allocation.
        var values = new List<float>(Math.Min(count, 1 << 20));
        var buffer = new byte[1 << 16];
        while (values.Count < count)
        {
            var piece = buffer.AsSpan(0, Math.Min(buffer.Length, count - values.Count));
            ReadExactly(stream, piece, name, $"{count} elements");
            foreach (var element in piece)
            {
                values.Add(element);
            }
        }

        if (stream.ReadByte() >= 0)
        {
            throw new InvalidDataException($"{name} goes on after the {count} elements that its header claims.");
        }

        return [.. values];
    }

    private static void ReadExactly(Stream stream, Span<byte> buffer, string name, string what)
    {
        try
        {
            stream.ReadExactly(buffer);
        }
        catch (EndOfStreamException e)
        {
            throw new InvalidDataException($"{name} ends within its {what}: it is cut short or not an IDX file.", e);
        }
    }
}
