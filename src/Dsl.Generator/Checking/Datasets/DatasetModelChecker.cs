using System.Collections.Generic;
using System.Linq;
using Dsl.Generator.Binding;
using Dsl.Generator.Declarations;
using Dsl.Generator.Diagnostics;
using Dsl.Generator.Fixes;
using Dsl.Generator.Objectives;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Checking.Datasets;

/// <summary>Models whose sizes come from a table, or from images.</summary>
internal static class DatasetModelChecker
{
    /// <summary>What a model for a table has beside.</summary>
    public static readonly string[] FixedMembers = ["Classes", "Load", "Predict", "Preprocessing", "Save"];

    /// <summary>What its trainer has beside.</summary>
    public static readonly string[] FixedTrainerMembers = ["CrossValidate", "Predict", "SaveModel"];

    private const string InputShape = "inputShape", Features = "features";

    /// <summary>The declaration with the table's numbers in the places that leave them open, and the table, if it has one; null
    /// with findings, or because the table has findings of its own.</summary>
    public static (ModelDeclaration Model, DatasetProgram? Dataset)? Resolve(ModelDeclaration declaration, Findings findings)
    {
        if (declaration.Dataset is not { } reference)
        {
            foreach (var linear in OpenLinears(declaration)) findings.Add(Catalogue.LinearWithoutSize, linear.Site);
            return findings.Any ? null : (declaration, null);
        }

        if (reference.Dataset is not { } table)
        {
            findings.Add(Catalogue.NotATable, reference.Site, reference.Name);
            return null;
        }

        foreach (var input in declaration.FurtherInputs)
            findings.Add(Catalogue.TableWithPorts, input.Site, declaration.Type.Name, table.Type.Name);
        if (declaration.Type.Accessibility == "public" && table.Type.Accessibility != "public")
            findings.Add(Catalogue.TableLessAccessible, declaration.Type.Site, table.Type.Site, declaration.Type.Name,
                table.Type.Name)
                .Offer(Fix.MakePublic(table.Type));
        if (findings.Any || DatasetChecker.Check(table, new Findings()) is not { } program) return null;
        if (program.Output == DatasetOutput.None)
        {
            findings.Add(Catalogue.NoLabel, reference.Site, table.Type.Site, declaration.Type.Name, table.Type.Name);
            return null;
        }

        return (Sized(declaration, program), program);
    }

    /// <summary>What the model returns must be what the label needs.</summary>
    public static void CheckEnd(ModelDeclaration declaration, NetworkProgram network, Findings findings)
    {
        if (network.Dataset is not { } table || !network.KnowsResults) return;
        string name = declaration.Type.Name, row = table.Declaration.Type.Name;
        var result = network.Results[0].Value;
        if (network.Results.Count > 1 || network.Inputs.Count > 1)
        {
            findings.Add(Catalogue.TableWithPorts, declaration.Type.Site, name, row);
        }
        else if (result.Shape.Rank != 2 || result.Shape[1] != table.Outputs)
        {
            var last = network.LayerOf(result.Producer)?.Declaration;
            var size = last?.Attribute is LinearAttribute && last.Has(Features) ? last.Set(Features, table.Outputs) : null;
            var behind = declaration.Type.IsSource && declaration.Methods is null && declaration.Layers.Count > 0
                ? Fix.Add("Linear", declaration.Layers[declaration.Layers.Count - 1].Site) : null;
            findings.Add(Catalogue.OutputIsNotLabel, last?.Site ?? declaration.Model.Site, table.Labels[0].Declaration.Site, row,
                table.OutputWords, name, result.Shape.ToString()).Offer(size, behind);
        }
    }

    /// <summary>What an objective compares must be what the label is.</summary>
    public static void CheckObjectives(
        NetworkProgram network, IEnumerable<Bound<TermAttribute>> objectives, Findings findings)
    {
        if (network.Dataset is not { } table) return;
        foreach (var objective in objectives)
        {
            var kind = Objective.Of(objective).Labels;
            if (kind == LabelKind.None || kind.Fits(table.Kind)) continue;
            string use = table.Kind switch
            {
                LabelKind.Class => "CrossEntropy",
                LabelKind.Binary => "BinaryCrossEntropy",
                _ => "MeanSquaredError",
            };
            findings.Add(Catalogue.LabelNotForObjective, objective.Site, table.Labels[0].Declaration.Site, objective.Name,
                Words(kind),
                table.Declaration.Type.Name, Words(table.Kind), $"[{use}]").Offer(Fix.Rename(objective.Site, use));
        }
    }

    private static string Words(LabelKind kind) => kind switch
    {
        LabelKind.Class => "one of several classes",
        LabelKind.Binary => "yes or no",
        LabelKind.Real => "a real number",
        _ => "a distribution over classes",
    };

    private static IEnumerable<AttributeDeclaration> OpenLinears(ModelDeclaration declaration) => declaration.Layers
        .Concat(declaration.Methods?.Layers.SelectMany(method => method.Layers) ?? []).Where(IsOpen);

    private static bool IsOpen(AttributeDeclaration layer) =>
        layer.Name == nameof(LinearAttribute) && layer.Arguments.All(argument => argument.Name != Features);

    private static ModelDeclaration Sized(ModelDeclaration declaration, DatasetProgram table)
    {
        var shape = new ArgumentDeclaration(InputShape, false, new EquatableArray<long>(table.InputShape),
            declaration.Model.Site);
        return declaration with
        {
            Model = declaration.Model with { Arguments =
                new EquatableArray<ArgumentDeclaration>(declaration.Model.Arguments.Append(shape)) },
            Layers = Sized(declaration.Layers, table),
            Methods = declaration.Methods is not { } methods ? null : methods with
            {
                Layers = new EquatableArray<LayerMethod>(methods.Layers
                    .Select(method => method with { Layers = Sized(method.Layers, table) })),
            },
        };
    }

    private static EquatableArray<AttributeDeclaration> Sized(
        EquatableArray<AttributeDeclaration> layers, DatasetProgram table) =>
        new(
        layers.Select(layer => !IsOpen(layer) ? layer : layer with
        {
            Arguments = new EquatableArray<ArgumentDeclaration>(
                layer.Arguments.Prepend(new ArgumentDeclaration(Features, false, (int)table.Outputs, layer.Site))),
        }));
}
