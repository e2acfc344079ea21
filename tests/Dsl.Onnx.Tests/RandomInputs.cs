using System.Reflection;
using Microsoft.ML.OnnxRuntime;
using TorchSharp;
using static TorchSharp.torch;

namespace Dsl.Tests.OnnxFiles;

/// <summary>Inputs of a model, as its declaration says what they are and its file how long.</summary>
internal sealed class RandomInputs(Type model, InferenceSession session, long batch, IReadOnlyDictionary<string, long> rows)
{
    private const long Edges = 12;

    /// <summary>A tensor for each input, in the order of <c>forward</c>.</summary>
    public IReadOnlyList<(string Name, Tensor Tensor)> Draw() =>
        [.. session.InputNames.Select(name => (name, Draw(name, session.InputMetadata[name])))];

    private Tensor Draw(string name, NodeMetadata metadata)
    {
        long[] shape = [.. metadata.Dimensions.Select((size, i) => size >= 0 ? size : Size(metadata.SymbolicDimensions[i]))];
        if (metadata.ElementType == typeof(float)) return randn(shape);
        if (Declared<EdgeListAttribute>(name) is not null) return randint(batch, shape, ScalarType.Int64);
        if (Declared<GraphSizesAttribute>(name) is not null) return Sizes();
        if (Declared<LengthsAttribute>(name) is { } lengths)
        {
            string of = lengths.Of ?? session.InputNames[0];
            return randint(1, session.InputMetadata[of].Dimensions[1] + 1, shape, ScalarType.Int64);
        }

        return randint(rows.TryGetValue(name, out long count) ? count : 2, shape, ScalarType.Int64);
    }

    private long Size(string symbol) => symbol switch
    {
        "E" => Edges,
        "G" => Math.Min(batch, 2),
        _ => batch,
    };

    private Tensor Sizes() => tensor(batch > 1 ? [1, batch - 1] : new long[] { batch });

    private T? Declared<T>(string name)
        where T : FurtherInputAttribute =>
        model.GetCustomAttributes<T>().FirstOrDefault(attribute => attribute.Name == name);
}
