using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Reflection;
using Dsl.Generator.Binding;
using Dsl.Generator.Declarations;
using Dsl.Generator.Diagnostics;
using Dsl.Generator.Graph;
using Dsl.Generator.Layers;
using Dsl.Generator.Passes;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Checking;

/// <summary>Walks a stack of layers, into the blocks that it uses, and adds each layer to a network.</summary>
internal sealed class StackChecker(NetworkProgram network, Findings findings)
{
    // Far above every published network, and far below what would keep an editor waiting.
    private const int MaximumUses = 4_000;

    private int _uses;
    private NetworkBlock? _block;

    // The parameters of a block by the constants that stand for them.
    private static readonly IReadOnlyDictionary<int, string> Parameters = typeof(Arg)
        .GetFields(BindingFlags.Public | BindingFlags.Static)
        .ToDictionary(field => (int)field.GetRawConstantValue()!, field => field.Name);

    /// <summary>Adds the layers; false, with findings, when one does not fit.</summary>
    /// <param name="layers">The layers in order.</param>
    /// <param name="prefix">The path of the block that they stand in, with a dot; empty for a model.</param>
    /// <param name="arguments">The block's arguments; null outside of a block.</param>
    /// <param name="producer">What made the input, as messages show it, and where it stands.</param>
    /// <param name="outer">The stack that uses it; null for a model's own stack.</param>
    /// <param name="around">What the stacks around it say about its parameters; null for a model's own stack.</param>
    /// <param name="isFrozen">Whether it is used at a place that is frozen.</param>
    public bool Add(
        IReadOnlyList<AttributeDeclaration> layers, string prefix, IReadOnlyDictionary<string, int>? arguments,
        (string Name, Site Site) producer,
        StackScope? outer = null, StackRules? around = null, bool isFrozen = false)
    {
        var scope = new StackScope(network.Output, producer.Name, arguments is not null, outer);
        if (outer is null)
            foreach (var input in network.Inputs.Skip(1)) scope.Tags.Add(input.Name, network.EntryOf(input));
        return Add(
            layers, position => $"{prefix}{position}", arguments, producer, scope, new StackRules(layers, around, isFrozen));
    }

    /// <summary>Adds the layers of a method; false, with findings, when one does not fit.</summary>
    /// <param name="method">The method, whose name is the path of a single layer and the beginning of that of several.</param>
    /// <param name="inputs">Its arguments.</param>
    /// <param name="producer">What made the first argument, as messages show it, and where it stands.</param>
    public bool AddMethod(LayerMethod method, IReadOnlyList<Value> inputs, (string Name, Site Site) producer)
    {
        network.Output = inputs[0];
        var scope = new StackScope(inputs[0], producer.Name, isBlock: true, outer: null);
        for (int i = 1; i < inputs.Count; i++) scope.Tags.Add(method.Parameters[i].Name, inputs[i]);
        var layers = method.Layers.Where(element => !AttributeBinder.Declares<ParameterRuleAttribute>(element)).ToList();
        bool single = layers.Count == 1
            && !layers[0].Arguments.Any(argument => argument.Name == nameof(UseAttribute.Times) && argument.Value is not 1);
        var rules = new StackRules(method.Layers, null, false);
        return Add(method.Layers, position => single ? method.Name : $"{method.Name}.{position}", null, producer, scope, rules);
    }

    private bool Add(
        IReadOnlyList<AttributeDeclaration> layers, Func<int, string> path, IReadOnlyDictionary<string, int>? arguments,
        (string Name, Site Site) producer,
        StackScope scope, StackRules rules)
    {
        var described = new ParameterRules(network, findings, rules);
        int index = 0;
        for (int position = 0; position < layers.Count; position++)
        {
            if (Substitute(layers[position], arguments) is not { } declaration) return false;
            if (AttributeBinder.Declares<ParameterRuleAttribute>(declaration))
            {
                if (!described.Add(declaration)) return false;
                continue;
            }

            described.Begin(declaration);
            if (AttributeBinder.Declares<UseAttribute>(declaration) && declaration.Types.Count == 1)
            {
                var use = declaration.Types[0];
                if (UseArguments(declaration, use) is not { } given) return false;
                for (int time = 0; time < given.Times; time++)
                {
                    if (++_uses > MaximumUses || network.Layers.Count > MaximumUses)
                    {
                        findings.Add(Catalogue.TooManyLayers, declaration.Site, $"[Use<{use.Name}>]",
                            MaximumUses.ToString("N0", CultureInfo.InvariantCulture));
                        return false;
                    }

                    string place = path(index++);
                    var outer = _block;
                    _block = new NetworkBlock(place, use.Name, given.Arguments, outer) { Pretrained = given.Block.Pretrained };
                    network.Blocks.Add(_block);
                    if (!Add(given.Block.Layers, place + ".", given.Arguments, producer, scope, rules, rules.IsFrozen(position)))
                        return false;
                    _block = outer;
                    producer = ($"Use<{use.Name}>", declaration.Site);
                }

                continue;
            }

            if (AttributeBinder.Bind<LayerAttribute>(declaration, findings) is not { } bound) return false;
            if (AddLayer(bound, path(index++), producer, scope, rules, rules.IsFrozen(position)) is not { } description)
                return false;
            producer = (description, declaration.Site);
        }

        return described.End();
    }

