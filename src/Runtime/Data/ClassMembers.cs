using TorchSharp;
using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>The samples of each class.</summary>
internal static class ClassMembers
{
    /// <summary>The places of the samples of each class, classes in order; those without a class are left out.</summary>
    /// <param name="data">Labels are read once.</param>
    /// <param name="attribute">Who asks, for messages.</param>
    /// <exception cref="DataMismatchException">Labels of another kind.</exception>
    public static long[][] Of(ILabeledDataSource data, string attribute)
    {
        using var all = Aten.arange(data.Count);
        using var labels = data.ReadLabels(all);
        if (labels.dtype != ScalarType.Int64 || labels.dim() != 1)
        {
            throw new DataMismatchException(
                $"[{attribute}] takes a class for each sample, labels [N] of Int64, but the data have "
                + $"[{string.Join(", ", labels.shape)}] of {labels.dtype}.");
        }

        using var host = labels.cpu();
        return
        [
            .. host.data<long>().Select((label, place) => (label, place: (long)place)).Where(sample => sample.label >= 0)
                .GroupBy(sample => sample.label, sample => sample.place).OrderBy(group => group.Key)
                .Select(group => group.ToArray()),
        ];
    }
}
