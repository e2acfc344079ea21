namespace Dsl;

/// <summary>
/// What the recurrent layers have in common: a sequence [N, T, D] to the states of all steps [N, T, H·directions] or to the last
/// one [N, H·directions]. Every sequence starts from zero states, unless the model carries states on (<c>CarriesStates</c>).
/// </summary>
public abstract class RecurrentAttribute : LayerAttribute
{
    private protected RecurrentAttribute(int hidden) => Hidden = hidden;

    /// <summary>Size H of a state.</summary>
    [Interval("[1, inf)")]
    public int Hidden { get; }

    /// <summary>Number of layers on top of one another; each reads all states of the one below. At most 100: each is written
    /// out.</summary>
    [Interval("[1, 100]")]
    public int Layers { get; set; } = 1;

    /// <summary>
    /// Whether a second direction reads the sequence from its end (Schuster and Paliwal 1997); the states of both stand side by
    /// side, the forward one's first.
    /// </summary>
    public bool Bidirectional { get; set; }

    /// <summary>Whether it reads the sequence from its end, and from nowhere else: a state tells of its own element and of those
    /// behind it. Parameters are named as those of a forward direction.</summary>
    public bool Reversed { get; set; }

    /// <summary>
    /// Probability of an element to be dropped between two layers while training; the last layer's output is never dropped.
    /// Masks come from the trainer's own dropout stream.
    /// </summary>
    [Interval("[0, 1)")]
    public double Dropout { get; set; }

    /// <summary>Which states of the last layer the next layer of the model gets.</summary>
    public States States { get; set; } = States.All;

    /// <summary>Whether there are biases, two for each direction as in PyTorch.</summary>
    public bool Bias { get; set; } = true;
}
