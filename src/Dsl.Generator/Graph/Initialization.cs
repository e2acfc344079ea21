namespace Dsl.Generator.Graph;

/// <summary>How a parameter starts.</summary>
internal abstract record Initialization
{
    /// <summary>U(−bound, bound) with bound = 1/√fan_in, PyTorch's default for linear and convolutional layers.</summary>
    public sealed record UniformFanIn(long FanIn) : Initialization;

    public sealed record Constant(double Value) : Initialization;
}
