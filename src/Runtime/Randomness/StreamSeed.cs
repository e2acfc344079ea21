namespace Dsl.Runtime;

/// <summary>Seeds that are far apart for neighbouring runs, purposes and steps, and the same on every machine and
/// version.</summary>
public static class StreamSeed
{
    // 2^64 divided by the golden ratio: SplitMix64's increment.
    internal const ulong Increment = 0x9E3779B97F4A7C15;

    /// <summary>
    /// The seed of a step: seed, hash of the purpose (64-bit FNV-1a of its UTF-16 code units) and step, each followed by
    /// SplitMix64's finalizer (Steele, Lea, Flood 2014).
    /// </summary>
    /// <param name="seed">The run's seed.</param>
    /// <param name="purpose">What the numbers are for.</param>
    /// <param name="step">The step, or the epoch of a shuffle.</param>
    public static long Of(long seed, string purpose, long step)
    {
        ArgumentNullException.ThrowIfNull(purpose);
        var state = Mix(unchecked((ulong)seed + Increment));
        state = Mix(unchecked((state ^ Hash(purpose)) + Increment));
        return unchecked((long)Mix((state ^ (ulong)step) + Increment));
    }

    // string.GetHashCode differs from process to process.
    private static ulong Hash(string text)
    {
        var hash = 0xCBF29CE484222325;
        foreach (var unit in text)
        {
            hash = unchecked((hash ^ (byte)unit) * 0x100000001B3);
            hash = unchecked((hash ^ (byte)(unit >> 8)) * 0x100000001B3);
        }

        return hash;
    }

    internal static ulong Mix(ulong value)
    {
        unchecked
        {
            value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
            value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
            return value ^ (value >> 31);
        }
    }
}
