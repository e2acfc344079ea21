using System;
using System.Collections.Generic;
using System.Linq;
using Dsl.Generator.Declarations;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Skeletons;

/// <summary>A network that is right beyond doubt, with the inputs and outputs of one that is not.</summary>
internal static class StandIn
{
    // As many inputs beside the first as a model can have.
    private const int FurtherInputs = 5;

    private static readonly Site Nowhere = new("");

    /// <summary>A classifier of images, which most recipes can train, with the same ports.</summary>
    public static ModelDeclaration For(ModelDeclaration declaration)
    {
        var model = Attribute(nameof(ModelAttribute), ("inputShape", new EquatableArray<long>([3, 32, 32])));
        var inputs = Inputs(declaration);
        var layers = new List<AttributeDeclaration> { Attribute(nameof(FlattenAttribute)) };
        foreach (string input in inputs) layers.Add(Attribute(nameof(ConcatAttribute), ("tag", input)));
        layers.Add(Linear());
        var outputs = Outputs(declaration);
        for (int i = 0; i < outputs.Count; i++)
        {
            if (i > 0) layers.Add(Linear());
            layers.Add(Attribute(nameof(OutputAttribute), ("name", outputs[i])));
        }

        return new ModelDeclaration(
            declaration.Type,
            model,
            new EquatableArray<AttributeDeclaration>(inputs.Select(name =>
                Attribute(nameof(InputAttribute), ("name", name), ("shape", new EquatableArray<long>([4]))))),
            new EquatableArray<AttributeDeclaration>(layers),
            default);
    }

    /// <summary>An attribute that stands nowhere.</summary>
    public static AttributeDeclaration Attribute(string name, params (string Name, object Value)[] arguments) => new(
        name,
        new EquatableArray<ArgumentDeclaration>(arguments.Select(argument =>
            new ArgumentDeclaration(argument.Name, false, argument.Value, Nowhere))),
        Nowhere);

    /// <summary>An optimizer of a network beside the trainer's model.</summary>
    public static AttributeDeclaration Optimizer(string network)
    {
        var optimizer = Attribute(nameof(AdamAttribute));
        var whose = new ArgumentDeclaration(nameof(OptimizerAttribute.For), true, network, Nowhere);
        return optimizer with { Arguments = new EquatableArray<ArgumentDeclaration>([whose]) };
    }

    private static AttributeDeclaration Linear() => Attribute(nameof(LinearAttribute), ("features", 3));

    private static List<string> Inputs(ModelDeclaration declaration) => Usable(
        declaration.Methods?.Forward is { Problem: null } forward
            ? forward.Parameters.Skip(1)
            : declaration.FurtherInputs.Select(input => input.Arguments.FirstOrDefault()?.Value as string),
        "further").Take(FurtherInputs).ToList();

    private static List<string> Outputs(ModelDeclaration declaration) => Usable(
        declaration.Methods?.Forward is { Problem: null } forward
            ? forward.Results
            : declaration.Layers.Where(layer => layer.Name == nameof(OutputAttribute))
                .Select(output => output.Arguments.FirstOrDefault()?.Value as string),
        "Result").ToList();

    /// <summary>The names, each of which is a legal one that no other has.</summary>
    private static IEnumerable<string> Usable(IEnumerable<string?> names, string otherwise)
    {
        var known = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        int number = 0;
        foreach (string? name in names)
        {
            number++;
            yield return Identifier.IsValid(name) && !Identifier.IsReserved(name!) && known.Add(name!) ? name!
                : $"{otherwise}{number}";
        }
    }
}
