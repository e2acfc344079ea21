using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>While it lasts, dropout drops and layers of random numbers draw in evaluation mode too, on the thread that began it:
/// everything else of a network stays as evaluation has it.</summary>
internal sealed class DropoutSampling : IDisposable
{
    [ThreadStatic]
    private static DropoutSampling? _current;

    private readonly DropoutSampling? _before = _current;

    /// <summary>Begins.</summary>
    /// <param name="generator">Where random numbers come from.</param>
    public DropoutSampling(Generator generator)
    {
        Generator = generator;
        _current = this;
    }

    /// <summary>That of this thread; null for none.</summary>
    public static DropoutSampling? Current => _current;

    /// <summary>Where random numbers come from.</summary>
    public Generator Generator { get; }

    /// <summary>How often something was drawn.</summary>
    public int Count { get; set; }

    /// <summary>Whether a layer draws, and where from.</summary>
    /// <param name="training">Whether its network is in training mode.</param>
    /// <param name="generator">The layer's own source; that of the sampling while one lasts.</param>
    public static bool Draws(bool training, ref Generator? generator)
    {
        if (Current is not { } sampling) return training;
        sampling.Count++;
        generator = sampling.Generator;
        return true;
    }

    /// <summary>Ends.</summary>
    public void Dispose() => _current = _before;
}
