namespace Dsl;

/// <summary>How the losses of a batch become one number.</summary>
public enum Reduction
{
    /// <summary>Their mean, so that the gradient does not depend on the batch size.</summary>
    Mean,

    /// <summary>Their sum. The gradient grows with the batch, and so the learning rate has to shrink.</summary>
    Sum,
}
