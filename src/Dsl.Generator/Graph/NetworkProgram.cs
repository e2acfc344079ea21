using System.Collections.Generic;
using System.Globalization;

namespace Dsl.Generator.Graph;

/// <summary>How a parameter starts.</summary>
internal abstract record Initialization
{
    /// <summary>U(−bound, bound) with bound = 1/√fan_in, PyTorch's default for linear and convolutional layers.</summary>
    public sealed record UniformFanIn(long FanIn) : Initialization;

    public sealed record Constant(double Value) : Initialization;

    /// <summary>U(−bound, bound) with bound = √(6/(fan_in + fan_out)) (Glorot and Bengio 2010, equation 16).</summary>
    public sealed record XavierUniform(long FanIn, long FanOut) : Initialization;

    /// <summary>N(0, deviation²).</summary>
    /// <param name="ZeroRow">A row that starts as zeros instead; −1 for none.</param>
    public sealed record Normal(double Deviation, long ZeroRow = -1) : Initialization;
}

/// <summary>A learned parameter of a network.</summary>
/// <param name="Name">Its name in a state dictionary: <c>0.weight</c>.</param>
/// <param name="Member">Its property in generated code: <c>Conv2d0Weight</c>.</param>
internal sealed record NetworkParameter(string Name, string Member, Shape Shape, Initialization Initialization)
{
    public long Count => Shape.ElementsPerSample;
}

/// <summary>State of a network that no gradient reaches.</summary>
internal sealed record NetworkBuffer(string Name, string Member, TensorType Type, double Initial);

/// <summary>Some rows of a parameter that have a gradient of their own: a view of the parameter's.</summary>
internal sealed record NetworkParameterRows(string Member, NetworkParameter Parameter, long Start, long Length);

/// <summary>A tensor that a network computes from its shape alone: neither learned nor saved.</summary>
/// <param name="Member">Its field in generated code; layers that ask for the same field share it.</param>
/// <param name="Code">The C# expression that makes it.</param>
internal sealed record NetworkTable(string Member, TensorType Type, string Code);

/// <summary>A layer of a network, for the table at the head of the generated file.</summary>
internal sealed record NetworkLayer(string Path, string Description, Shape Output, long Parameters, IReadOnlyList<Node> Nodes);

/// <summary>A checked model: its state and the computation of its output.</summary>
internal sealed class NetworkProgram
{
    public NetworkProgram(Shape input)
    {
        Input = Computation.Add(new Operations.Input("input", new TensorType(input)), "input");
        Output = Input;
    }

    public Computation Computation { get; } = new();

    public Value Input { get; }

    public Value Output { get; set; }

    public List<NetworkParameter> Parameters { get; } = [];

    public List<NetworkParameterRows> ParameterRows { get; } = [];

    public List<NetworkBuffer> Buffers { get; } = [];

    public List<NetworkTable> Tables { get; } = [];

    public List<NetworkLayer> Layers { get; } = [];
}
