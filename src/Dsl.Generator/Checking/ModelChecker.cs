using System;
using System.Globalization;
using System.Linq;
using Dsl.Generator.Binding;
using Dsl.Generator.Checking.Methods;
using Dsl.Generator.Checking.Practices;
using Dsl.Generator.Checking.Datasets;
using Dsl.Generator.Declarations;
using Dsl.Generator.Diagnostics;
using Dsl.Generator.Fixes;
using Dsl.Generator.Graph;
using Dsl.Generator.Passes;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Checking;

/// <summary>A declared model to a program: placement, ranges, shapes.</summary>
internal static class ModelChecker
{
    /// <summary>The model's program, or null with findings.</summary>
    public static NetworkProgram? Check(ModelDeclaration declaration, Findings findings)
    {
        PlacementChecker.Check(declaration.Type, findings);
        if (declaration.Type.BaseClass is { } baseClass)
            findings.Add(Catalogue.HasBaseClass, declaration.Type.Site, declaration.Type.Name, baseClass);
        foreach (var stray in declaration.StrayLayers)
        {
            // One after the other, so that their order stays.
            var last = declaration.Layers.Count > 0 ? declaration.Layers[declaration.Layers.Count - 1] : declaration.Model;
            findings.Add(Catalogue.LayersOnSeveralParts, stray, declaration.Type.Name)
                .Offer(stray == declaration.StrayLayers[0] ? Fix.Move("Move to the part with [Model]", stray, last.Site) : null);
        }

        if (declaration.Layers.Count == 0 && declaration.StrayLayers.Count == 0 && declaration.Methods is null)
        {
            // A misspelt one is told where it stands.
            if (declaration.Type.HasUnknownAttribute) return null;
            findings.Add(Catalogue.NoLayers, declaration.Type.Site, declaration.Type.Name)
                .Offer(Fix.Add("Linear(10)", declaration.Model.Site));
        }

        if (DatasetModelChecker.Resolve(declaration, findings) is not (var sized, var dataset)) return null;
        declaration = sized;
        var model = AttributeBinder.Bind<ModelAttribute>(declaration.Model, findings);
        if (findings.Any || model is null) return null;

        if (Begin() is null) return null;
        var network = declaration.Methods is null
            ? CheckStack(declaration, Begin()!, model, findings)
            : new MethodChecker(declaration, model, () => Begin()!, findings).Check();
        if (network is null) return null;
        CheckParameters(declaration, network, findings);
        PretrainedChecker.Check(declaration, network, findings);
        DatasetModelChecker.CheckEnd(declaration, network, findings);
        CheckOutputShape(network, model, findings);
        CheckStepwise(network, model, findings);
        CheckCarriedStates(network, model, findings);
        if (declaration.MixedPrecision is { } mixed && !network.IsOpaque && !MixPrecision.HasProducts(network))
            findings.Add(Catalogue.NothingRounded, mixed.Site, declaration.Type.Name)
                .Offer(Fix.Remove(mixed.Site, "MixedPrecision"));
        PlacementChecker.CheckName(declaration.Type, FixedMembers
            .Concat(dataset is null ? [] : DatasetModelChecker.FixedMembers)
            .Concat(network.Pretrained.Count == 0 ? [] : ["LoadPretrained"])
            .Concat(network.IsStepwise ? ["Next", "Places"] : [])
            .Concat(network.CarriesStates ? ["CarriedStates", "NewStates"] : [])
            .Concat(network.Parameters.Select(parameter => parameter.Member))
            .Concat(network.Aliases.Select(alias => alias.Member))
            .Concat(network.Buffers.Select(buffer => buffer.Member)), findings);
        if (findings.Any) return null;
        if (!network.IsOpaque && !declaration.Type.HasUnknownAttribute) ModelPractices.Check(network, findings);
        return network;

        NetworkProgram? Begin()
        {
            var type = Type(model.Attribute.InputShape, model.Attribute.Elements);
            var empty = new NetworkProgram(type)
            {
                Site = model.Site,
                Dataset = dataset,
                CarriesStates = model.Attribute.CarriesStates,
                IsMixed = declaration.MixedPrecision is not null,
            };
            if (dataset is ImageFolderProgram images) ImageEntry.Add(empty, images);
            bool fits = AddFurtherInputs(declaration, empty, findings) && SequenceEntry.Add(declaration, empty, findings);
            return fits ? empty : null;
        }
    }

