using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace Dsl.Torch;

/// <summary>What a <see cref="Value"/> holds; the codes of <c>dsl_tag</c> in the shim.</summary>
internal enum ValueTag
{
    /// <summary>Not given: the schema's default.</summary>
    Default,
    None,
    Tensor,
    Int,
    Double,
    Bool,
    IntList,
    DoubleList,
    BoolList,
    TensorList,
    OptionalTensorList,
    NumberList,
    ScalarType,
    Layout,
    MemoryFormat,
    Device,
    Generator,
    String,
}

/// <summary>One argument or result of an operator as it crosses into the shim: a tagged 16-byte union.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly struct Value
{
    public readonly ValueTag Tag;

    /// <summary>The number of elements of a list, the bytes of a string, the index of a device.</summary>
    public readonly int Length;

    /// <summary>An integer, the bits of a double, or a pointer.</summary>
    public readonly long Bits;

    private Value(ValueTag tag, int length, long bits)
    {
        Tag = tag;
        Length = length;
        Bits = bits;
    }

    public static Value None => new(ValueTag.None, 0, 0);

    public double Double => BitConverter.Int64BitsToDouble(Bits);

    public static Value Of(Tensor tensor) => new(ValueTag.Tensor, 0, tensor.Handle);

    public static Value OfOptional(Tensor? tensor) => tensor is null ? None : Of(tensor);

    public static Value Of(long value) => new(ValueTag.Int, 0, value);

    public static Value Of(long? value) => value is { } given ? Of(given) : None;

    public static Value Of(double value) => new(ValueTag.Double, 0, BitConverter.DoubleToInt64Bits(value));

    public static Value Of(double? value) => value is { } given ? Of(given) : None;

    public static Value Of(bool value) => new(ValueTag.Bool, 0, value ? 1 : 0);

    public static Value Of(bool? value) => value is { } given ? Of(given) : None;

    public static Value Of(Number value) => value.Value;

    public static Value Of(Number? value) => value is { } given ? given.Value : None;

    public static Value Of(ScalarType value) => new(ValueTag.ScalarType, 0, (long)value);

    public static Value Of(ScalarType? value) => value is { } given ? Of(given) : None;

    public static Value Of(Layout value) => new(ValueTag.Layout, 0, (long)value);

    public static Value Of(Layout? value) => value is { } given ? Of(given) : None;

    public static Value Of(MemoryFormat value) => new(ValueTag.MemoryFormat, 0, (long)value);

    public static Value Of(MemoryFormat? value) => value is { } given ? Of(given) : None;

    public static Value Of(Device device) => new(ValueTag.Device, device.index, (long)device.type);

    public static Value OfOptional(Device? device) => device is null ? None : Of(device);

    public static Value OfOptional(Generator? generator) =>
        generator is null ? None : Of(generator);

    private static Value Of(Generator generator)
    {
        // TorchSharp's generators hand out a null handle when they are disposed.
        var handle = generator.Handle;
        ObjectDisposedException.ThrowIf(handle == 0, generator);
        return new(ValueTag.Generator, 0, handle);
    }

    public static unsafe Value Of(long* elements, int count) => new(ValueTag.IntList, count, (long)elements);

    public static unsafe Value Of(double* elements, int count) => new(ValueTag.DoubleList, count, (long)elements);

    public static unsafe Value Of(bool* elements, int count) => new(ValueTag.BoolList, count, (long)elements);

    public static unsafe Value Of(Number* elements, int count) => new(ValueTag.NumberList, count, (long)elements);

    public static Value Of(string text) => Utf8Texts.ValueOf(text);

    /// <summary>Null is None: one overload serves both, since C# tells them apart only by annotation.</summary>
    public static Value OfOptional(string? text) => text is null ? None : Of(text);

    /// <summary>UTF-8 text.</summary>
    public static unsafe Value Of(byte* text, int count) => new(ValueTag.String, count, (long)text);

    /// <summary>Tensor handles; a null one stands for no tensor where the schema allows it.</summary>
    public static unsafe Value Of(nint* handles, int count, bool optional) =>
        new(optional ? ValueTag.OptionalTensorList : ValueTag.TensorList, count, (long)handles);
}
