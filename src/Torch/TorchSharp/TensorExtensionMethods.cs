using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace TorchSharp;

/// <summary>Reading single elements, and TorchSharp's file format of one tensor.</summary>
public static class TensorExtensionMethods
{
    private const int StreamBuffer = 1 << 16;

    /// <summary>A parameter in place of the tensor, whose handle it takes.</summary>
    public static Parameter AsParameter(this Tensor tensor) => new(tensor);

    /// <summary>The element of a tensor that has one, in half precision.</summary>
    public static Half ToHalf(this Tensor value) => Element(value).ToHalf();

    /// <summary>The element of a tensor that has one, in single precision.</summary>
    public static float ToSingle(this Tensor value) => Element(value).ToSingle();

    /// <summary>The element of a tensor that has one, in double precision.</summary>
    public static double ToDouble(this Tensor value) => Element(value).ToDouble();

    /// <summary>The element of a tensor that has one, as an integer.</summary>
    /// <exception cref="OverflowException">The number does not fit.</exception>
    public static sbyte ToSByte(this Tensor value) => Element(value).ToSByte();

    /// <summary>The element of a tensor that has one, as an integer.</summary>
    /// <exception cref="OverflowException">The number does not fit.</exception>
    public static byte ToByte(this Tensor value) => Element(value).ToByte();

    /// <summary>The element of a tensor that has one, as an integer.</summary>
    /// <exception cref="OverflowException">The number does not fit.</exception>
    public static short ToInt16(this Tensor value) => Element(value).ToInt16();

    /// <summary>The element of a tensor that has one, as an integer.</summary>
    /// <exception cref="OverflowException">The number does not fit.</exception>
    public static int ToInt32(this Tensor value) => Element(value).ToInt32();

    /// <summary>The element of a tensor that has one, as an integer.</summary>
    public static long ToInt64(this Tensor value) => Element(value).ToInt64();

    /// <summary>Whether the element of a tensor that has one differs from zero.</summary>
    public static bool ToBoolean(this Tensor value) => Element(value).ToBoolean();

    /// <summary>The number of elements of a shape.</summary>
    public static long TotalSize(this IEnumerable<long> shape) => shape.Aggregate(1L, (product, size) => checked(product * size));

    /// <summary>The bytes of one element.</summary>
    /// <exception cref="NotSupportedException">The type is unknown.</exception>
    public static int ElementSize(this ScalarType type) => type switch
    {
        ScalarType.Byte or ScalarType.Int8 or ScalarType.Bool => 1,
        ScalarType.Int16 or ScalarType.Float16 or ScalarType.BFloat16 => 2,
        ScalarType.Int32 or ScalarType.Float32 => 4,
        ScalarType.Int64 or ScalarType.Float64 or ScalarType.ComplexFloat32 => 8,
        ScalarType.ComplexFloat64 => 16,
        _ => throw new NotSupportedException($"The size of an element of type {type} is unknown."),
    };

    /// <summary>Writes type, shape and elements in TorchSharp's format.</summary>
    public static void Save(this Tensor tensor, BinaryWriter writer)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        ArgumentNullException.ThrowIfNull(writer);
        using var scope = NewDisposeScope();
        using var unrecorded = no_grad();
        var plain = tensor.cpu().contiguous();
        writer.Encode((long)plain.dtype);
        writer.Encode(plain.dim());
        foreach (var size in plain.shape)
        {
            writer.Encode(size);
        }

        writer.Flush();
        plain.WriteBytesToStream(writer.BaseStream, StreamBuffer);
    }

    /// <summary>Writes type, shape and elements in TorchSharp's format, and closes the stream.</summary>
    public static void Save(this Tensor tensor, Stream stream)
    {
        using var writer = new BinaryWriter(stream);
        tensor.Save(writer);
    }

    /// <summary>Writes type, shape and elements to a file in TorchSharp's format.</summary>
    public static void Save(this Tensor tensor, string location)
    {
        using var stream = File.Create(location);
        tensor.Save(stream);
    }

    /// <summary>Replaces the elements by those of a tensor in TorchSharp's format.</summary>
    /// <param name="tensor">What is replaced.</param>
    /// <param name="reader">Where from.</param>
    /// <param name="skip">Whether the tensor in the stream is passed over instead.</param>
    /// <exception cref="ArgumentException">Type or shape differ.</exception>
    public static void Load(this Tensor tensor, BinaryReader reader, bool skip = false)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        using var scope = NewDisposeScope();
        using var unrecorded = no_grad();
        var (type, shape) = ReadHeader(reader);
        if (!skip && type != tensor.dtype)
        {
            throw new ArgumentException(
                $"Mismatched tensor data types while loading: {tensor.dtype} is expected, the stream has {type}. " +
                "Make sure that the model you are loading into is exactly the same as the origin.");
        }

        if (!skip && !shape.AsSpan().SequenceEqual(tensor.shape))
        {
            throw new ArgumentException(
                $"Mismatched tensor shape while loading: [{string.Join(", ", tensor.shape)}] is expected, " +
                $"the stream has [{string.Join(", ", shape)}]. " +
                "Make sure that the model you are loading into is exactly the same as the origin.");
        }

        var read = ReadElements(reader, type, shape);
        if (!skip)
        {
            tensor.copy_(read);
        }
    }

    /// <summary>A tensor in TorchSharp's format.</summary>
    /// <param name="reader">Where from.</param>
    /// <param name="skip">Whether the tensor is passed over; what is returned is empty then.</param>
    public static Tensor Load(BinaryReader reader, bool skip = false)
    {
        var (type, shape) = ReadHeader(reader);
        var read = ReadElements(reader, type, shape);
        if (!skip)
        {
            return read;
        }

        read.Dispose();
        return empty(0L, type);
    }

    private static Scalar Element(Tensor value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return value.ToScalar();
    }

    private static (ScalarType Type, long[] Shape) ReadHeader(BinaryReader reader)
    {
        ArgumentNullException.ThrowIfNull(reader);
        var code = reader.Decode();
        if (code is < 0 or > sbyte.MaxValue || !Enum.IsDefined((ScalarType)code))
        {
            throw new InvalidDataException($"{code} is not the code of an element type.");
        }

        var dimensions = reader.Decode();
        if (dimensions is < 0 or > 64)
        {
            throw new InvalidDataException($"A tensor cannot have {dimensions} dimensions.");
        }

        var shape = new long[dimensions];
        for (var i = 0; i < shape.Length; i++)
        {
            shape[i] = reader.Decode();
        }

        return ((ScalarType)code, shape);
    }

    private static Tensor ReadElements(BinaryReader reader, ScalarType type, long[] shape)
    {
        var stream = reader.BaseStream;
        var needed = checked(shape.TotalSize() * type.ElementSize());
        if (stream.CanSeek && needed > stream.Length - stream.Position)
        {
            throw new EndOfStreamException(
                $"A tensor of {needed} bytes follows, but the stream has {stream.Length - stream.Position}.");
        }

        var read = empty(shape, type);
        read.ReadBytesFromStream(stream, StreamBuffer);
        return read;
    }
}
