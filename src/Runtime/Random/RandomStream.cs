using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>
/// Random numbers as a function of seed, purpose and step. Purposes do not disturb each other, evaluating never changes
/// training, and a resumed run needs no saved state.
/// </summary>
public sealed class RandomStream : IDisposable
{
    private readonly Generator _generator;
    private readonly ulong _key;

    /// <summary>A stream of its own.</summary>
    /// <param name="seed">The trainer's seed.</param>
    /// <param name="purpose">What the numbers are for: shuffling, draws, dropout.</param>
    /// <param name="device">Where they are drawn; null for the CPU.</param>
    public RandomStream(long seed, string purpose, Device? device = null)
    {
        _key = Mix(unchecked((ulong)seed) ^ Hash(purpose));
        _generator = new Generator(_key, device ?? CPU);
    }

    /// <summary>The generator, set to the start of a step. It is the same object each time.</summary>
    public Generator At(long step)
    {
        _generator.manual_seed(unchecked((long)Mix(_key + (ulong)step)));
        return _generator;
    }

    /// <inheritdoc/>
    public void Dispose() => _generator.Dispose();

    // The finalizer of SplitMix64 (Steele, Lea and Flood 2014): neighbouring inputs give unrelated outputs.
    private static ulong Mix(ulong value)
    {
        unchecked
        {
            value += 0x9E3779B97F4A7C15;
            value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
            value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
            return value ^ (value >> 31);
        }
    }

    // FNV-1a: string.GetHashCode differs from one process to the next.
    private static ulong Hash(string text)
    {
        ulong hash = 14695981039346656037;
        foreach (char letter in text) hash = unchecked((hash ^ letter) * 1099511628211);
        return hash;
    }
}
