using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>Dropout that scales while training, so that evaluation needs nothing (Srivastava et al. 2014).</summary>
public static class InvertedDropout
{
    /// <summary>Drops elements and scales the others.</summary>
    /// <param name="input">Any shape.</param>
    /// <param name="probability">Probability of an element to be dropped, in [0, 1).</param>
    /// <param name="generator">Source of the mask; null for libtorch's global generator.</param>
    /// <returns>The result and the mask, 0 or 1/(1 − p), both of the input's shape.</returns>
    public static (Tensor Output, Tensor Mask) Sample(Tensor input, double probability, Generator? generator)
    {
        var isElsewhere = generator is not null && generator.device.type != input.device_type;
        var mask = isElsewhere ? empty_like(input, device: generator!.device) : empty_like(input);
        mask.bernoulli_(1 - probability, generator);
        mask = DataTransfer.Moved(mask, input.device);
        Aten.div_(mask, 1 - probability);
        return (input * mask, mask);
    }

    /// <summary>Dropout in training mode; the input itself in evaluation mode.</summary>
    public static Tensor Apply(Tensor input, double probability, bool training, Generator? generator)
    {
        if (!DropoutSampling.Draws(training, ref generator)) return input.alias();
        var (output, mask) = Sample(input, probability, generator);
        mask.Dispose();
        return output;
    }

    /// <summary>Drops whole parts, channels or samples, and scales the others.</summary>
    /// <param name="input">Any shape.</param>
    /// <param name="probability">Probability of a part to be dropped, in [0, 1).</param>
    /// <param name="leading">How many of the first dimensions count the parts: 1 for samples, 2 for channels.</param>
    /// <param name="generator">Source of the mask; null for libtorch's global generator.</param>
    /// <returns>The result, and the mask, 0 or 1/(1 − p), with size 1 in the dimensions that do not count parts.</returns>
    public static (Tensor Output, Tensor Mask) SampleParts(Tensor input, double probability, int leading, Generator? generator)
    {
        long[] sizes = [.. input.shape.Select((size, dimension) => dimension < leading ? size : 1)];

        // Generators are the CPU's.
        var mask = DataTransfer.Moved(empty(sizes, input.dtype).bernoulli_(1 - probability, generator), input.device);
        Aten.div_(mask, 1 - probability);
        return (input * mask, mask);
    }

    /// <summary>Dropout of whole parts in training mode; the input itself in evaluation mode.</summary>
    public static Tensor ApplyToParts(Tensor input, double probability, int leading, bool training, Generator? generator)
    {
        if (!DropoutSampling.Draws(training, ref generator)) return input.alias();
        var (output, mask) = SampleParts(input, probability, leading, generator);
        mask.Dispose();
        return output;
    }
}
