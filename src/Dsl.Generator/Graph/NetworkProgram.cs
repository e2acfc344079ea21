using System.Collections.Generic;

namespace Dsl.Generator.Graph;

/// <summary>A learned parameter of a network.</summary>
/// <param name="Name">Its name in a state dictionary: <c>0.weight</c>.</param>
/// <param name="Member">Its property in generated code: <c>Conv2d0Weight</c>.</param>
/// <param name="IsFrozen">Whether it is held as it is: no gradient is computed for it and no update changes it.</param>
internal sealed record NetworkParameter(string Name, string Member, Shape Shape, Initialization Initialization, bool IsFrozen = false)
{
    public long Count => Shape.ElementsPerSample;
}

/// <summary>State of a network that no gradient reaches.</summary>
internal sealed record NetworkBuffer(string Name, string Member, TensorType Type, double Initial);

/// <summary>A layer of a network, for the table at the head of the generated file.</summary>
internal sealed record NetworkLayer(string Path, string Description, Shape Output, long Parameters, IReadOnlyList<Node> Nodes);

/// <summary>A checked model: its state and the computation of its output.</summary>
internal sealed class NetworkProgram
{
    private ArenaLayout? _layout;

    public NetworkProgram(Shape input)
    {
        Input = Computation.Add(new Operations.Input("input", new TensorType(input)), "input");
        Output = Input;
    }

    public Computation Computation { get; } = new();

    public Value Input { get; }

    public Value Output { get; set; }

    public List<NetworkParameter> Parameters { get; } = [];

    public List<NetworkBuffer> Buffers { get; } = [];

    public List<NetworkLayer> Layers { get; } = [];

    /// <summary>Where the parameters lie; asked for when all of them are there.</summary>
    public ArenaLayout Layout => _layout ??= new ArenaLayout(Parameters);
}
