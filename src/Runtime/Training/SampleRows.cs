using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>A row of numbers for each sample of some data, which outlives a step: predictions, counts, label estimates.</summary>
public static class SampleRows
{
    /// <summary>Rows of no sample yet.</summary>
    /// <param name="type">Their number type.</param>
    /// <param name="device">Where they are.</param>
    /// <param name="row">The sizes of one row.</param>
    /// <returns>[0, <paramref name="row"/>]; the caller frees it.</returns>
    public static Tensor Create(ScalarType type, Device device, params long[] row) =>
        zeros([0, .. row], type, device).DetachFromDisposeScope();

    /// <summary>Rows for so many samples: zeros, where there were none; else those that are there.</summary>
    /// <param name="rows">The rows so far; they are freed where others come in their place.</param>
    /// <param name="samples">How many samples the data have.</param>
    /// <returns>[<paramref name="samples"/>, ...]; the caller frees it.</returns>
    /// <exception cref="DataMismatchException">There are rows of another number of samples: they belong to other
    /// data.</exception>
    public static Tensor Require(Tensor rows, long samples)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentOutOfRangeException.ThrowIfNegative(samples);
        if (rows.size(0) == samples) return rows;
        if (rows.size(0) > 0)
        {
            throw new DataMismatchException(
                $"The trainer keeps numbers of {rows.size(0)} samples, but was given data with {samples}: go on with the data "
                + "that the run began with, "
                + "or begin anew with a new trainer.");
        }

        var made = zeros([samples, .. rows.shape.AsSpan(1)], rows.dtype, rows.device).DetachFromDisposeScope();
        rows.Dispose();
        return made;
    }

    /// <summary>The rows of some samples.</summary>
    /// <param name="rows">[S, ...].</param>
    /// <param name="places">Which, [U] int64.</param>
    /// <returns>[U, ...]; the caller frees it.</returns>
    /// <exception cref="DataMismatchException">A place that has no row: how many samples there are was not said.</exception>
    public static Tensor Read(Tensor rows, Tensor places)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(places);
        if (rows.size(0) == 0)
        {
            throw new DataMismatchException(
                "The trainer keeps numbers of each sample, but does not know how many there are: call Fit, or UseSamples before "
                + "the first Step.");
        }

        using var noGrad = no_grad();
        if (places.device_type == TorchSharp.DeviceType.CPU && places.numel() > 0)
        {
            using var scope = NewDisposeScope();
            long first = Aten.item_int64(places.min()), last = Aten.item_int64(places.max());
            if (first < 0 || last >= rows.size(0))
            {
                throw new DataMismatchException(
                    $"A batch names the sample {(first < 0 ? first : last)}, but there are {rows.size(0)}: places lie in 0, "
                    + $"..., {rows.size(0) - 1}.");
            }
        }

        return rows.index_select(0, places);
    }

    /// <summary>Replaces the rows of some samples.</summary>
    /// <param name="rows">[S, ...].</param>
    /// <param name="places">Which, [U] int64, each once.</param>
    /// <param name="values">[U, ...].</param>
    public static void Write(Tensor rows, Tensor places, Tensor values)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(places);
        ArgumentNullException.ThrowIfNull(values);
        using var noGrad = no_grad();
        using var constant = values.detach();
        rows.index_copy_(0, places, constant);
    }
}
