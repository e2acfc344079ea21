namespace Dsl.Runtime;

/// <summary>Products of some rows of the steps of a sequence with one factor, each added to those of a step of another sequence.
/// Rows are samples: a recurrence of some of them does not wait for the others.</summary>
/// <param name="Into">What products are added to, with rows.</param>
/// <param name="From">Left factors.</param>
/// <param name="Factor">The right factor.</param>
internal readonly record struct RowProduct(SequenceLayout Into, SequenceLayout From, LaidFactor Factor)
{
    /// <summary>Rows that are multiplied together: samples are shared among threads in as many.</summary>
    public const int Together = ProductKernel.FewRows;

    /// <summary>Sums of a row that are worth an element of a loop.</summary>
    public long Work => Factor.Matrix.Rows * Factor.Matrix.Columns / 64;

    /// <summary>into[step] ← into[step] + from[other] · factor, for rows [begin, end), on this thread.</summary>
    public void Add(int step, int other, long begin, long end) =>
        Factor.AddProduct(Into[step].RowsFrom(begin, end - begin), From[other].RowsFrom(begin, end - begin));
}