    private string? AddLayer(Bound<LayerAttribute> bound, string path, (string Name, Site Site) producer, StackScope scope,
        StackRules rules, bool isFrozen)
    {
        var layer = Layer.Of(bound.Attribute);
        string description = layer.Describe(bound.Attribute);
        int nodes = network.Computation.Nodes.Count;
        int parameters = network.Parameters.Count, aliases = network.Aliases.Count, layers = network.Layers.Count;
        string section = NetworkBlock.Section(_block, path, description);
        network.Computation.Section = section;
        var context = new LayerContext(
            network, findings, bound, path, description, producer.Name, producer.Site, scope, rules, isFrozen,
            (type, place, input, tags) => AddNetwork(
                bound, type, $"{path}.{place}", input, tags, description, scope, rules, isFrozen));
        if (network.Output.Type.Element != ElementType.Float && !layer.AcceptsIndices)
        {
            context.Fail(Catalogue.NeedsRealNumbers, null, description, network.Output.Shape.ToString(), producer.Name);
            return null;
        }

        if (network.Output.Shape.Rank < layer.MinimumRank)
        {
            context.FailRank(network.Output, "[N, ..., C]");
            return null;
        }

        Value output;
        try
        {
            if (layer.Lower(bound.Attribute, network.Output, context) is not { } lowered) return null;
            output = lowered;
            Count(network.Computation.Nodes.Skip(nodes));
        }
        catch (OverflowException)
        {
            context.Fail(Catalogue.TooLarge, null, description,
                $"of {network.Output.Shape} from {producer.Name} it makes more than a number of 64 bits counts");
            return null;
        }

        if (!EndsAreKnown(output, context, description)) return null;
        network.Output = output;
        string shared = string.Concat(network.Aliases.Skip(aliases).Select(alias => $", {alias.Target.Name} shared"));
        string frozen = isFrozen && network.Parameters.Count > parameters ? ", frozen" : "";
        network.Layers.Add(new NetworkLayer(path, description, output.Shape,
            network.Parameters.Skip(parameters).Sum(parameter => parameter.Count)
                - network.Layers.Skip(layers).Sum(inner => inner.Parameters),
            network.Computation.Nodes.Skip(nodes).Where(node => node.Section == section).ToList(), shared + frozen)
        {
            Declaration = bound,
            Block = _block,
            TellsPlaces = Layer.Of(bound.Attribute).TellsPlaces(bound.Attribute),
            SeesLater = Layer.Of(bound.Attribute).SeesLater(bound.Attribute),
        });
        return description;
    }

    /// <summary>Adds a network that a layer has inside of it, a block; null, with findings, when something in it does not
    /// fit.</summary>
    /// <param name="path">Where it stands, as in the names of its parameters: <c>2.message</c>.</param>
    private Value? AddNetwork(
        Bound<LayerAttribute> bound, int type, string path, Value input, IReadOnlyList<(string Name, Value Value)> tags,
        string description, StackScope scope, StackRules rules, bool isFrozen)
    {
        var use = bound.Declaration.Types[type];
        if (BlockOf(bound.Declaration, use, AttributeBinder.ShortName(bound.Declaration.Name)) is not { } block) return null;
        var values = Parameters.Values.ToDictionary(
            name => name, name => (int)(bound.Attribute.GetType().GetProperty(name)?.GetValue(bound.Attribute) ?? 0));
        foreach (string name in Needed(block).Where(name => values[name] == 0 && !bound.Has(name)))
            findings.Add(Catalogue.MissingBlockArgument, bound.Site, block.Type.Site, use.Name, name);
        var blocks = bound.Declaration.Types.Select(known => known.Block).OfType<BlockDeclaration>().ToList();
        foreach (var argument in bound.Declaration.Arguments.Where(argument =>
            type == 0 && values.ContainsKey(argument.Name) && !blocks.Any(known => Needed(known).Contains(argument.Name))))
        {
            findings.Add(Catalogue.UnusedBlockArgument, argument.Site, block.Type.Site, use.Name, argument.Name)
                .Offer(Fix.RemoveArgument(argument.Site, argument.Name));
        }

        if (findings.Any) return null;
        var (section, output, outer) = (network.Computation.Section, network.Output, _block);
        network.Blocks.Add(_block = new NetworkBlock(path, use.Name, values, outer) { Pretrained = block.Pretrained });
        network.Output = input;
        var own = new StackScope(input, description, isBlock: true, scope) { Offered = input };
        foreach (var (name, value) in tags) own.Tags.Add(name, value);
        bool fits = Add(block.Layers, position => $"{path}.{position}", values, (description, bound.Site), own,
            new StackRules(block.Layers, rules, isFrozen));
        Value result = network.Output;
        (network.Computation.Section, network.Output, _block) = (section, output, outer);
        return fits ? result : null;
    }

