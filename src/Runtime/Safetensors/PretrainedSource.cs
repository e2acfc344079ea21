using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>What a file holds for one tensor of a network.</summary>
/// <param name="file">The file.</param>
/// <param name="names">Its tensors that are joined to it, in order.</param>
/// <param name="part">How they lie there; null for as they are.</param>
internal sealed class PretrainedSource(SafetensorsFile file, IReadOnlyList<string> names, PretrainedPart? part)
{
    /// <summary>Names in the file.</summary>
    public IReadOnlyList<string> Names => names;

    /// <summary>Shapes in the file.</summary>
    public string Shapes => string.Join(" + ", names.Select(name => $"[{string.Join(", ", file[name].shape)}]"));

    /// <summary>Whether it makes a tensor of some shape, but for dimensions of size 1 in front.</summary>
    public bool Makes(ReadOnlySpan<long> shape)
    {
        var shapes = names.Select(Shape).ToList();
        if (shapes.Count > 1 && shapes.Any(other => other.Length == 0 || !other.AsSpan(1).SequenceEqual(shapes[0].AsSpan(1))))
        {
            return false;
        }

        var whole = shapes[0];
        if (shapes.Count > 1)
        {
            whole[0] = shapes.Sum(other => other[0]);
        }

        if (part is { Parts: > 1 })
        {
            if (whole.Length == 0 || whole[0] % part.Parts != 0)
            {
                return false;
            }

            whole[0] /= part.Parts;
        }

        return Significant(shape).SequenceEqual(Significant(whole));
    }

    /// <summary>The tensor, of the shape that it makes.</summary>
    public Tensor Make()
    {
        var whole = names.Count == 1 ? Given(names[0]) : cat(names.Select(Given).ToArray(), 0);
        if (part is not { Parts: > 1 })
        {
            return whole;
        }

        var rows = whole.shape[0] / part.Parts;
        return whole.narrow(0, part.Part * rows, rows);
    }

    // Tokens and places of a sequence often lie as a batch of one.
    private static ReadOnlySpan<long> Significant(ReadOnlySpan<long> shape)
    {
        while (shape.Length > 1 && shape[0] == 1)
        {
            shape = shape[1..];
        }

        return shape;
    }

    private Tensor Given(string name) => IsTurned(name) ? file[name].t() : file[name].alias();

    private long[] Shape(string name)
    {
        var shape = (long[])file[name].shape.Clone();
        if (IsTurned(name))
        {
            Array.Reverse(shape);
        }

        return shape;
    }

    private bool IsTurned(string name) => part is { Transposed: true } && file[name].dim() == 2;
}
