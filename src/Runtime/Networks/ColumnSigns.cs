using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>Columns with signs that are drawn, for positions that say the same with either.</summary>
public static class ColumnSigns
{
    /// <summary>Draws the sign of each column, for each graph.</summary>
    /// <param name="input">[N, K].</param>
    /// <param name="graph">The graph of each row, [N] int64; null where all rows are of one.</param>
    /// <param name="sizes">A tensor with a row for each graph; null where all rows are of one.</param>
    /// <param name="generator">Source of the signs; null for libtorch's global generator.</param>
    /// <returns>The columns, and the signs [N, K] of 1 and −1.</returns>
    public static (Tensor Output, Tensor Signs) Sample(Tensor input, Tensor? graph, Tensor? sizes, Generator? generator)
    {
        ArgumentNullException.ThrowIfNull(input);
        using var scope = NewDisposeScope();

        // Generators are the CPU's.
        var drawn = empty([sizes?.size(0) ?? 1, input.size(1)], input.dtype).bernoulli_(0.5, generator);
        var signs = Aten.sub_(Aten.mul_(DataTransfer.Moved(drawn, input.device), 2), 1);
        signs = graph is null ? signs.expand(input.size(0), -1) : signs.index_select(0, graph);
        return ((input * signs).MoveToOuterDisposeScope(), signs.MoveToOuterDisposeScope());
    }

    /// <summary>Drawn signs in training mode; the input itself in evaluation mode.</summary>
    /// <inheritdoc cref="Sample"/>
    public static Tensor Apply(Tensor input, Tensor? graph, Tensor? sizes, bool training, Generator? generator)
    {
        ArgumentNullException.ThrowIfNull(input);
        if (!DropoutSampling.Draws(training, ref generator)) return input.alias();
        var (output, signs) = Sample(input, graph, sizes, generator);
        signs.Dispose();
        return output;
    }
}
