using System.Collections.Generic;
using System.Linq;
using Dsl.Generator.Augmentations;
using Dsl.Generator.Binding;
using Dsl.Generator.Declarations;
using Dsl.Generator.Diagnostics;
using Dsl.Generator.Fixes;
using Dsl.Generator.Graph;
using Dsl.Generator.Objectives;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Mixings;

/// <summary>The model and the objectives against which a mixing is checked.</summary>
internal sealed class MixingCheck(
    TrainerDeclaration declaration, NetworkProgram network, List<Bound<TermAttribute>> objectives, Findings findings)
{
    private Site Model => declaration.Model!.Model.Site;

    /// <summary>Every input must be real numbers, a row for each sample.</summary>
    public void RealInputs(Bound<MixingAttribute> mixing, Site site)
    {
        if (network.Inputs.FirstOrDefault(input => input.Value.Type.Element != ElementType.Float) is { } integers)
            findings.Add(Catalogue.InputNotMixable, site, Model, mixing.Name, integers.Name, integers.Value.Shape.ToString(),
                declaration.ModelName);
    }

    /// <summary>One input, images, with a label each.</summary>
    public void Images(Bound<MixingAttribute> mixing)
    {
        if (!network.IsPlain || network.Input.Shape.Rank != 4)
        {
            string what = network.IsPlain ? $"takes {network.Input.Shape}" : "has several inputs or outputs, or takes integers";
            findings.Add(Catalogue.MixingNeedsImages, mixing.Site, Model, mixing.Name, "[N, C, H, W]",
                $"'{declaration.ModelName}' {what}",
                "use [Mixup], or a [Model(C, H, W)] with one output");
        }
        else if (objectives.FirstOrDefault(objective => objective.Attribute.PerPosition) is { } positions)
        {
            findings.Add(Catalogue.MixingMovesPositions, mixing.Site, positions.Site, mixing.Name, positions.Name);
        }
    }

    /// <summary>Images in [0, 1], which a policy that normalises them does not give.</summary>
    public void UnitRange(Bound<MixingAttribute> mixing)
    {
        TypeReference?[] policies = [declaration.Augment, PolicyOf(mixing)];
        foreach (var policy in policies)
        {
            if (policy is null || PolicyView.FirstOutsideUnitRange(policy.Policy!) is not { } normalization) continue;
            findings.Add(Catalogue.MixingNeedsImages, mixing.Site, normalization.Site, mixing.Name, "in [0, 1]",
                $"'{policy.Name}' normalises them",
                "take [Normalize] out of the policy and begin the model with [BatchNorm2d]");
        }
    }

    /// <summary>A declared policy must fit the images, and leaves nothing to say to the arguments that it replaces.</summary>
    public void Policy(Bound<MixingAttribute> mixing, params string[] replaced)
    {
        if (PolicyOf(mixing) is not { } policy) return;
        foreach (string argument in replaced.Where(mixing.Has))
        {
            findings.Add(Catalogue.PolicySaysIt, mixing.SiteOf(argument), argument, $"{mixing.Name}<{policy.Name}>",
                policy.Name, mixing.Name);
        }

        if (network.IsPlain && network.Input.Shape.Rank == 4)
            PolicyUse.Check(policy.Policy!, mixing.Site, declaration.ModelName, network.Input.Shape, null, findings);
    }

    private TypeReference? PolicyOf(Bound<MixingAttribute> mixing) =>
        mixing.Declaration.Types.FirstOrDefault();

    /// <summary>Places that the model offers, each once, through which everything passes.</summary>
    public void Places(Bound<MixingAttribute> mixing, ManifoldMixupAttribute attribute)
    {
        if (attribute.Tags.Length == 0 && !attribute.Input)
        {
            findings.Add(
                Catalogue.NoMixPoint, mixing.Site, mixing.Name, "names no place: give the tag of one, or leave the input one")
                .Offer(mixing.Remove(nameof(attribute.Input)));
        }

        var points = network.MixPoints.ToDictionary(node => ((Graph.Operations.MixPoint)node.Operation).Point);
        var names = network.Features.Where(feature => points.ContainsKey(feature.Member))
            .Select(feature => $"\"{feature.Name}\"");
        string known = points.Count == 0 ? "which has none" : $"which has {string.Join(", ", names)}";
        for (int i = 0; i < attribute.Tags.Length; i++)
        {
            string tag = attribute.Tags[i];
            Site site = mixing.SiteOf("tags", i);
            if (attribute.Tags.Take(i).Contains(tag))
            {
                findings.Add(Catalogue.NoMixPoint, site, mixing.Name,
                    $"names \"{tag}\" twice: name each place once, all are drawn alike")
                    .Offer(site.Argument < 0 ? null : Fix.RemoveArgument(site, BoundFixes.Quoted(tag)));
            }
            else if (network.Features.FirstOrDefault(feature => feature.Name == tag) is not { } feature
                || !points.TryGetValue(feature.Member, out var point))
            {
                findings.Add(Catalogue.NoMixPoint, site, Model, mixing.Name,
                    $"names \"{tag}\", but that is no [Tag(\"{tag}\", Mix = true)] in the stack of "
                    + $"'{declaration.ModelName}', {known}")
                    .Offer(MarkTag(tag));
            }
            else if (Bypass(point) is { } input)
            {
                findings.Add(Catalogue.MixPointBypassed, site, Model, tag, declaration.ModelName, input.Name);
            }
        }
    }

    /// <summary>Makes a tag of the model a place; null where it has no such tag.</summary>
    private Fix? MarkTag(string tag) => declaration.Model!.Layers
        .Select(layer => AttributeBinder.Bind<TagAttribute>(layer, new Findings()))
        .FirstOrDefault(declared => declared?.Attribute.Name == tag)
        ?.Set(nameof(TagAttribute.Mix), "true");

    /// <summary>A teacher would see what is not mixed.</summary>
    public void NoTeacher(Bound<MixingAttribute> mixing)
    {
        if (objectives.FirstOrDefault(objective => Objective.Of(objective).TakesTeacher) is { } taking)
            findings.Add(Catalogue.MixingHidesFromTeacher, mixing.Site, taking.Site, mixing.Name, taking.Name);
    }

    /// <summary>An input from which an output is reached around a place; null when everything passes through it.</summary>
    private NetworkPort? Bypass(Node point)
    {
        foreach (var input in network.Inputs)
        {
            var reached = new HashSet<Value> { input.Value };
            foreach (var node in network.Computation.Nodes.Where(node => node != point && node.Inputs.Any(reached.Contains)))
                reached.UnionWith(node.Outputs);
            if (network.Results.Any(result => reached.Contains(result.Value))) return input;
        }

        return null;
    }
}
