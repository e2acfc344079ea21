namespace TorchSharp.Utils;

/// <summary>Non-negative integers in as few bytes as they need: seven bits each, lowest first.</summary>
internal static class LEB128Codec
{
    public static void Encode(this BinaryWriter writer, long value)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(value);
        writer.Write7BitEncodedInt64(value);
    }

    /// <exception cref="InvalidDataException">The bytes are not such a number.</exception>
    public static long Decode(this BinaryReader reader)
    {
        try
        {
            var value = reader.Read7BitEncodedInt64();
            return value >= 0 ? value : throw new InvalidDataException($"A size cannot be {value}.");
        }
        catch (FormatException error)
        {
            throw new InvalidDataException("The bytes are not a number in LEB128.", error);
        }
    }
}
