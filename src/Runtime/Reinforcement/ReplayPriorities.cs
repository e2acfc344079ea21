using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>
/// How likely each transition of a <see cref="ReplayBuffer"/> is drawn: in proportion to (|e| + 10⁻⁶)^α, e its error when it
/// was last learned of; a new one counts as much as any ever did (Schaul et al. 2016, arXiv 1511.05952, proportional). Part of a
/// checkpoint.
/// </summary>
public sealed class ReplayPriorities : IDisposable
{
    private const double Least = 1e-6;
    private readonly double _exponent;
    private readonly int _capacity, _leaves;
    private readonly double[] _sums;

    /// <summary>Priorities of an empty buffer.</summary>
    /// <param name="capacity">How many transitions it holds, at least 1.</param>
    /// <param name="exponent">α, in [0, 1]: 0 for all alike.</param>
    public ReplayPriorities(int capacity, double exponent)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, 1);
        if (!(exponent >= 0 && exponent <= 1))
            throw new ArgumentOutOfRangeException(nameof(exponent), exponent, "The exponent of priorities is in [0, 1].");
        (_capacity, _exponent, _leaves) = (capacity, exponent, 1);
        while (_leaves < capacity) _leaves *= 2;
        _sums = new double[2 * _leaves];
        Values = zeros([capacity], ScalarType.Float64).DetachFromDisposeScope();
        Largest = ones([], ScalarType.Float64).DetachFromDisposeScope();
    }

    /// <summary>The priority of each place, 0 of empty ones: [C] float64, on the CPU. The tensor is the object's.</summary>
    public Tensor Values { get; }

    /// <summary>The largest priority that there ever was: float64 without dimensions, on the CPU. The tensor is the
    /// object's.</summary>
    public Tensor Largest { get; }

    /// <summary>Counts the sums anew, behind a resumption. Sums are of pairs of pairs, so that they come out as they
    /// were.</summary>
    public void Count()
    {
        var values = Numbers(Values);
        values.CopyTo(_sums.AsSpan(_leaves));
        for (int node = _leaves - 1; node > 0; node--) _sums[node] = _sums[2 * node] + _sums[2 * node + 1];
    }

    /// <summary>A new transition at a place.</summary>
    public void Add(int place) => Set(place, Numbers(Largest)[0]);

    /// <summary>Says what transitions were learned of with what errors.</summary>
    /// <param name="indices">Their places, [N] int64.</param>
    /// <param name="errors">Their errors, [N, 1] or [N].</param>
    public void Learned(Tensor indices, Tensor errors)
    {
        ArgumentNullException.ThrowIfNull(indices);
        ArgumentNullException.ThrowIfNull(errors);
        using var scope = NewDisposeScope();
        long[] places = MemoryMarshal.Cast<byte, long>(indices.cpu().contiguous().bytes).ToArray();
        double[] sizes = Numbers(errors.detach().to_type(ScalarType.Float64).cpu().contiguous()).ToArray();
        if (places.Length != sizes.Length || places.Any(place => place < 0 || place >= _capacity))
        {
            throw new DataMismatchException(
                $"{sizes.Length} errors are of {places.Length} transitions at places below {_capacity}: give the batch's "
                + "Index as the places that it was read from.");
        }

        for (int i = 0; i < places.Length; i++)
        {
            double priority = Math.Pow(Math.Abs(sizes[i]) + Least, _exponent);
            Numbers(Largest)[0] = Math.Max(Numbers(Largest)[0], priority);
            Set((int)places[i], priority);
        }
    }

    /// <summary>Draws places: one from each of as many equal parts of the sum of all priorities.</summary>
    /// <param name="count">How many.</param>
    /// <param name="random">What is random.</param>
    public long[] Draw(int count, HostRandom random)
    {
        ArgumentNullException.ThrowIfNull(random);
        var places = new long[count];
        for (int i = 0; i < count; i++)
        {
            double rest = (i + random.Uniform()) / count * _sums[1];
            int node = 1;
            while (node < _leaves)
            {
                node *= 2;

                // Not into what is empty, to which rounding could lead.
                if (rest < _sums[node] || _sums[node + 1] == 0) continue;
                rest -= _sums[node];
                node++;
            }

            places[i] = node - _leaves;
        }

        return places;
    }

    /// <summary>What makes up for having been drawn more often: (n·P)^−β, divided by the largest of the batch.</summary>
    /// <param name="places">Where they stand.</param>
    /// <param name="count">n: how many transitions there are.</param>
    /// <param name="correction">β, in [0, 1]: 1 for all of it.</param>
    public double[] Weights(long[] places, long count, double correction)
    {
        ArgumentNullException.ThrowIfNull(places);
        double[] weights =
            [.. places.Select(place => Math.Pow(count * _sums[_leaves + place] / _sums[1], -correction))];
        double largest = weights.Max();
        return [.. weights.Select(weight => weight / largest)];
    }

    /// <summary>Frees the priorities.</summary>
    public void Dispose()
    {
        Values.Dispose();
        Largest.Dispose();
    }

    private void Set(int place, double priority)
    {
        Numbers(Values)[place] = priority;
        int node = _leaves + place;
        _sums[node] = priority;
        for (node /= 2; node > 0; node /= 2) _sums[node] = _sums[2 * node] + _sums[2 * node + 1];
    }

    private static Span<double> Numbers(Tensor tensor) => MemoryMarshal.Cast<byte, double>(tensor.bytes);
}
