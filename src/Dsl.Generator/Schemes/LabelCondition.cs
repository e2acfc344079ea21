using System.Collections.Generic;
using System.Globalization;
using Dsl.Generator.Binding;
using Dsl.Generator.Diagnostics;
using Dsl.Generator.Graph;
using Dsl.Generator.Graph.Operations;
using Dsl.Generator.Lowering;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Schemes;

/// <summary>What a scheme does whose networks are given the label of each sample, where they are given any.</summary>
/// <param name="Label">The input that labels go into, of each network that is given them; empty for none.</param>
/// <param name="Classes">How many classes labels name.</param>
internal sealed record LabelCondition(string Label, int Classes)
{
    /// <summary>Without labels.</summary>
    public static readonly LabelCondition None = new("", 0);

    /// <summary>Whether there are labels.</summary>
    public bool IsGiven => Label.Length > 0;

    /// <summary>The further inputs that a scheme gives.</summary>
    public IReadOnlyList<string> Inputs => IsGiven ? [Label] : [];

    /// <summary>What stands behind the other arguments of a network in a notation.</summary>
    public string Notation => IsGiven ? ", y" : "";

    /// <summary>The letter of labels, where there are any.</summary>
    public IReadOnlyList<ExplainedSymbol> Symbols =>
        IsGiven ? [new ExplainedSymbol("y", "the label of the sample", null, null)] : [];

    /// <summary>How many samples a method is asked for, in C#.</summary>
    public string Count => IsGiven ? "ModelInput.Samples(labels)" : "count";

    /// <summary>The labels of a batch, [N].</summary>
    public static TensorType Type => new(Shape.Of(Stream.Data.Rows), ElementType.Int64);

    /// <summary>Reports labels that are said in part.</summary>
    public void CheckArguments(Bound<SchemeAttribute> declared, Findings findings)
    {
        if (IsGiven == Classes > 0) return;
        string what = Classes == 0 ? $"Label = \"{Label}\" stands without Classes"
            : $"Classes = {Classes.ToString(CultureInfo.InvariantCulture)} stands without Label";
        findings.Add(Catalogue.SchemeNeeds, declared.SiteOf(Classes == 0 ? nameof(Label) : nameof(Classes)), declared.Name,
            "the input of the labels and how many classes they have, both or neither", what,
            "write Label = \"digit\", Classes = 10 for an input \"digit\" and ten classes");
    }

    /// <summary>Reports networks without the input of the labels.</summary>
    public void Check(Bound<SchemeAttribute> declared, IReadOnlyList<LearnedNetwork> networks, Findings findings)
    {
        if (!IsGiven) return;
        foreach (var network in networks)
            NamedInput.Check(declared, nameof(Label), network, (Label, Type), (Classes, "labels"), findings);
    }

    /// <summary>The inputs of a network in a step: one, and the batch's labels.</summary>
    public Value[] Beside(StepContext step, Value first) => IsGiven
        ? [first, step.ReadLabel(Type, $"Labels {Type.Shape}, int64; every sample has one", Classes, isComplete: true)]
        : [first];

    /// <summary>The inputs of a network in a method of the trainer: one, and the argument of <see cref="Parameters"/>.</summary>
    public Value[] Beside(Computation computation, Value first) =>
        IsGiven ? [first, computation.Add(new Input("labels", Type), "labels")] : [first];

    /// <summary>The inputs of a network in a method of the trainer that asks it of several places for each label.</summary>
    /// <param name="places">How many, in C#.</param>
    public Value[] BesideEach(Computation computation, Value first, string places) => IsGiven
        ? [first, computation.Add(new RuntimeFunction("LatentPath.AtEach", new(new[] { places }), Type), "labelsOfAll",
            computation.Add(new Input("labels", Type), "labels"))]
        : [first];

    /// <summary>The argument of a method that has the labels; none without labels.</summary>
    /// <param name="words">Whose they are, a sentence without what they may be.</param>
    public ProcedureParameter[] Parameters(string words) => IsGiven
        ? [new ProcedureParameter(
            "Tensor", "labels", $"{words}, [N] int64 in 0, ..., {(Classes - 1).ToString(CultureInfo.InvariantCulture)}")
        {
            Declared = new Field(Stream.Data, "labels", Type, "", "") { Classes = Classes, IsComplete = true },
        }]
        : [];

    /// <summary>The argument of a method that says how many samples are made: their labels, or their number.</summary>
    /// <param name="labels">What the labels say, a sentence without what they may be.</param>
    /// <param name="count">The name of the number, and what it is.</param>
    public ProcedureParameter[] CountParameters(string labels, (string Name, string Words) count) =>
        IsGiven ? Parameters(labels) : [new ProcedureParameter("long", count.Name, count.Words)];
}
