using System.Linq;
using Dsl.Generator.Binding;
using Dsl.Generator.Diagnostics;
using Dsl.Generator.Graph;
using Dsl.Generator.Graph.Operations;

namespace Dsl.Generator.Schemes;

/// <summary>A further input of a network that an argument of a scheme names.</summary>
internal static class NamedInput
{
    /// <summary>Reports an input that is not there, is of another type, or is embedded in too few rows.</summary>
    /// <param name="argument">The argument that names it.</param>
    /// <param name="model">The network that has it.</param>
    /// <param name="values">How many values there are, null where they are real numbers, and what they are called.</param>
    public static void Check(Bound<SchemeAttribute> declared, string argument, LearnedNetwork model,
        (string Name, TensorType Type) input, (long? Count, string Words) values, Findings findings)
    {
        var (name, type) = input;
        string declaration = type.Element == ElementType.Int64 ? $"[Input(\"{name}\", Elements = Elements.Index)]"
            : $"[Input(\"{name}\")]";
        var port = model.Network.Inputs.Skip(1).FirstOrDefault(known => known.Name == name);
        if (port is null || port.Value.Type != type)
        {
            findings.Add(Catalogue.SchemeNeeds, declared.SiteOf(argument), model.Site, declared.Name,
                $"a model with an input \"{name}\", {type}",
                port is null ? $"'{model.Name}' has none" : $"that of '{model.Name}' is {port.Value.Type}",
                $"write {declaration} on '{model.Name}'");
            return;
        }

        var tables = model.Network.Computation.Nodes
            .Where(node => node.Operation is Embedding && node.Inputs[1] == port.Value)
            .Select(node => node.Inputs[0].Shape[0].Factor);
        foreach (long rows in tables.Where(rows => rows < values.Count))
        {
            findings.Add(Catalogue.SchemeNeeds, declared.SiteOf(argument), model.Site, declared.Name,
                $"an embedding of all {values.Count} {values.Words}", $"'{model.Name}' embeds \"{name}\" in {rows} rows",
                $"write [Embedding({values.Count}, ...)]");
        }
    }
}
