using System.Collections.Generic;
using System.Linq;
using Dsl.Generator.Graph;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Emitting;

/// <summary>What a network takes and returns, as types, parameters and expressions of C#.</summary>
internal static class NetworkSignature
{
    /// <summary>The base class: <c>nn.Module&lt;Tensor, Tensor&gt;</c>.</summary>
    public static string Module(NetworkProgram network) =>
        $"nn.Module<{string.Concat(network.Inputs.Select(_ => "Tensor, "))}{ResultType(network)}>";

    /// <summary>A tensor, or a tuple of the named results.</summary>
    public static string ResultType(NetworkProgram network) => TupleType(network.Results);

    public static string TupleType(IReadOnlyList<NetworkPort> ports) =>
        ports.Count == 1 ? "Tensor" : $"({string.Join(", ", ports.Select(port => $"Tensor {port.Member}"))})";

    /// <summary>One expression, or a tuple of several.</summary>
    public static string Tuple(IReadOnlyList<string> items) => items.Count == 1 ? items[0] : $"({string.Join(", ", items)})";

    public static string Parameters(NetworkProgram network) =>
        string.Join(", ", network.Inputs.Select(input => $"Tensor {input.Variable}"));

    /// <summary>The parameter, behind others, by which samples are mixed; empty where the network has no place for
    /// that.</summary>
    public static string Mixing(NetworkProgram network) => network.MixPoints.Count == 0 ? "" : ", Mixing? mixing = null";

    /// <summary>The inputs by their names, as arguments of a call.</summary>
    public static string Arguments(NetworkProgram network) => string.Join(", ", network.Inputs.Select(input => input.Variable));

    /// <summary>A statement that holds a tensor against the declaration of an input.</summary>
    public static string Requirement(NetworkProgram network, NetworkPort input, string model, string given) =>
        Requirement(network, input, model, given, "Require", "RequireIndices");

    /// <summary>A statement that holds an input of a training batch against the declaration.</summary>
    public static string BatchRequirement(NetworkProgram network, NetworkPort input, string model, string given) =>
        input.Relation is null ? Requirement(network, input, model, given, "RequireBatch", "RequireIndexBatch")
            : Requirement(network, input, model, given);

    /// <summary>A statement that holds an input against the one whose rows it is about.</summary>
    public static string RelationRequirement(NetworkPort input, string model, string given, string other) =>
        $"{input.Relation!.Requirement}({model}, \"{input.Name}\", {given}, \"{input.Relation.Of}\", {other});";

    private static string Requirement(
        NetworkProgram network, NetworkPort input, string model, string given, string ofNumbers, string ofIndices)
    {
        if (input.CountedPlaces is { } places)
            return $"SequenceEnds.Require({model}, \"{input.Name}\", {given}, {Spelling.Join(places)});";
        string sizes = string.Join(", ", input.Value.Shape.Dims.Select(dim => dim.IsKnown ? dim.ToString() : "ModelInput.Any"));
        string arena = model == "this" ? "Arena" : model + ".Arena";
        string type = network.Parameters.Count > 0 ? $"{arena}.Values.dtype" : "null";
        return input.Value.Type.Element == ElementType.Int64
            ? $"ModelInput.{ofIndices}({model}, \"{input.Name}\", {given}, {sizes});"
            : $"ModelInput.{ofNumbers}({model}, \"{input.Name}\", {given}, {type}, {sizes});";
    }

    /// <summary>Statements that hold what is given against the declaration.</summary>
    public static void WriteRequirements(CodeWriter code, NetworkProgram network)
    {
        foreach (var input in network.Inputs) code.Line(Requirement(network, input, "this", input.Variable));

        foreach (var input in network.Inputs.Where(input => input.Relation is not null))
        {
            var other = network.Inputs.First(other => other.Name == input.Relation!.Of);
            code.Line(RelationRequirement(input, "this", input.Variable, other.Variable));
        }

        var first = network.Inputs[0];
        foreach (var other in network.Inputs.Skip(1).Where(other => other.Value.Shape[0] == first.Value.Shape[0]))
        {
            code.Line(
                $"ModelInput.RequireSameSamples(this, \"{first.Name}\", {first.Variable}, \"{other.Name}\", {other.Variable});");
        }
    }

    /// <summary>Shapes for a sentence: one, or each with its name.</summary>
    public static string Shapes(IReadOnlyList<NetworkPort> ports) => ports.Count == 1
        ? ports[0].Value.Shape.ToString()
        : string.Join(", ", ports.Select(port => $"{port.Name} {port.Value.Shape}"));
}
