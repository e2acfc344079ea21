using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>Labels that are classes, [M] int64 in 0, ..., K − 1, or -100 where there is none.</summary>
public static class ClassLabels
{
    /// <summary>The label that is left out, libtorch's default.</summary>
    public const long None = -100;

    /// <summary>Refuses labels that are not the classes of a batch. On a GPU their range is left to libtorch: reading them would
    /// wait for it.</summary>
    /// <param name="trainer">The trainer's name.</param>
    /// <param name="labels">What came.</param>
    /// <param name="classes">K: how many classes the model tells apart.</param>
    /// <param name="samples">N: the samples of the batch.</param>
    /// <param name="places">The sizes behind N, of a label at each position; negative where they are free.</param>
    /// <exception cref="DataMismatchException">Another shape or type, or a label outside of 0, ..., K − 1 that is not
    /// -100.</exception>
    public static void Require(string trainer, Tensor labels, long classes, long samples, params ReadOnlySpan<long> places)
    {
        BatchPart.Require(labels, "labels");
        bool fits = labels.dtype == ScalarType.Int64 && labels.dim() == places.Length + 1 && labels.size(0) == samples;
        for (int i = 0; fits && i < places.Length; i++) fits = places[i] < 0 || labels.size(i + 1) == places[i];
        if (!fits)
        {
            string remedy = labels.dtype == ScalarType.Int64 && labels.dim() == places.Length + 2 && labels.size(-1) == 1
                ? " Drop the last dimension: squeeze(-1)."
                : labels.dim() == places.Length + 2 && labels.size(-1) == classes
                ? " Give the number of the class in place of a column for each: argmax(-1)."
                : labels.dtype != ScalarType.Int64 && labels.dim() == places.Length + 1
                ? " Classes are whole numbers from 0: .to(ScalarType.Int64)."
                : "";
            var sizes = places.ToArray().Select(size => size < 0 ? "any" : $"{size}").Prepend($"{samples}");
            throw new DataMismatchException(
                $"{trainer} takes labels [{string.Join(", ", sizes)}] of Int64 for {samples} samples, but was "
                + "given "
                + $"[{string.Join(", ", labels.shape)}] of {labels.dtype}.{remedy}");
        }

        if (labels.device_type != TorchSharp.DeviceType.CPU) return;
        using var copy = labels.is_contiguous() ? null : labels.contiguous();
        RequireRange(trainer, MemoryMarshal.Cast<byte, long>((copy ?? labels).bytes), classes);
    }

    /// <summary>Refuses labels that are not the classes of a batch, and samples without one. On a GPU their range is left to
    /// libtorch.</summary>
    /// <inheritdoc cref="Require(string, Tensor, long, long, ReadOnlySpan{long})"/>
    /// <exception cref="DataMismatchException">Another shape or type, or a label outside of 0, ..., K − 1.</exception>
    public static void RequireAll(string trainer, Tensor labels, long classes, long samples, params ReadOnlySpan<long> places)
    {
        Require(trainer, labels, classes, samples, places);
        if (labels.device_type != TorchSharp.DeviceType.CPU) return;
        using var copy = labels.is_contiguous() ? null : labels.contiguous();
        int place = MemoryMarshal.Cast<byte, long>((copy ?? labels).bytes).IndexOf(None);
        if (place < 0) return;
        throw new DataMismatchException(
            $"{trainer} was given no label, {None}, at place {place} of the batch, but a sample is made for each label: leave "
            + "out samples without one.");
    }

