using System.Collections.Generic;
using System.Linq;

namespace Dsl.Generator.Graph.Operations;

/// <summary>All places so far of a dimension of which one place came in: it is kept behind those before it. Input: the place's
/// part, of size 1 in that dimension.</summary>
/// <param name="Slot">Where in the cache.</param>
/// <param name="Dimension">The dimension of the places.</param>
/// <param name="Places">How many there are in all.</param>
internal sealed record CachedPlaces(int Slot, int Dimension, long Places) : Operation
{
    public override bool IsPure => false;

    public override IReadOnlyList<TensorType> Infer(IReadOnlyList<Value> inputs) =>
        [inputs[0].Type with { Shape = inputs[0].Shape.With(Dimension, Places) }];

    public override string Autograd(Spelling spelling) =>
        $"cache.Append({Spelling.Join(Slot)}, {spelling[0]}, {Spelling.Join(Dimension, Places)})";
}

/// <summary>What a tensor of all places has for the one at hand. Input: the tensor.</summary>
internal sealed record PlaceAtHand(int Dimension) : Operation
{
    public override bool IsView => true;

    public override IReadOnlyList<TensorType> Infer(IReadOnlyList<Value> inputs) =>
        [inputs[0].Type with { Shape = inputs[0].Shape.With(Dimension, 1) }];

    public override string Autograd(Spelling spelling) => $"{spelling[0]}.narrow({Spelling.Join(Dimension)}, cache.Place, 1)";
}

/// <summary>What a tensor of all places has for those up to the one at hand. Input: the tensor.</summary>
internal sealed record PlacesUpToHand(int Dimension) : Operation
{
    public override bool IsView => true;

    public override IReadOnlyList<TensorType> Infer(IReadOnlyList<Value> inputs) => [inputs[0].Type];

    public override string Autograd(Spelling spelling) =>
        $"{spelling[0]}.narrow({Spelling.Join(Dimension)}, 0, cache.Place + 1)";
}

/// <summary>One step of a recurrence, from the states that the step before has left. Inputs: x [1, N, D], then those of the
/// recurrence.</summary>
/// <param name="Slot">Where in the cache its states are.</param>
/// <param name="Whole">The recurrence over a sequence.</param>
internal sealed record RecurrentStep(int Slot, Recurrence Whole) : Operation
{
    public override bool IsPure => false;

    public override IReadOnlyList<TensorType> Infer(IReadOnlyList<Value> inputs) => Whole.Infer(inputs);

    public override string Autograd(Spelling spelling)
    {
        var given = Enumerable.Range(0, spelling.Count).Select(input => spelling[input]);
        var settings = Whole is RnnRecurrence rnn ? new[] { Spelling.Bool(rnn.Rectified) } : [];
        int biases = Whole is GruRecurrence ? 2 : 1;
        var missing = Enumerable.Repeat("null", 3 + biases - spelling.Count);
        return $"{Whole.Kernel}.Next(cache, {Spelling.Join(Slot)}, {string.Join(", ", given.Concat(missing).Concat(settings))})";
    }
}
