using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>While it lasts, dropout drops in evaluation mode too, on the thread that began it: everything else of a network stays
/// as evaluation has it.</summary>
internal sealed class DropoutSampling : IDisposable
{
    [ThreadStatic]
    private static DropoutSampling? _current;

    private readonly DropoutSampling? _before = _current;

    /// <summary>Begins.</summary>
    /// <param name="generator">Where masks come from.</param>
    public DropoutSampling(Generator generator)
    {
        Generator = generator;
        _current = this;
    }

    /// <summary>That of this thread; null for none.</summary>
    public static DropoutSampling? Current => _current;

    /// <summary>Where masks come from.</summary>
    public Generator Generator { get; }

    /// <summary>How often something was dropped.</summary>
    public int Count { get; set; }

    /// <summary>Ends.</summary>
    public void Dispose() => _current = _before;
}