    private static NetworkProgram? CheckStack(
        ModelDeclaration declaration, NetworkProgram network, Bound<ModelAttribute> model, Findings findings)
    {
        if (!new StackChecker(network, findings).Add(declaration.Layers, "", null, ("the model's input", model.Site)))
            return null;
        foreach (var layer in declaration.Layers.Where(
            layer => IsMixPoint(layer) is { } tag && network.Outputs.Any(output => output.Member == tag)))
            findings.Add(Catalogue.NotAMixPoint, layer.Site, IsMixPoint(layer)!, "an output has its name: choose another one");
        network.Features.RemoveAll(feature => feature.Value.Producer.Operation.IsLeaf
            || network.Results.Any(result => result.Member == feature.Member));
        if (network.Outputs.Count > 0 && network.Outputs.All(output => output.Value != network.Output))
            findings.Add(Catalogue.ResultUnused, declaration.Layers[declaration.Layers.Count - 1].Site, declaration.Type.Name);
        return network;
    }

    /// <summary>The member name of a tag at which samples can be mixed; null for every other layer.</summary>
    private static string? IsMixPoint(AttributeDeclaration layer) =>
        AttributeBinder.Bind<TagAttribute>(layer, new Findings())?.Attribute is { Mix: true } tag
            ? char.ToUpperInvariant(tag.Name[0]) + tag.Name.Substring(1) : null;

    /// <summary>An output that is stated must be the one that is inferred.</summary>
    private static void CheckOutputShape(NetworkProgram network, Bound<ModelAttribute> model, Findings findings)
    {
        int[] sizes = model.Attribute.OutputShape;
        if (sizes.Length == 0 || network.IsOpaque) return;
        Shape stated = Type(sizes, Elements.Real).Shape, actual = network.Results[0].Value.Shape;
        string? problem = network.Results.Count > 1 ? "the model returns several tensors"
            : actual != stated ? $"{stated} is stated, but the model returns {actual}"
            : null;
        if (problem is not null)
            findings.Add(Catalogue.ValuesDoNotFit, model.SiteOf(nameof(model.Attribute.OutputShape)), "OutputShape", problem);
    }

    /// <summary>A network that is computed place by place has no place that sees later ones.</summary>
    private static void CheckStepwise(NetworkProgram network, Bound<ModelAttribute> model, Findings findings)
    {
        network.IsStepwise = model.Attribute.Stepwise;
        if (!network.IsStepwise) return;
        if (Stepwise.Of(network, network.Computation.Nodes, out string reason, out var obstacle) is not null) return;
        string argument = nameof(model.Attribute.Stepwise), place = network.Layers
            .FirstOrDefault(layer => layer.Nodes.Contains(obstacle))?.Description ?? "the model";
        findings.Add(Catalogue.NotStepwise, model.SiteOf(argument), place, reason).Offer(model.Remove(argument));
    }

    /// <summary>A network whose states are carried on has some, in a stack that is gone through once.</summary>
    private static void CheckCarriedStates(NetworkProgram network, Bound<ModelAttribute> model, Findings findings)
    {
        if (!network.CarriesStates || findings.Any) return;
        string? obstacle = network.Methods.Count > 0 ? "its layers stand on methods, which may be called more than once"
            : network.Inputs.Count > 1 ? "it has more than one input"
            : network.CarriedSizes.Count == 0 ? "it has no recurrent layer"
            : null;
        if (obstacle is null) return;
        string argument = nameof(model.Attribute.CarriesStates);
        findings.Add(Catalogue.StatesNotCarried, model.SiteOf(argument), "the model", obstacle).Offer(model.Remove(argument));
    }

    private static void CheckParameters(ModelDeclaration declaration, NetworkProgram network, Findings findings)
    {
        const string share = nameof(WeightedLayerAttribute.Share);
        if (network.Parameters.Count > 0 && network.Parameters.All(parameter => parameter.IsFrozen))
        {
            var site = declaration.Layers.LastOrDefault(layer => layer.Name == nameof(FrozenAttribute))?.Site
                ?? declaration.Type.Site;
            findings.Add(Catalogue.NothingTrainable, site, declaration.Type.Name,
                network.Parameters.Count.ToString(CultureInfo.InvariantCulture))
                .Offer(site == declaration.Type.Site ? null : Fix.Remove(site, "Frozen"));
        }

        foreach (var shared in network.SharedWeights.Where(
            shared => network.Aliases.All(alias => alias.Target.Name != shared.Value.Parameter.Name)))
        {
            var others = network.SharedWeights.Keys.Where(other => other != shared.Key).ToList();
            findings.Add(Catalogue.SharedAlone, shared.Value.Site, shared.Value.Layer, shared.Key,
                NearName.Question(shared.Key, others)).Offer(
                NearName.Of(shared.Key, others) is { } near ? Fix.Set(shared.Value.Site, share, BoundFixes.Quoted(near)) : null,
                Fix.RemoveArgument(shared.Value.Site, share));
        }
    }

