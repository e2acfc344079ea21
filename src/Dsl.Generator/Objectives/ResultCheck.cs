using System;
using System.Collections.Generic;
using System.Linq;
using Dsl.Generator.Binding;
using Dsl.Generator.Declarations;
using Dsl.Generator.Diagnostics;
using Dsl.Generator.Fixes;
using Dsl.Generator.Graph;
using Dsl.Generator.Lowering;
using Dsl.Generator.Programs;
using Microsoft.CodeAnalysis;

namespace Dsl.Generator.Objectives;

/// <summary>Checks an objective against what it reads of a model.</summary>
/// <param name="declared">The objective.</param>
/// <param name="result">The value of the network that it reads.</param>
/// <param name="read">A model's program; null where the model has findings.</param>
/// <param name="parts">What makes a pass a part of an update, by its name; null for nothing.</param>
internal sealed class ResultCheck(
    Bound<TermAttribute> declared, Value result, NetworkProgram network, ModelDeclaration model,
    Func<ModelDeclaration, NetworkProgram?> read, string? parts, Findings findings)
{
    public Findings Findings => findings;

    /// <summary>What makes a pass a part of an update, by its name; null where an update is of one pass.</summary>
    public string? Parts => parts;

    /// <summary>The objective.</summary>
    public Bound<TermAttribute> Declared => declared;

    /// <summary>Removes the layer of the model that computes the result; null where it does more than that.</summary>
    public Fix? RemoveLast => EndFixes.Remove(model, network, result);

    /// <summary>Another layer in place of the one that computes the result.</summary>
    public Fix? RenameLast(string layer) => EndFixes.Rename(model, network, result, layer);

    /// <summary>A layer behind the one that computes the result.</summary>
    public Fix? AddLast(string layer) => EndFixes.Add(model, network, result, layer);

    /// <summary>The objective's name as the user writes it.</summary>
    public string Name => declared.Name;

    public Value Result => result;

    public string ModelName => model.Type.Name;

    /// <summary>Whether the compiler does not know what the model computes.</summary>
    public bool IsOpaque => network.IsOpaque;

    /// <summary>Another output or tagged value of the model; null where it has none of the name.</summary>
    public NetworkPort? Find(string name) => network.FindResult(name);

    /// <summary>What the model computes of a value of its own.</summary>
    public IEnumerable<Node> UsesOf(Value value) => network.Computation.Uses(value);

    /// <summary>The number K of classes or labels.</summary>
    public long Classes => result.Shape[StepContext.ClassDimension(result.Shape)].Factor;

    /// <summary>Reports something about the model's end, at the objective.</summary>
    public Findings Report(DiagnosticDescriptor descriptor, string? argument, params string[] words) =>
        findings.Add(descriptor, argument is null ? declared.Site : declared.SiteOf(argument), model.Model.Site, words);

    /// <summary>An array holds a number for each class, where there is one.</summary>
    public void OneForEachClass(string argument, IReadOnlyCollection<double>? numbers)
    {
        if (numbers is null) return;
        if (numbers.Count != Classes)
            Report(Catalogue.NotOnePerClass, argument, argument, Name, numbers.Count.ToString(), ModelName,
                result.Shape.ToString(), Classes.ToString());
        else if (numbers.All(number => number == 0))
            Report(Catalogue.OutOfRange, argument, argument, Name, "0 for every class", "[0, inf), one of them above 0");
    }

    /// <summary>The result is a row of numbers for each sample, [N, K].</summary>
    public bool RequireRows()
    {
        if (result.Shape.Rank == 2) return true;
        Report(Catalogue.OutputIsNotLogits, null, Name, "[N, K]", ModelName, result.Shape.ToString(),
            "end the model with [Flatten, Linear(K)]")
            .Offer(EndFixes.Flatten(model, read));
        return false;
    }

    /// <summary>The result is a vector for each sample, [N, D], D at least 2.</summary>
    public void RequireVectors()
    {
        if (result.Shape.Rank == 2 && result.Shape[1].Factor > 1) return;
        Report(Catalogue.SchemeNeeds, null, Name, "a vector for each sample, [N, D]", $"it reads {result.Shape} of '{ModelName}'",
            "end the model with [Flatten, Linear(64)]");
    }

    /// <summary>The model has one input and one output.</summary>
    public void RequireSingle()
    {
        if (!network.IsSingle) Report(Catalogue.NeedsSingle, null, Name, ModelName);
    }
}
