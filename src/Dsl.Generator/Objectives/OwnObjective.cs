using System;
using System.Collections.Generic;
using System.Linq;
using Dsl.Generator.Binding;
using Dsl.Generator.Declarations;
using Dsl.Generator.Diagnostics;
using Dsl.Generator.Graph;
using Dsl.Generator.Graph.Operations;
using Dsl.Generator.Lowering;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Objectives;

/// <summary>A loss of the user's own: its operations where its method can be run at compile time, else a call of it.</summary>
internal sealed class OwnObjective : Objective
{
    private OwnMethod _method = new("own", default, default, null, Returned.Tensor, new Site(""));
    private LabelType _labels;

    public override Type Attribute => typeof(ObjectiveAttribute);

    public override LabelKind Labels => _method.Parameters.Count == 1 ? LabelKind.None
        : _labels == LabelType.Classes ? LabelKind.Class : LabelKind.Real;

    public override Prediction Reads => Prediction.Values;

    public override Objective For(Bound<TermAttribute> declared) => new OwnObjective
    {
        _method = declared.Declaration.Method!,
        _labels = ((ObjectiveAttribute)declared.Attribute).Labels,
    };

    public override void Check(Bound<TermAttribute> declared, RunCheck run)
    {
        string? problem = _method.Problem
            ?? (_method.Returns != Returned.Tensor ? "it does not return a Tensor"
                : _method.Parameters.Count is not (1 or 2) ? "it takes neither a prediction nor a prediction and a target"
                : null);
        if (problem is not null) run.Findings.Add(Catalogue.OwnObjectiveForm, _method.Site, _method.Name, problem);
    }

    public override void Check(Bound<TermAttribute> declared, ResultCheck result)
    {
        if (Labels == LabelKind.Class && !result.RequireRows()) return;
        var run = Try(result.Result, result.Findings);
        if (run.Outside is { } outside)
            result.Findings.Add(Catalogue.OwnObjectiveOutside, outside.Site, outside.What, _method.Name);
        else if (result.Parts is not null && run.Reduction is { } reduction)
            result.Findings.Add(Catalogue.OwnReduction, reduction.Site, _method.Name, reduction.What);
        if (result.Parts is not null && run.Outside is { } called)
            result.Findings.Add(Catalogue.OwnReduction, called.Site, _method.Name, called.What);
    }

    public override string? AutogradReason(Value prediction) => Try(prediction, new Findings()).Outside?.What;

    public override string Describe(TermAttribute attribute) =>
        Labels == LabelKind.None ? $"{_method.Name}(z)" : $"{_method.Name}(z, y)";

    public override IReadOnlyList<Symbol> Symbols(TermAttribute attribute) =>
        [new(_method.Name, "a method of the trainer", null)];

    public override Scalar Weight(TermAttribute attribute, Comparison compared) =>
        compared.Step.Hyperparameter(compared.Named(_method.Name), attribute, nameof(attribute.Weight));

    public override Value Lower(TermAttribute attribute, Comparison compared)
    {
        Value[] arguments = Labels switch
        {
            LabelKind.None => [compared.Result],
            LabelKind.Class => [compared.Logits, compared.Label],
            _ => [compared.Result, compared.Targets],
        };
        string name = char.ToLowerInvariant(_method.Name[0]) + _method.Name.Substring(1);
        if (Try(arguments[0], new Findings()).Outside is not null)
            return compared.Computation.Add(new OwnFunction(_method.Name), name, arguments);
        Value result = new ObjectiveRun(_method, compared.Computation, new Findings()).Run(arguments)!;
        return result.Shape.Rank == 0 ? result : compared.Step.Mean(name, result);
    }

    /// <summary>The method run on values of these types, beside the step.</summary>
    private ObjectiveRun Try(Value prediction, Findings findings)
    {
        var scratch = new Computation();
        List<Value> arguments = [scratch.Add(new Input("prediction", prediction.Type), "prediction")];
        if (Labels == LabelKind.Real) arguments.Add(scratch.Add(new Input("target", prediction.Type), "target"));
        if (Labels == LabelKind.Class)
        {
            arguments.Add(scratch.Add(
                new Input("target", new TensorType(Shape.Of(prediction.Shape[0]), ElementType.Int64)), "target"));
        }

        var run = new ObjectiveRun(_method, scratch, findings);
        run.Run(arguments);
        return run;
    }
}
