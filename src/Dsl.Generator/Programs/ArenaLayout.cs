using System.Collections.Generic;
using System.Linq;

namespace Dsl.Generator.Programs;

/// <summary>A contiguous part of an arena.</summary>
/// <param name="Offset">First element, a multiple of the alignment.</param>
/// <param name="Length">Number of elements, a multiple of the alignment, the space between parameters included.</param>
internal readonly record struct ArenaSegment(long Offset, long Length);

/// <summary>
/// Where a network's parameters lie in its arena: first those that are trained, of them the ones with two or more dimensions
/// (weights), then those with fewer (biases, normalisations), and the frozen ones last. An optimizer, a norm or an average
/// works on the contiguous <see cref="Trainable"/> part, a parameter group on one segment of it.
/// </summary>
internal sealed class ArenaLayout
{
    /// <summary>A multiple of the widest vector registers in elements, so that no parameter shares a vector with
    /// another.</summary>
    public const long Alignment = 16;

    private readonly Dictionary<string, long> _offsets = [];

    public ArenaLayout(IReadOnlyCollection<NetworkParameter> parameters)
    {
        Weights = Place(parameters.Where(parameter => !parameter.IsFrozen && parameter.Shape.Rank >= 2));
        Vectors = Place(parameters.Where(parameter => !parameter.IsFrozen && parameter.Shape.Rank < 2));
        Frozen = Place(parameters.Where(parameter => parameter.IsFrozen));
    }

    /// <summary>Trained parameters with two or more dimensions.</summary>
    public ArenaSegment Weights { get; }

    /// <summary>Trained parameters with fewer than two dimensions; directly behind <see cref="Weights"/>.</summary>
    public ArenaSegment Vectors { get; }

    /// <summary>Parameters that no update changes.</summary>
    public ArenaSegment Frozen { get; }

    /// <summary>All trained parameters: the prefix of the arena that gradients and moments are twins of.</summary>
    public ArenaSegment Trainable => new(0, Weights.Length + Vectors.Length);

    /// <summary>Number of elements of the arena.</summary>
    public long Length { get; private set; }

    /// <summary>A parameter's first element.</summary>
    public long OffsetOf(NetworkParameter parameter) => _offsets[parameter.Name];

    /// <summary>A parameter with the space behind it, up to the next one.</summary>
    public ArenaSegment SegmentOf(NetworkParameter parameter) => new(OffsetOf(parameter), Padded(parameter));

    private ArenaSegment Place(IEnumerable<NetworkParameter> parameters)
    {
        long start = Length;
        foreach (var parameter in parameters)
        {
            _offsets.Add(parameter.Name, Length);
            Length += Padded(parameter);
        }

        return new ArenaSegment(start, Length - start);
    }

    private static long Padded(NetworkParameter parameter) => (parameter.Count + Alignment - 1) / Alignment * Alignment;
}