    /// <summary>Whether padding changes nothing of what a layer gives; with a finding when it does.</summary>
    private bool EndsAreKnown(Value output, LayerContext context, string description)
    {
        if (network.Ends.Count == 0) return true;
        EndsFlow.Of(network, output, out string? obstacle);
        if (obstacle is null) return true;
        context.Fail(Catalogue.PaddingMixed, null, description, network.Output.Shape.ToString(), context.Producer, obstacle);
        return false;
    }

    /// <summary>Counts what a layer costs, which must be countable.</summary>
    private static void Count(IEnumerable<Node> nodes)
    {
        foreach (var node in nodes)
        {
            _ = node.Operation.Flops(node);
            foreach (var value in node.Outputs) _ = checked(8 * value.Shape.ElementsPerSample);
        }
    }

    /// <summary>The layer with the block's arguments in place of its parameters.</summary>
    private AttributeDeclaration? Substitute(AttributeDeclaration declaration, IReadOnlyDictionary<string, int>? arguments)
    {
        var replaced = new List<ArgumentDeclaration>();
        foreach (var argument in declaration.Arguments)
        {
            if (argument.Value is not int value || !Parameters.TryGetValue(value, out string? parameter))
            {
                replaced.Add(argument);
            }
            else if (arguments is null)
            {
                findings.Add(Catalogue.ArgumentOutsideBlock, argument.Site, parameter);
                return null;
            }
            else
            {
                replaced.Add(argument with { Value = arguments[parameter], IsSubstituted = true });
            }
        }

        return declaration with { Arguments = new EquatableArray<ArgumentDeclaration>(replaced) };
    }

    private (BlockDeclaration Block, IReadOnlyDictionary<string, int> Arguments, int Times)? UseArguments(
        AttributeDeclaration declaration, TypeReference use)
    {
        if (BlockOf(declaration, use, "Use") is not { } block) return null;
        if (AttributeBinder.Construct<UsedBlock>(declaration, findings) is not { } bound) return null;
        var needed = Needed(block);
        foreach (var argument in declaration.Arguments.Where(
            argument => argument.Name != nameof(UseAttribute.Times) && !needed.Contains(argument.Name)))
        {
            findings.Add(Catalogue.UnusedBlockArgument, argument.Site, block.Type.Site, use.Name, argument.Name)
                .Offer(Fix.RemoveArgument(argument.Site, argument.Name));
        }

        var values = Parameters.Values.ToDictionary(
            name => name, name => (int)typeof(UseAttribute).GetProperty(name)!.GetValue(bound.Attribute)!);
        foreach (string name in needed.Where(name => values[name] == 0 && !bound.Has(name) && name != nameof(Arg.Padding)))
            findings.Add(Catalogue.MissingBlockArgument, declaration.Site, block.Type.Site, use.Name, name);
        return findings.Any ? null : (block, values, bound.Attribute.Times);
    }

    /// <summary>What a type argument declares as a block; null, with a finding, when it is none that can be used.</summary>
    private BlockDeclaration? BlockOf(AttributeDeclaration declaration, TypeReference use, string user)
    {
        if (use.Block is not { } block)
        {
            findings.Add(Catalogue.NotABlock, declaration.Site, use.Name);
            return null;
        }

        if (block.IsRecursive)
        {
            findings.Add(Catalogue.RecursiveBlock, declaration.Site, use.Name);
            return null;
        }

        if (!block.IsCutOff) return block;
        findings.Add(Catalogue.TooManyLayers, declaration.Site, $"[{user}<{use.Name}>]",
            MaximumUses.ToString("N0", CultureInfo.InvariantCulture));
        return null;
    }

    /// <summary>The parameters that a block's layers name.</summary>
    private static HashSet<string> Needed(BlockDeclaration block) => new(block.Layers.SelectMany(layer => layer.Arguments)
        .Select(argument => argument.Value is int value && Parameters.TryGetValue(value, out string? name) ? name : "")
        .Where(name => name.Length > 0));

    /// <summary>A use without its type argument, which a bound attribute cannot have.</summary>
    private sealed class UsedBlock : UseAttribute;
}
