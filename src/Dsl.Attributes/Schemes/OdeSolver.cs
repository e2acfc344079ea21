namespace Dsl;

/// <summary>How a flow is followed from noise to samples.</summary>
public enum OdeSolver
{
    /// <summary>Heun's method, of second order: two passes of the network a step.</summary>
    Heun,

    /// <summary>Euler's method, of first order: one pass.</summary>
    Euler,
}
