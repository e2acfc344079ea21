using System.Globalization;
using System.Runtime.CompilerServices;
using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>
/// What a model was declared for, held against what it is given, before any operator sees it: shapes that happen to fit by
/// broadcasting would train without a word.
/// </summary>
public static class ModelInput
{
    /// <summary>A size that is free, as that of the batch.</summary>
    public const long Any = -1;

    /// <summary>Refuses an input of real numbers that does not fit.</summary>
    /// <param name="model">The model.</param>
    /// <param name="input">The input's name in the declaration.</param>
    /// <param name="given">What came.</param>
    /// <param name="type">The type of the model's parameters; null for a model without any, which takes every floating
    /// type.</param>
    /// <param name="sizes">The declared sizes, <see cref="Any"/> where they are free.</param>
    /// <exception cref="DataMismatchException">Another number of dimensions, another size or another type.</exception>
    public static void Require(nn.Module model, string input, Tensor given, ScalarType? type, params ReadOnlySpan<long> sizes)
    {
        BatchPart.Require(given, input);
        bool isOfType = type is { } expected ? given.dtype == expected : given.is_floating_point();
        if (!isOfType || !Fits(given, sizes))
            throw Refused(model.GetName(), input, given, type?.ToString() ?? "floating numbers", sizes);
    }

    /// <summary>Refuses an input of indices that does not fit; otherwise as <see cref="Require"/>.</summary>
    public static void RequireIndices(nn.Module model, string input, Tensor given, params ReadOnlySpan<long> sizes)
    {
        BatchPart.Require(given, input);
        if (given.dtype != ScalarType.Int64 || !Fits(given, sizes))
            throw Refused(model.GetName(), input, given, nameof(ScalarType.Int64), sizes);
    }

    /// <summary>Refuses an input of a training batch that does not fit, or has no sample; otherwise as
    /// <see cref="Require"/>.</summary>
    public static void RequireBatch(
        nn.Module model, string input, Tensor given, ScalarType? type, params ReadOnlySpan<long> sizes)
    {
        Require(model, input, given, type, sizes);
        RequireSample(model.GetName(), input, given, sizes);
    }

    /// <summary>Refuses indices of a training batch that do not fit, or have no sample; otherwise as
    /// <see cref="RequireIndices"/>.</summary>
    public static void RequireIndexBatch(nn.Module model, string input, Tensor given, params ReadOnlySpan<long> sizes)
    {
        RequireIndices(model, input, given, sizes);
        RequireSample(model.GetName(), input, given, sizes);
    }

    /// <summary>Refuses samples of a training batch, parts of which a model sees, that do not fit, or of which there is
    /// none.</summary>
    /// <param name="trainer">The trainer's name.</param>
    /// <param name="name">The member of the batch.</param>
    /// <param name="given">What came.</param>
    /// <param name="type">The number type.</param>
    /// <param name="sizes">The sizes behind that of the batch.</param>
    /// <exception cref="DataMismatchException">Another number of dimensions, another size, another type, or no
    /// sample.</exception>
    public static void RequireSamples(
        string trainer, string name, Tensor given, ScalarType type, params ReadOnlySpan<long> sizes)
    {
        BatchPart.Require(given, name);
        ReadOnlySpan<long> all = [Any, .. sizes];
        if (given.dtype != type || !Fits(given, all)) throw Refused(trainer, name, given, type.ToString(), all);
        RequireSample(trainer, name, given, all);
    }

    /// <summary>Refuses a part of a training batch with numbers that are infinite or NaN, which would stay in the weights. On a
    /// GPU they are not looked for: that would wait for it.</summary>
    /// <param name="name">What errors call the part.</param>
    /// <param name="part">[N, ...].</param>
    /// <exception cref="DataMismatchException">There is such a number; the message says where.</exception>
    public static void RequireFinite(string name, Tensor part)
    {
        ArgumentNullException.ThrowIfNull(part);
        if (part.device_type == TorchSharp.DeviceType.CPU) FiniteData.RequirePart(part, name);
    }