    private static bool AddFurtherInputs(ModelDeclaration declaration, NetworkProgram network, Findings findings)
    {
        foreach (var declared in AttributeBinder.BindAll<FurtherInputAttribute>(declaration.FurtherInputs, findings))
        {
            string name = declared.Attribute.Name;
            if (!Identifier.IsValid(name))
                findings.Add(Catalogue.NotAnIdentifier, declared.SiteOf("name"), name, Identifier.Remedy(name));
            else if (Identifier.IsReserved(name)) findings.Add(Catalogue.ReservedName, declared.SiteOf("name"), name);
            else if (network.Inputs.Any(input => string.Equals(input.Name, name, StringComparison.OrdinalIgnoreCase)))
                findings.Add(Catalogue.DuplicateInput, declared.SiteOf("name"), name);
            else if (network.Inputs.Count == MaximumInputs)
                findings.Add(Catalogue.TooManyInputs, declared.Site, declaration.Type.Name);
            else if (declared.Attribute is EdgeFeaturesAttribute { Edges: var edges }
                && network.Inputs.Skip(1).All(input => input.Name != edges || input.Value.Type != EdgeType))
            {
                var known = network.Inputs.Skip(1).Where(input => input.Value.Type == EdgeType).Select(input => input.Name);
                findings.Add(Catalogue.FeaturesOfNoEdges, declared.SiteOf(nameof(EdgeFeaturesAttribute.Edges)), name, edges,
                    NearName.Question(edges, known));
            }
            else network.AddInput(name, Type(declared.Attribute), SequenceEntry.Places(declared.Attribute, network),
                Relation(declared.Attribute, network));
        }

        return !findings.Any;
    }

    private static TensorType Type(FurtherInputAttribute input) => input switch
    {
        InputAttribute tensor => Type(tensor.Shape, tensor.Elements),
        LengthsAttribute => new TensorType(Shape.Of(Dim.Batch("N")), ElementType.Int64),
        GraphSizesAttribute => new TensorType(Shape.Of(Dim.Batch("G")), ElementType.Int64),
        EdgeFeaturesAttribute edges => new TensorType(Shape.Of(Dim.Batch("E"), edges.Features)),
        _ => EdgeType,
    };

    private static readonly TensorType EdgeType = new(Shape.Of(2, Dim.Batch("E")), ElementType.Int64);

    /// <summary>What an input says of the rows of another one; null for nothing.</summary>
    private static PortRelation? Relation(FurtherInputAttribute input, NetworkProgram network) => input switch
    {
        InputAttribute or LengthsAttribute => null,
        GraphSizesAttribute => new PortRelation("GraphInput.RequireSizes", network.Inputs[0].Name),
        EdgeFeaturesAttribute edges => new PortRelation("GraphInput.RequireEdges", edges.Edges),
        _ => new PortRelation("GraphInput.RequireNodes", network.Inputs[0].Name),
    };

    /// <summary>The type of a tensor with a batch dimension.</summary>
    public static TensorType Type(int[] sizes, Elements elements) => new(
        Shape.Of([Dim.Batch("N"), .. sizes.Select(size => (Dim)size)]), elements == Elements.Index ? ElementType.Int64
            : ElementType.Float);

    // As many as the largest of TorchSharp's nn.Module<T1, ..., T6, TResult> takes.
    private const int MaximumInputs = 6;

    public static readonly string[] FixedMembers =
    [
        "Arena", "Backward", "Bind", "BindGradients", "CopyBuffersFrom", "Dispose", "DropoutStream", "Forward",
        "ForwardFeatures", "Initialize", "Mixing", "ParameterCount", "SetStage",
        "Tape", "TrainableParameterCount", "forward",
    ];
}
