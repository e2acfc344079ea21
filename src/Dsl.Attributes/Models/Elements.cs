namespace Dsl;

/// <summary>What the elements of a model's input are.</summary>
public enum Elements
{
    /// <summary>Real numbers in the network's precision, float32 unless it was moved to another.</summary>
    Real,

    /// <summary>Integers that choose something, int64: the tokens of a text, the nodes of an edge.</summary>
    Index,
}