    /// <summary>Refuses a part of a batch with numbers outside of an interval; NaN is left to
    /// <see cref="RequireFinite"/>.</summary>
    /// <param name="name">What errors call the part.</param>
    /// <param name="part">[N, ...].</param>
    /// <param name="least">The smallest number that fits.</param>
    /// <param name="most">The largest.</param>
    /// <param name="remedy">What to do, the end of the message's sentence.</param>
    /// <param name="waits">Whether the look may wait for a device; else only numbers in the computer's memory are looked
    /// at.</param>
    /// <exception cref="DataMismatchException">A number lies outside.</exception>
    public static void RequireWithin(string name, Tensor part, double least, double most, string remedy, bool waits)
    {
        BatchPart.Require(part, name);
        if (part.numel() == 0 || part.is_complex() || (!waits && part.device_type != TorchSharp.DeviceType.CPU)) return;
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        double lowest = Aten.item(part.min()), highest = Aten.item(part.max());
        if (!(lowest < least || highest > most)) return;
        throw new DataMismatchException(string.Create(CultureInfo.InvariantCulture,
            $"'{name}' holds numbers of [{lowest}, {highest}], but takes those of [{least}, {most}]: {remedy}."));
    }

    /// <summary>The number of samples that a part of a batch has.</summary>
    /// <param name="part">[N, ...].</param>
    /// <param name="name">What errors call it: the expression, when not given.</param>
    /// <exception cref="DataMismatchException">It has no dimension.</exception>
    public static long Samples(Tensor part, [CallerArgumentExpression(nameof(part))] string name = "")
    {
        BatchPart.Require(part, name);
        return part.dim() > 0 ? part.size(0)
            : throw new DataMismatchException($"'{name}' is a single number: a batch has a dimension for its samples in front.");
    }

    /// <summary>Refuses inputs of different numbers of samples.</summary>
    public static void RequireSameSamples(nn.Module model, string firstInput, Tensor first, string otherInput, Tensor other)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(other);
        if (first.size(0) != other.size(0))
        {
            throw new DataMismatchException(
                $"{model.GetName()} takes as many samples of '{firstInput}' as of '{otherInput}', but was given {first.size(0)} "
                + "and "
                + $"{other.size(0)}.");
        }
    }

    private static void RequireSample(string taker, string input, Tensor given, ReadOnlySpan<long> sizes)
    {
        if (sizes[0] == Any && given.size(0) == 0)
        {
            throw new DataMismatchException(
                $"{taker} was given no sample of '{input}', [{string.Join(", ", given.shape)}], to train on.");
        }
    }

    private static bool Fits(Tensor given, ReadOnlySpan<long> sizes)
    {
        if (given.dim() != sizes.Length) return false;
        for (int i = 0; i < sizes.Length; i++)
            if (sizes[i] != Any && given.size(i) != sizes[i]) return false;
        return true;
    }

    private static DataMismatchException Refused(
        string taker, string input, Tensor given, string type, ReadOnlySpan<long> sizes)
    {
        string[] declared = new string[sizes.Length];
        for (int i = 0; i < declared.Length; i++)
            declared[i] = sizes[i] == Any ? (i == 0 ? "N" : "E") : sizes[i].ToString(CultureInfo.InvariantCulture);
        string remedy = Fits(given, sizes) ? $" Convert it: .to(ScalarType.{type.Replace("floating numbers", "Float32")})."
            : given.dim() == sizes.Length - 1
                ? " A batch has a dimension for its samples in front, of size 1 for a single one: unsqueeze(0)."
            : "";
        return new DataMismatchException(
            $"{taker} takes '{input}' [{string.Join(", ", declared)}] of {type}, but was given "
            + $"[{string.Join(", ", given.shape)}] of {given.dtype}.{remedy}");
    }
}
