using System.Collections.Generic;
using System.Linq;
using Dsl.Generator.Declarations;
using Dsl.Generator.Programs;
using Microsoft.CodeAnalysis.CSharp;

namespace Dsl.Generator.Skeletons;

/// <summary>
/// The public members of a class whose declaration is wrong, with bodies that throw. An assembly with errors is not built, so
/// that nothing of it ever
/// runs: it is there so that code which uses the class has no errors because of the declaration's.
/// </summary>
internal static class Skeleton
{
    /// <summary>The oldest C# in which a skeleton can be written, which is older than that of generated code.</summary>
    private const LanguageVersion OldestLanguage = LanguageVersion.CSharp10;

    /// <summary>The skeleton of a model; null where its class can have no second part.</summary>
    public static string? Of(ModelDeclaration declaration, CompilerOptions options)
    {
        if (!CanHave(declaration.Type, options)) return null;
        var (mended, source) = ModelMender.Mend(declaration, options);
        var writer = new SkeletonWriter(declaration.Type, source, [.. Datasets(declaration)]);
        if (declaration.Dataset is not null && mended.Dataset is null)
        {
            string name = SkeletonName.Escape(declaration.Type.Name);
            foreach (string member in new DatasetMembers(writer.Thrown).OfModel(name)) writer.Add(member);
        }

        if (declaration.HasPretrained)
        {
            writer.Add("public global::Dsl.Runtime.LoadedWeights LoadPretrained(string path, bool strict = true) => throw "
                + $"{writer.Thrown};");
        }

        if (mended.Methods is null && declaration.Methods is { } methods)
        {
            // Every partial method needs a body, whatever the network in the place of theirs is.
            foreach (var method in methods.Layers.Where(method => method.Problem is null || method.Head is not null))
                writer.Add($"{Head(method)} => throw {writer.Thrown};");
        }

        return Finish(writer, declaration.Type);
    }

    /// <summary>The skeleton of a trainer; null where its class can have no second part.</summary>
    public static string? Of(TrainerDeclaration declaration, CompilerOptions options)
    {
        if (!CanHave(declaration.Type, options)) return null;
        var mended = TrainerMender.Mend(declaration, options);
        var model = declaration.Model?.Type;
        var writer = new SkeletonWriter(
            declaration.Type, mended.Source, [.. TrainerParts.Models(declaration), .. Datasets(declaration.Model)]);
        writer.Add(mended.Dropped, model);
        if (declaration.Model?.Dataset is not null && !mended.HasDataset)
            foreach (string member in new DatasetMembers(writer.Thrown).OfTrainer()) writer.Add(member);
        return Finish(writer, declaration.Type);
    }

    /// <summary>The skeleton of a table; null where its record can have no second part.</summary>
    public static string? Of(DatasetDeclaration declaration, CompilerOptions options) =>
        CanHave(declaration.Type, options) ? DatasetMembers.File(declaration) : null;

    /// <summary>The data set of a model, for the accessibility of what names it.</summary>
    private static IEnumerable<(string Placeholder, TypeDeclaration? Type)> Datasets(ModelDeclaration? model)
    {
        if (model?.Dataset?.Dataset is { } table) yield return (SkeletonName.Dataset, table.Type);
    }

    private static string Finish(SkeletonWriter writer, TypeDeclaration type)
    {
        if (type.HasPrimaryConstructor) writer.DropConstructors();
        return writer.ToString();
    }

    private static bool CanHave(TypeDeclaration type, CompilerOptions options) =>
        type is { IsOrdinary: true, IsPartial: true, IsSource: true, Name.Length: > 0 }
            && type.BaseClass is not "System.ValueType"
            && options.Language >= OldestLanguage;

    private static string Head(LayerMethod method) =>
        method.Head ?? $"{method.Modifiers} global::TorchSharp.torch.Tensor {Identifier.Escape(method.Name)}("
        + string.Join(", ", method.Parameters.Select(parameter =>
            $"global::TorchSharp.torch.Tensor {Identifier.Escape(parameter.Name)}")) + ")";
}
