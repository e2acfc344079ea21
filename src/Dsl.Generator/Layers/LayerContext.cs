using System.Collections.Generic;
using System.Linq;
using Dsl.Generator.Binding;
using Dsl.Generator.Declarations;
using Dsl.Generator.Diagnostics;
using Dsl.Generator.Fixes;
using Dsl.Generator.Graph;
using Dsl.Generator.Graph.Operations;
using Dsl.Generator.Programs;
using Microsoft.CodeAnalysis;

namespace Dsl.Generator.Layers;

/// <summary>Where a layer adds its parameters and operations, and says what does not fit.</summary>
/// <param name="network">The network under construction.</param>
/// <param name="findings">Where to report.</param>
/// <param name="layer">The declared layer.</param>
/// <param name="path">Its position in the stack and in the blocks around it, by which its parameters are named:
/// <c>3.0</c>.</param>
/// <param name="description">The layer as messages show it.</param>
/// <param name="producer">What made the layer's input, as messages show it.</param>
/// <param name="producerSite">Where that stands.</param>
/// <param name="scope">The stack that the layer stands in.</param>
/// <param name="rules">What that stack, and those around it, say about parameters.</param>
/// <param name="isFrozen">Whether the layer is frozen.</param>
/// <param name="walk">Adds a block inside of the layer, as <see cref="AddBlock"/> does.</param>
internal sealed partial class LayerContext(
    NetworkProgram network, Findings findings, Bound<LayerAttribute> layer, string path, string description,
    string producer, Site producerSite, StackScope scope, StackRules rules, bool isFrozen,
    System.Func<int, string, Value, IReadOnlyList<(string Name, Value Value)>, Value?> walk)
{
    public Computation Computation => network.Computation;

    /// <summary>Adds a network that the layer has inside of it; null, with findings, when something in it does not fit.</summary>
    /// <param name="type">The type argument that names the block.</param>
    /// <param name="place">What its parameters are named by, behind the layer's own place.</param>
    /// <param name="input">What it starts at.</param>
    /// <param name="tags">What it knows by name.</param>
    public Value? AddBlock(int type, string place, Value input, IReadOnlyList<(string Name, Value Value)> tags) =>
        walk(type, place, input, tags);

    /// <summary>The layer's variable in generated code: <c>conv2d0</c>.</summary>
    public string Variable => !IsNamed ? Casing.Variable(layer.Name) + Number
        : Casing.Variable(Number) is var name && Identifier.IsFree(name) ? name : name + "Output";

    /// <summary>The stack that the layer stands in: its input and its tags.</summary>
    public StackScope Scope => scope;

    /// <summary>What the whole network takes.</summary>
    public IReadOnlyList<NetworkPort> NetworkInputs => network.Inputs;

    /// <summary>What made the layer's input, as messages show it.</summary>
    public string Producer => producer;

    /// <summary>The layer as messages show it.</summary>
    public string Description => description;

    /// <summary>The layer as it was declared.</summary>
    public Bound<LayerAttribute> Declared => layer;

    /// <summary>Whether the declaration gives the argument.</summary>
    public bool Declares(string argument) => layer.Has(argument);

    /// <summary>Whether the layer's parameters, and what it would count or average, stay as they are.</summary>
    public bool IsFrozen => isFrozen;

    /// <summary>Whether recurrences can go on from states that are given.</summary>
    public bool CarriesStates => network.CarriesStates;

    /// <summary>Whether the layer stands in a block, whose code knows nothing of the model's states.</summary>
    public bool IsInBlock => path.Contains(".");

    /// <summary>A place for states that are carried.</summary>
    /// <param name="count">How many.</param>
    /// <param name="hidden">The size of each.</param>
    public int CarriedSlot(int count, long hidden)
    {
        int slot = network.CarriedSizes.Count;
        network.CarriedSizes.AddRange(Enumerable.Repeat(hidden, count));
        return slot;
    }

    private string Number => path.Replace('.', '_');

    // A layer on a method goes by the method's name, one in a stack by its own and its position.
    private bool IsNamed => !char.IsDigit(path[0]);

    /// <summary>A learned parameter.</summary>
    /// <param name="name">PyTorch's name of it inside the layer: weight or bias.</param>
    public Value Parameter(string name, Shape shape, Initialization initialization)
    {
        if (name == "weight" && layer.Attribute is WeightedLayerAttribute { Share.Length: > 0 } sharing)
            return SharedWeight(sharing.Share, shape, initialization);
        return Add(name, shape, initialization).Value;
    }

    /// <summary>A parameter that stays as it is, wherever the layer stands.</summary>
    public Value FrozenParameter(string name, Shape shape, Initialization initialization) =>
        Add(name, shape, initialization, isHeld: true).Value;

    /// <summary>Says that the product of two learned matrices is added to a weight that stays as it is.</summary>
    /// <param name="weight">The weight's name inside the layer, [out, in].</param>
    /// <param name="left">That of the first matrix, [out, r], which may be zeros.</param>
    /// <param name="right">That of the second, [r, in].</param>
    /// <param name="scale">The factor of the product.</param>
    /// <param name="row">The first row of the weight that the product is added to.</param>
    public void AddUpdate(string weight, string left, string right, double scale, long row = 0) => network.LowRankUpdates.Add(
        new LowRankUpdate($"{path}.{weight}", $"{path}.{left}", $"{path}.{right}", scale, row));

    /// <summary>Says that two parameters of the layer are the means and raw deviations of weights that it draws.</summary>
    public void AddPosterior(string mean, string raw) => network.Posteriors.Add(new WeightDistribution(Find(mean), Find(raw)));

    private NetworkParameter Find(string name) => network.Parameters.Single(parameter => parameter.Name == $"{path}.{name}");

    /// <summary>Has a row of a parameter start as zeros, however the others do.</summary>
    public void StartRowAtZero(Value parameter, long row)
    {
        int index = network.Parameters.FindIndex(known => known.Member == ((Parameter)parameter.Producer.Operation).Member);
        network.Parameters[index] = network.Parameters[index] with { ZeroRow = row };
    }

    /// <summary>Some rows of a parameter, with a gradient of their own.</summary>
    /// <param name="name">What they are called in generated code, behind the parameter's name.</param>
    public Value Rows(Value parameter, string name, long start, long length)
    {
        var whole = network.Parameters.First(known => known.Member == ((Parameter)parameter.Producer.Operation).Member);
        var rows = new NetworkParameterRows(whole.Member + name, whole, start, length);
        network.ParameterRows.Add(rows);
        return Computation.Add(new ParameterRows(rows.Member, start, length), Casing.Variable(rows.Member), parameter);
    }

    /// <summary>A tensor that is computed from the shape alone; layers that ask for the same field share it.</summary>
    /// <param name="field">Its field in generated code.</param>
    /// <param name="code">The C# expression that makes it.</param>
    public Value Table(string field, Shape shape, string code)
    {
        var table = new NetworkTable(field, new TensorType(shape), code);
        if (!network.Tables.Contains(table)) network.Tables.Add(table);
        return Computation.Add(new Table(field, table.Type), field.TrimStart('_'));
    }

    /// <summary>State that no gradient reaches.</summary>
    /// <param name="stage">The stage of growth whose share it is, counted from 1; 0 for what is no share.</param>
    public Value Buffer(string name, Shape shape, double initial, ElementType element = ElementType.Float, int stage = 0)
    {
        var buffer = new NetworkBuffer($"{path}.{name}", Member(name), new TensorType(shape, element), initial)
        {
            Stage = stage,
        };
        network.Buffers.Add(buffer);
        return Computation.Add(new Buffer(buffer.Member, buffer.Type), Casing.Variable(buffer.Member));
    }

    /// <summary>Makes a tagged value of the outermost stack one that objectives can read, unless generated code has another use
    /// for its name.</summary>
    public void AddFeature(string name, Value value)
    {
        if (!scope.IsBlock && value.Type.Element == ElementType.Float && Identifier.IsValid(name) && !Identifier.IsReserved(name))
            network.Features.Add(new NetworkPort(name, value));
    }

    /// <summary>Makes a value an output; false when there is one of that name.</summary>
    public bool AddOutput(string name, Value value)
    {
        if (network.Outputs.Any(output => string.Equals(output.Name, name, System.StringComparison.OrdinalIgnoreCase)))
            return false;
        network.Outputs.Add(new NetworkPort(name, value));
        return true;
    }

    /// <summary>Whether a value has gone somewhere: it is an input, tagged, an output, or some operation reads it; or nobody need
    /// take it.</summary>
    public bool IsRead(Value value) => value.Producer.Operation is Input || value == network.Entry || value == scope.Offered
        || Computation.Uses(value).Any()
        || network.Outputs.Any(output => output.Value == value) || IsTagged(value, scope);

    private static bool IsTagged(Value value, StackScope? stack) =>
        stack is not null && (stack.Tags.Values.Contains(value) || IsTagged(value, stack.Outer));

    /// <summary>Reports at an argument, or at the whole attribute, with the producer of the input as a second place.</summary>
    public Value? Fail(DiagnosticDescriptor descriptor, string? argument, params string[] arguments) =>
        Fail(descriptor, argument, (Fix?)null, arguments);

    /// <summary>Likewise, and offers what would put it right.</summary>
    public Value? Fail(DiagnosticDescriptor descriptor, string? argument, Fix? fix, params string[] arguments) =>
        Fail(descriptor, argument, [fix], arguments);

    public Value? Fail(DiagnosticDescriptor descriptor, string? argument, Fix?[] fixes, params string[] arguments)
    {
        findings.Add(descriptor, argument is null ? layer.Site : layer.SiteOf(argument), producerSite, arguments).Offer(fixes);
        return null;
    }

    /// <summary>Reports an input of the wrong rank.</summary>
    public Value? FailRank(Value input, string expected, string hint = "") =>
        Fail(Catalogue.WrongRank, null, LayerTwins.Of(layer, input.Shape.Rank), description, expected, input.Shape.ToString(),
            producer, hint);

    /// <summary>Reports a window that is larger than its padded input.</summary>
    public Value? FailWindow(Value input, long window, int padding, int dilation = 1) =>
        Fail(Catalogue.WindowTooLarge, "KernelSize", Fitting(input, padding, dilation), description, input.Shape.ToString(),
            producer,
            string.Join("x", input.Shape.Dims.Skip(2).Select(_ => window)),
            string.Join("x", input.Shape.Dims.Skip(2).Select(size => size.Factor + 2L * padding))
                + (padding > 0 ? " (padding included)" : ""));

    /// <summary>Reports groups that do not divide the channels.</summary>
    public Value? FailGroups(int groups, long channels, int outputs) =>
        Fail(Catalogue.GroupsDoNotDivide, "Groups",
            layer.Set("Groups", Nearest.Divisor(Nearest.CommonDivisor(channels, outputs), groups)!.Value),
            groups.ToString(), channels.ToString(), producer, outputs.ToString());

    /// <summary>The largest window that fits.</summary>
    private Fix? Fitting(Value input, int padding, int dilation)
    {
        long size = input.Shape.Dims.Skip(2).Min(dimension => dimension.Factor) + 2L * padding;
        return layer.Set("KernelSize", (size - 1) / dilation + 1);
    }

    private string Member(string name) =>
        (IsNamed ? char.ToUpperInvariant(Number[0]) + Number.Substring(1) : layer.Name + Number)
            + string.Concat(name.Split('_', '.')
            .Select(word => char.IsDigit(word[0]) ? $"_{word}" : char.ToUpperInvariant(word[0]) + word.Substring(1)));
}
