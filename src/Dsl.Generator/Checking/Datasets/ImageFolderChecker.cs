using System.Collections.Generic;
using System.Linq;
using Dsl.Generator.Augmentations;
using Dsl.Generator.Binding;
using Dsl.Generator.Declarations;
using Dsl.Generator.Diagnostics;
using Dsl.Generator.Fixes;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Checking.Datasets;

/// <summary>Declared images to a program: placement, size, label, normalisation.</summary>
internal static class ImageFolderChecker
{
    /// <summary>The generated members that others see.</summary>
    private static readonly string[] FixedMembers = ["From", "Load", "Path"];

    /// <summary>The program of the images, or null with findings.</summary>
    public static ImageFolderProgram? Check(DatasetDeclaration declaration, Findings findings)
    {
        var type = declaration.Type;
        DatasetChecker.CheckPlacement(type, findings);
        var format = AttributeBinder.Bind<ImageFolderAttribute>(declaration.Attribute, findings);
        if (format is null || findings.Any) return null;
        CheckChannels(type, format, findings);
        PlacementChecker.CheckName(type, FixedMembers, findings);
        var label = Label(declaration, findings);
        if (findings.Any || label is null) return null;
        var normalization = Normalization(declaration, format.Attribute.Channels, findings, out bool standardizes);
        return findings.Any ? null : new ImageFolderProgram(declaration, format, label)
        {
            Normalization = normalization,
            Standardizes = standardizes,
        };
    }

    /// <summary>Reports policies that normalise images which their model normalises itself: its predictions would leave the
    /// policy's part out.</summary>
    public static void CheckPolicies(NetworkProgram network, IEnumerable<TypeReference> policies, Findings findings)
    {
        if (network.Dataset is not ImageFolderProgram images) return;
        foreach (var use in policies)
        {
            var transformations = use.Policy!.Transformations;
            foreach (var declared in AttributeBinder.BindAll<TransformationAttribute>(transformations, new Findings()))
            {
                if (Transformation.Of(declared.Attribute).Normalization(declared.Attribute) is null) continue;
                findings.Add(Catalogue.PolicyNormalizesImages, use.Site, declared.Site, declared.Name, use.Name,
                    images.Declaration.Type.Name);
            }
        }
    }

    private static void CheckChannels(TypeDeclaration type, Bound<ImageFolderAttribute> format, Findings findings)
    {
        const string channels = "channels";
        int count = format.Attribute.Channels;
        if (count is 1 or 3) return;
        findings.Add(Catalogue.ImageChannels, format.SiteOf(channels), type.Name, count.ToString())
            .Offer(format.Set(channels, count < 2 ? 1 : 3), format.Set(channels, count < 2 ? 3 : 1));
    }

    private static ColumnProgram? Label(DatasetDeclaration declaration, Findings findings)
    {
        string name = declaration.Type.Name;
        if (declaration.Attributes.Any(attribute => attribute.Name == nameof(TableAttribute)))
        {
            findings.Add(Catalogue.ImageLabel, declaration.Attribute.Site, name,
                "rows of a table are no images: take [Table] away");
            return null;
        }

        if (declaration.Columns.Count == 0)
            findings.Add(Catalogue.ImageLabel, declaration.Type.Site, name,
                "add [Label(\"first\", \"second\")] string? Kind = null");
        ColumnProgram? label = null;
        foreach (var column in declaration.Columns)
        {
            bool isLabel = column.Attributes.Any(attribute => attribute.Name == nameof(LabelAttribute));
            string? problem = FixedMembers.Contains(column.Name) ? $"'{column.Name}' is a member that is generated: rename it"
                : !isLabel ? $"'{column.Name}' is none: give it [Label], or take it away"
                : label is not null ? $"'{column.Name}' is a second one: take it away"
                : null;
            if (problem is not null)
            {
                findings.Add(Catalogue.ImageLabel, column.Site, name, problem);
                continue;
            }

            label = new ColumnChecker(column, null, null, findings).Check();
            if (label is null) return null;
            if (label.Kind != ColumnKind.Category || label.Values.Count == 0)
                findings.Add(Catalogue.ImageLabel, column.Site, name,
                    $"'{column.Name}' must be a string with its classes, or an enum");
        }

        return label;
    }

    private static (IReadOnlyList<double> Means, IReadOnlyList<double> Deviations)? Normalization(
        DatasetDeclaration declaration, int channels, Findings findings, out bool standardizes)
    {
        standardizes = false;
        (IReadOnlyList<double> Means, IReadOnlyList<double> Deviations)? result = null;
        Site? first = null;
        foreach (var attribute in declaration.Attributes)
        {
            var scaling = AttributeBinder.Bind<ScalingAttribute>(attribute, findings);
            var transformation = AttributeBinder.Bind<TransformationAttribute>(attribute, findings);
            bool isImpute = attribute.Name == nameof(ImputeAttribute);
            if (scaling is null && transformation is null && !isImpute) continue;
            string? problem = first is not null ? "one normalisation is enough" : null;
            if (isImpute || scaling?.Attribute is MinMaxAttribute)
                problem = "images lie in [0, 1]: [Standardize] scales them by statistics of the training images, "
                    + "[Normalize] by numbers";
            else if (scaling is not null)
                standardizes = true;
            else if (Transformation.Of(transformation!.Attribute).Normalization(transformation.Attribute) is { } declared)
                result = Each(declared, transformation, channels, findings);
            else
                problem = "it stands on a policy, [Augmentation], by which a trainer sees the images: [Augment<T>]";
            first ??= attribute.Site;
            if (problem is null) continue;
            string name = AttributeBinder.ShortName(attribute.Name);
            findings.Add(Catalogue.ImageAttribute, attribute.Site, name, declaration.Type.Name, problem)
                .Offer(Fix.Remove(attribute.Site, name));
        }

        return result;
    }

    /// <summary>The numbers of each channel, where one may stand for all.</summary>
    private static (IReadOnlyList<double>, IReadOnlyList<double>)? Each(
        (IReadOnlyList<double> Means, IReadOnlyList<double> Deviations) declared, Bound<TransformationAttribute> attribute,
        int channels, Findings findings)
    {
        var own = new Findings();
        Transformation.Of(attribute.Attribute).Check(attribute, own);
        foreach (var finding in own.ToArray()) findings.Add(Catalogue.ById[finding.Id], finding.Site, [.. finding.Arguments]);
        int count = declared.Means.Count;
        if (own.Any) return null;
        if (count == channels) return declared;
        if (count == 1)
            return (Repeated(declared.Means[0]), Repeated(declared.Deviations[0]));
        findings.Add(Catalogue.ChannelCount, attribute.Site, attribute.Name,
            $"has {count} means, but the images have {channels} channels: give one, or one for each");
        return null;

        List<double> Repeated(double value) => [.. Enumerable.Repeat(value, channels)];
    }
}
