using Dsl.Generator.Graph;
using Dsl.Generator.Passes;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Layers;

internal sealed partial class LayerContext
{
    /// <summary>Where the sequences of a value end; null where it holds no padding, or where that reached other places, which is
    /// told of whatever is computed from the value.</summary>
    public SequenceEnds? EndsOf(Value value) => network.Ends.Count == 0 ? null : EndsFlow.Of(network, value, out _);

    /// <summary>Says where the sequences of a value end that a layer computes with regard to padding.</summary>
    /// <param name="ends">Null where no padding is left.</param>
    /// <returns>The value.</returns>
    public Value WithEnds(Value value, SequenceEnds? ends)
    {
        if (network.Ends.Count > 0) network.Ends[value] = ends;
        return value;
    }
}
