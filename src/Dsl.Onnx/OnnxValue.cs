using Onnx;
using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>A value of a graph of ONNX: an input, a constant, or the result of a node.</summary>
public sealed class OnnxValue
{
    internal OnnxValue(string name) => Name = name;

    /// <summary>What the file calls it.</summary>
    public string Name { get; private set; }

    /// <summary>The node whose result it is; null for inputs and constants.</summary>
    internal NodeProto? Node { get; init; }

    /// <summary>What the node reads.</summary>
    internal IReadOnlyList<OnnxValue?> Inputs { get; init; } = [];

    /// <summary>The constant; null for what depends on an input.</summary>
    internal Tensor? Tensor { get; init; }

    /// <summary>Whether the constant keeps its double precision.</summary>
    internal bool IsDouble { get; init; }

    /// <summary>The texts of a constant; null for any other.</summary>
    internal IReadOnlyList<string>? Texts { get; init; }

    /// <summary>Gives the result of a node a name.</summary>
    public OnnxValue As(string name)
    {
        Name = name;
        return this;
    }

    /// <summary>An attribute of the node: a whole number.</summary>
    public OnnxValue With(string attribute, long value) =>
        Add(new AttributeProto { Name = attribute, Type = AttributeProto.Types.AttributeType.Int, I = value });

    /// <summary>An attribute of the node: a real number.</summary>
    public OnnxValue With(string attribute, float value) =>
        Add(new AttributeProto { Name = attribute, Type = AttributeProto.Types.AttributeType.Float, F = value });

    /// <summary>An attribute of the node: a text.</summary>
    public OnnxValue With(string attribute, string value) => Add(new AttributeProto
    {
        Name = attribute,
        Type = AttributeProto.Types.AttributeType.String,
        S = Google.Protobuf.ByteString.CopyFromUtf8(value),
    });

    /// <summary>An attribute of the node: whole numbers.</summary>
    public OnnxValue With(string attribute, ReadOnlySpan<long> values)
    {
        var list = new AttributeProto { Name = attribute, Type = AttributeProto.Types.AttributeType.Ints };
        foreach (long value in values) list.Ints.Add(value);
        return Add(list);
    }

    /// <summary>An attribute of the node: texts.</summary>
    internal OnnxValue With(string attribute, IEnumerable<string> values)
    {
        var list = new AttributeProto { Name = attribute, Type = AttributeProto.Types.AttributeType.Strings };
        foreach (string value in values) list.Strings.Add(Google.Protobuf.ByteString.CopyFromUtf8(value));
        return Add(list);
    }

    private OnnxValue Add(AttributeProto attribute)
    {
        var node = Node ?? throw new InvalidOperationException($"'{Name}' is the result of no node, and has no attributes.");
        node.Attribute.Add(attribute);
        return this;
    }
}
