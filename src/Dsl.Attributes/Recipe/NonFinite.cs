namespace Dsl;

/// <summary>What a run does at a step whose loss, gradient or statistics are NaN or infinite.</summary>
public enum NonFinite
{
    /// <summary>The run ends, as it does where nothing is declared: when the network itself is no longer finite.</summary>
    Stop,

    /// <summary>The step changes nothing but the step count: no parameter, moment, average or buffer.</summary>
    SkipStep,

    /// <summary>The run returns to the last good state that it holds, and goes on from there with the next data and a smaller
    /// learning rate.</summary>
    RollBack,
}
