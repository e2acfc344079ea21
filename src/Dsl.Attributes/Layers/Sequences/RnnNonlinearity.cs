namespace Dsl;

/// <summary>What a simple recurrent network applies to its sums.</summary>
public enum RnnNonlinearity
{
    /// <summary>tanh x.</summary>
    Tanh,

    /// <summary>max(0, x).</summary>
    ReLU,
}