    /// <summary>Refuses labels that do not say which samples of a batch are of a class.</summary>
    /// <param name="trainer">The trainer's name.</param>
    /// <param name="labels">What came.</param>
    /// <param name="samples">N: the samples of the batch.</param>
    /// <exception cref="DataMismatchException">Another shape or type, or a negative label that is not -100.</exception>
    public static void RequireIdentities(string trainer, Tensor labels, long samples)
    {
        BatchPart.Require(labels, "labels");
        if (labels.dtype != ScalarType.Int64 || labels.dim() != 1 || labels.size(0) != samples)
        {
            throw new DataMismatchException(
                $"{trainer} takes labels [{samples}] of Int64 that are alike for samples of a class, but was given "
                + $"[{string.Join(", ", labels.shape)}] of {labels.dtype}.");
        }

        if (labels.device_type != TorchSharp.DeviceType.CPU) return;
        using var copy = labels.is_contiguous() ? null : labels.contiguous();
        var numbers = MemoryMarshal.Cast<byte, long>((copy ?? labels).bytes);
        for (int i = 0; i < numbers.Length; i++)
        {
            if (numbers[i] >= 0 || numbers[i] == None) continue;
            throw new DataMismatchException(
                $"{trainer} was given the label {numbers[i]} at place {i} of the batch: classes are 0 or more, or "
                + $"{None} for a sample of none.");
        }
    }

    private static void RequireRange(string trainer, ReadOnlySpan<long> labels, long classes)
    {
        for (int i = 0; i < labels.Length; i++)
        {
            // One comparison for both ends: a negative number is a large one without its sign.
            if ((ulong)labels[i] < (ulong)classes || labels[i] == None) continue;
            throw new DataMismatchException(
                $"{trainer} was given the label {labels[i]} at place {i} of the batch, but the model tells {classes} classes "
                + "apart: labels lie in "
                + $"0, ..., {classes - 1}, or are {None} where there is none.");
        }
    }

    /// <summary>The first class for every sample.</summary>
    /// <param name="logits">[M, K].</param>
    /// <returns>[M] zeros, int64, where the logits are; the caller frees it.</returns>
    public static Tensor First(Tensor logits)
    {
        ArgumentNullException.ThrowIfNull(logits);
        return zeros([logits.size(0)], ScalarType.Int64, logits.device);
    }

    /// <summary>The dimension of logits that counts the classes: the second of images, the last of everything else.</summary>
    internal static int Dimension(Tensor logits) => logits.dim() == 4 ? 1 : (int)logits.dim() - 1;

    /// <summary>What each label counts: the weight of its class, and 0 where there is none.</summary>
    /// <param name="labels">[M].</param>
    /// <param name="logits">[M, K]; gives the number type.</param>
    /// <param name="classWeights">[K], or null where each class counts 1.</param>
    /// <returns>[M]; the caller frees it.</returns>
    public static Tensor Weights(Tensor labels, Tensor logits, Tensor? classWeights = null)
    {
        ArgumentNullException.ThrowIfNull(labels);
        ArgumentNullException.ThrowIfNull(logits);
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        var counted = Aten.ne(labels, None).to_type(logits.dtype);
        if (classWeights is null) return counted.MoveToOuterDisposeScope();
        var classes = Aten.masked_fill(labels, Aten.eq(labels, None), 0);
        return classWeights.index_select(0, classes).mul(counted).MoveToOuterDisposeScope();
    }

    /// <summary>The class of each row's largest logit.</summary>
    /// <param name="logits">[M, K].</param>
    /// <returns>[M] int64; the caller frees it.</returns>
    public static Tensor Largest(Tensor logits)
    {
        ArgumentNullException.ThrowIfNull(logits);
        using var unrecorded = Aten.no_grad();
        return GatherLoop.TryLargest(logits, keep: false) ?? logits.argmax(1);
    }

    /// <summary>What all labels count together.</summary>
    /// <param name="labels">Of any shape.</param>
    /// <param name="like">Gives the number type.</param>
    /// <param name="classWeights">[K], or null where each class counts 1.</param>
    /// <returns>A number without dimensions, 0 where there is no label; the caller frees it. Nothing waits for the
    /// device.</returns>
    public static Tensor Count(Tensor labels, Tensor like, Tensor? classWeights = null)
    {
        ArgumentNullException.ThrowIfNull(labels);
        using var scope = NewDisposeScope();
        return Weights(labels.reshape(-1), like, classWeights).sum().MoveToOuterDisposeScope();
    }

