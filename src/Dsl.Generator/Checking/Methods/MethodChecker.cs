using System;
using System.Collections.Generic;
using System.Linq;
using Dsl.Generator.Binding;
using Dsl.Generator.Declarations;
using Dsl.Generator.Diagnostics;
using Dsl.Generator.Graph;
using Dsl.Generator.Graph.Operations;
using Dsl.Generator.Layers;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Checking.Methods;

/// <summary>A model that is written as methods to a network: by running its <c>Forward</c>, or, where that goes too far,
/// without its inside.</summary>
/// <param name="begin">A network with the model's inputs and nothing else.</param>
internal sealed class MethodChecker(
    ModelDeclaration declaration, Bound<ModelAttribute> model, Func<NetworkProgram> begin, Findings findings)
{
    /// <summary>The network, or null with findings.</summary>
    public NetworkProgram? Check()
    {
        var form = declaration.Methods!;
        new MethodFormCheck(declaration, findings).Check(begin().Inputs.Count);
        if (findings.Any || form.Forward is not { } forward) return null;
        var network = begin();
        var run = new ForwardRun(form, network, findings);
        var results = run.Run(declaration.Model.Site);
        if (run.Outside is { } outside)
        {
            findings.Add(Catalogue.OutsideSubset, outside.Site, outside.What, declaration.Type.Name);
            return findings.Any ? null : Opaque(form, forward, outside);
        }

        if (results is null || findings.Any) return null;
        if (forward.Results.Count == 0) network.Output = results[0];
        for (int i = 0; i < forward.Results.Count; i++) network.Outputs.Add(new NetworkPort(forward.Results[i], results[i]));
        foreach (var method in form.Layers)
            AddMethod(network, method, run.Bodies.TryGetValue(method.Name, out var body) ? body : null);
        CheckUnread(network, forward);
        CheckNames(network);
        return findings.Any ? null : network;
    }

    /// <summary>The layers of a method alone; null, with findings, when they do not fit.</summary>
    public static NetworkProgram? Body(LayerMethod method, IReadOnlyList<TensorType> types, Findings findings)
    {
        var body = new NetworkProgram(types[0], Identifier.Escape(method.Parameters[0].Name));
        for (int i = 1; i < types.Count; i++) body.AddInput(Identifier.Escape(method.Parameters[i].Name), types[i]);
        return new StackChecker(body, findings)
            .AddMethod(method, body.Inputs.Select(input => input.Value).ToList(), ("the method's input", method.Site))
            ? body
            : null;
    }

    /// <summary>A shape that is stated; null, with findings, when a size is none.</summary>
    public static TensorType? Type(AttributeDeclaration stated, Findings findings) =>
        AttributeBinder.Bind<ShapeAttribute>(stated, findings) is { Attribute: var shape }
            ? ModelChecker.Type(shape.Sizes, shape.Elements) : null;

    /// <summary>The layers as far as they are known, without the way from inputs to outputs.</summary>
    private NetworkProgram? Opaque(MethodForm form, ForwardMethod forward, (string What, Site Site) outside)
    {
        var network = begin();
        network.IsOpaque = true;
        foreach (var method in form.Layers)
        {
            foreach (var unknown in method.Parameters.Where(parameter => parameter.Shape is null))
            {
                findings.Add(Catalogue.ShapeUnknown, method.Site, outside.Site,
                    declaration.Type.Name, method.Name, unknown.Name, outside.What);
            }

            var types = method.Parameters.Select(parameter => parameter.Shape is { } stated ? Type(stated, findings) : null)
                .OfType<TensorType>().ToList();
            if (types.Count < method.Parameters.Count) continue;
            var inputs = method.Parameters
                .Zip(types, (parameter, type) => network.Computation.Add(new Input(parameter.Name, type), parameter.Name))
                .ToList();
            if (new StackChecker(network, findings).AddMethod(method, inputs, ("the method's input", method.Site)))
                AddMethod(network, method, Body(method, types, findings));
        }

        if (findings.Any) return null;
        int[] sizes = model.Attribute.OutputShape;
        bool single = forward.Results.Count == 0;
        network.KnowsResults = single && sizes.Length > 0;
        var type = network.KnowsResults ? ModelChecker.Type(sizes, Elements.Real)
            : new TensorType(Shape.Of(Dim.Batch("N"), Dim.Batch("...")));
        network.Output = network.Computation.Add(new Input("output", type), "output");
        foreach (string name in forward.Results)
            network.Outputs.Add(new NetworkPort(name, network.Computation.Add(new Input(name, type), name)));
        CheckNames(network);
        return findings.Any ? null : network;
    }

    private static void AddMethod(NetworkProgram network, LayerMethod method, NetworkProgram? body) => network.Methods.Add(
        new NetworkMethod(method.Name, method.Modifiers, method.Parameters.Select(parameter => parameter.Name).ToList(), body));

    /// <summary>Layers that do something beside their result must have it read: the backward pass leaves out what nothing
    /// reads.</summary>
    private void CheckUnread(NetworkProgram network, ForwardMethod forward)
    {
        var read = new HashSet<Value>(network.Results.Select(result => result.Value));
        foreach (var node in network.Computation.Nodes.Reverse())
        {
            if (node.Operation.IsLeaf) continue;
            if (node.Operation.HasEffect || node.Outputs.Any(read.Contains)) read.UnionWith(node.Inputs);
            else if (!node.Operation.IsPure)
            {
                findings.Add(Catalogue.ValuesDoNotFit, forward.Site, node.Section ?? "Forward",
                    "nothing reads its result, but it keeps statistics or draws random numbers; remove the call");
            }
        }
    }

    /// <summary>Members that come from different methods must have different names.</summary>
    private void CheckNames(NetworkProgram network)
    {
        var members = network.Parameters.Select(parameter => (parameter.Member, parameter.Name))
            .Concat(network.Aliases.Select(alias => (alias.Member, alias.Name)))
            .Concat(network.Buffers.Select(buffer => (buffer.Member, buffer.Name)));
        foreach (var twice in members.GroupBy(member => member.Member).Where(group => group.Count() > 1))
        {
            string owner = twice.Last().Name.Split('.')[0];
            findings.Add(Catalogue.LayerMethodForm, declaration.Methods!.Layers.First(method => method.Name == owner).Site,
                owner, $"'{twice.Key}' is the name of another method's parameter already");
        }
    }
}
