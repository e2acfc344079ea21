using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>
/// Random numbers for one purpose of a run as a pure function of (seed, purpose, step): a resumed run draws what the
/// uninterrupted one would have drawn with nothing to save, and drawing for one purpose never changes another.
/// </summary>
/// <remarks>
/// The generator is seeded anew for every step by <see cref="StreamSeed"/>. libtorch's CPU generator (MT19937) reads the low 32
/// bits of a seed only: among n steps about n²/2³³ pairs share their numbers, which no training notices. Numbers are drawn on the
/// CPU, whatever the device that trains, and moved to where they are needed: every device sees the same.
/// </remarks>
public sealed class RandomStream : IDisposable
{
    private readonly string _purpose;
    private readonly Generator _generator;
    private long _seed;

    /// <summary>The stream of a purpose.</summary>
    /// <param name="seed">The run's seed.</param>
    /// <param name="purpose">What the numbers are for, as "draws" or "dropout": other purposes have other numbers.</param>
    public RandomStream(long seed, string purpose)
    {
        ArgumentException.ThrowIfNullOrEmpty(purpose);
        _seed = seed;
        _purpose = purpose;
        _generator = new Generator(0);
    }

    /// <summary>The generator at the start of a step's numbers.</summary>
    /// <param name="step">The step, from 0.</param>
    /// <returns>A generator that belongs to the stream; the next call starts it elsewhere.</returns>
    public Generator At(long step)
    {
        _generator.manual_seed(StreamSeed.Of(_seed, _purpose, step));
        return _generator;
    }

    /// <summary>Numbers of a step that are drawn on the host, apart from those of <see cref="At"/>.</summary>
    /// <param name="step">The step, from 0.</param>
    public HostRandom OnHost(long step) => new(StreamSeed.Of(_seed, _purpose + " on the host", step));

    /// <summary>The numbers of another seed from here on.</summary>
    internal void Restart(long seed) => _seed = seed;

    /// <summary>Frees the generator.</summary>
    public void Dispose() => _generator.Dispose();
}