    /// <summary>Labels as distributions: 1 at the class of each, and a row of zeros where there is none.</summary>
    /// <param name="labels">[N] int64.</param>
    /// <param name="classes">K.</param>
    /// <param name="type">The number type of the result.</param>
    /// <returns>[N, K]; the caller frees it.</returns>
    public static Tensor OneHot(Tensor labels, long classes, ScalarType type)
    {
        ArgumentNullException.ThrowIfNull(labels);
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var places = Aten.arange(0, classes, labels.device);
        return labels.unsqueeze(1).eq(places).to_type(type).MoveToOuterDisposeScope();
    }

    /// <summary>The mean over labels. Of none it is not a number, and has no gradient.</summary>
    /// <param name="sum">A sum over labels, without dimensions; 0 where none counts.</param>
    /// <param name="count">What the labels count, without dimensions.</param>
    /// <param name="ofNone">The mean of no label.</param>
    /// <returns>Without dimensions; the caller frees it.</returns>
    public static Tensor Mean(Tensor sum, Tensor count, double ofNone = double.NaN)
    {
        ArgumentNullException.ThrowIfNull(sum);
        ArgumentNullException.ThrowIfNull(count);
        using var scope = NewDisposeScope();
        var none = Aten.eq(count, 0);

        // The gradient of a plain quotient would be infinite, and NaN where it meets a row that counts 0.
        return Aten.masked_fill(sum / Aten.masked_fill(count, none, 1), none, ofNone).MoveToOuterDisposeScope();
    }

    /// <summary>The gradient of the sum behind a mean over labels: 0 where none counts.</summary>
    /// <param name="gradient">The mean's, without dimensions.</param>
    /// <param name="count">What the labels count, without dimensions.</param>
    /// <returns>Without dimensions; the caller frees it.</returns>
    public static Tensor MeanGradient(Tensor gradient, Tensor count)
    {
        ArgumentNullException.ThrowIfNull(gradient);
        ArgumentNullException.ThrowIfNull(count);
        using var scope = NewDisposeScope();
        return (gradient / Aten.masked_fill(count, Aten.eq(count, 0), double.PositiveInfinity)).MoveToOuterDisposeScope();
    }

    /// <summary>How many labels are predicted.</summary>
    /// <param name="predicted">Classes, [M] int64.</param>
    /// <param name="labels">[M]; those of -100 are not predicted.</param>
    /// <param name="type">The number type of the result.</param>
    /// <returns>A number without dimensions; the caller frees it. Nothing waits for the device.</returns>
    public static Tensor Right(Tensor predicted, Tensor labels, ScalarType type)
    {
        ArgumentNullException.ThrowIfNull(predicted);
        using var noGrad = no_grad();
        using var right = predicted.eq(labels);
        return right.sum(type);
    }

    /// <summary>Labels of which some are replaced; where there is none, none comes.</summary>
    /// <param name="labels">[M].</param>
    /// <param name="chances">[M]: a label is replaced where its chance is below the bound.</param>
    /// <param name="replacements">[M] int64, the labels that come in their place.</param>
    /// <param name="bound">In the unit of the chances.</param>
    /// <returns>[M] int64; the caller frees it.</returns>
    public static Tensor Replace(Tensor labels, Tensor chances, Tensor replacements, double bound)
    {
        ArgumentNullException.ThrowIfNull(labels);
        ArgumentNullException.ThrowIfNull(chances);
        ArgumentNullException.ThrowIfNull(replacements);
        using var scope = NewDisposeScope();
        var replaced = Aten.lt(chances, bound).logical_and(Aten.ne(labels, None));
        return where(replaced, replacements, labels).MoveToOuterDisposeScope();
    }
}
