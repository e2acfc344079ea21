using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>What every computation on embeddings asks of its tensors, and ways between them and the host.</summary>
internal static class EmbeddingRows
{
    /// <summary>The most numbers of a block that is computed at once, 64 MiB in float32.</summary>
    public const long BlockNumbers = 1L << 24;

    /// <summary>Refuses what is not [N, D] of finite floating-point numbers with N and D of at least 1.</summary>
    /// <param name="features">What came.</param>
    /// <param name="name">What errors call it, in plural.</param>
    /// <exception cref="DataMismatchException">Another shape or type, or a number that is not finite.</exception>
    public static void Require(Tensor features, string name)
    {
        BatchPart.Require(features, name);
        if (features.dim() != 2 || !features.is_floating_point() || features.size(0) == 0 || features.size(1) == 0)
        {
            throw new DataMismatchException(
                $"The {name} are [{string.Join(", ", features.shape)}] of {features.dtype}, but must be [N, D] of floating-point "
                + "numbers with a row for each of at least one sample: flatten(1) makes rows of images, to_type(float32) numbers "
                + "of integers.");
        }

        FiniteData.Require(features, name);
    }

    /// <summary>Refuses rows that have another width than those that they are compared with, or stand on another
    /// device.</summary>
    public static void RequireAlike(Tensor features, string name, Tensor others, string otherName)
    {
        if (features.size(1) != others.size(1))
        {
            throw new DataMismatchException(
                $"The {name} have {features.size(1)} columns and the {otherName} {others.size(1)}: both must come from the same "
                + "layer of the same network.");
        }

        if (features.device_type == others.device_type && features.device_index == others.device_index) return;
        throw new DataMismatchException(
            $"The {name} are on {features.device} and the {otherName} on {others.device}: move one, to(device).");
    }

    /// <summary>The labels of rows, checked, on the host.</summary>
    /// <param name="labels">[N] int64, each at least 0.</param>
    /// <param name="features">[N, D].</param>
    /// <param name="name">What errors call the labels, in plural.</param>
    /// <exception cref="DataMismatchException">Another shape or type, or a negative label.</exception>
    public static long[] Labels(Tensor labels, Tensor features, string name)
    {
        BatchPart.Require(labels, name);
        if (labels.dtype != ScalarType.Int64 || labels.dim() != 1 || labels.size(0) != features.size(0))
        {
            throw new DataMismatchException(
                $"The {name} are [{string.Join(", ", labels.shape)}] of {labels.dtype}, but {features.size(0)} rows of features "
                + $"take [{features.size(0)}] of Int64, a class for each.");
        }

        long[] numbers = ToArray<long>(labels);
        int negative = Array.FindIndex(numbers, label => label < 0);
        if (negative < 0) return numbers;
        throw new DataMismatchException(
            $"The {name} have {numbers[negative]} at place {negative}: classes are 0, 1, ...; leave samples without a label "
            + "out.");
    }

    /// <summary>A copy of a tensor's elements, row after row.</summary>
    /// <typeparam name="T">The tensor's own type of elements.</typeparam>
    public static T[] ToArray<T>(Tensor tensor)
        where T : struct
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        return MemoryMarshal.Cast<byte, T>(tensor.detach().cpu().contiguous().bytes).ToArray();
    }

    /// <summary>Rows of length 1, in float64.</summary>
    /// <param name="rows">[N, D].</param>
    /// <param name="name">What errors call them, in plural.</param>
    /// <returns>[N, D] float64; the caller frees it.</returns>
    /// <exception cref="DataMismatchException">A row is zero everywhere, and has no direction.</exception>
    public static Tensor Normalized(Tensor rows, string name)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var exact = rows.detach().to_type(ScalarType.Float64);
        var norms = exact.mul(exact).sum(1, keepdim: true).sqrt();
        var zero = Aten.eq(norms, 0).flatten();
        if (Aten.is_nonzero(zero.any()))
        {
            throw new DataMismatchException(
                $"Row {Aten.item_int64(zero.to_type(ScalarType.Int64).argmax())} of the {name} is zero everywhere and has no "
                + "direction: leave it out, or take the Euclidean distance.");
        }

        return exact.div(norms).MoveToOuterDisposeScope();
    }
}
