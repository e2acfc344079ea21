using System;
using System.Collections.Generic;
using Dsl.Generator.Binding;
using Dsl.Generator.Diagnostics;
using Dsl.Generator.Graph;
using Dsl.Generator.Graph.Operations;
using Dsl.Generator.Lowering;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Schemes;

internal sealed class Gan : Scheme<GanAttribute<object>>
{
    private const string Discriminator = "Discriminator";

    // Beyond it, log(1 + eˣ) is x in double precision too.
    private static readonly Softplus Softplus = new(1, 40);

    public override bool NeedsClasses => false;

    public override bool StandsAlone => true;

    public override IReadOnlyList<string> Learners => [Discriminator];

    public override IReadOnlyList<string> Inputs(SchemeAttribute attribute) => GanNetworks.Of(attribute).Inputs;

    public override void CheckNetworks(
        Bound<SchemeAttribute> declared, IReadOnlyList<LearnedNetwork> networks, Findings findings)
    {
        GanNetworks.Of(declared.Attribute).Check(declared, "discriminator", networks, findings);
        if (((GanAttribute<object>)declared.Attribute).R1 > 0)
            GanNetworks.CheckJudgesAlone(declared, "discriminator", networks[1], findings);
    }

    public override void Finish(Bound<SchemeAttribute> declared, Func<Comparison, Value> objective, TrainerProgram trainer) =>
        GanNetworks.Of(declared.Attribute).AddSampling(trainer);

    protected override void Check(GanAttribute<object> attribute, Bound<SchemeAttribute> declared, RunCheck run) =>
        GanNetworks.Of(attribute).CheckArguments(declared, run.Findings);

    protected override void Lower(GanAttribute<object> attribute, Bound<SchemeAttribute> declared, StepContext step)
    {
        var networks = GanNetworks.Of(attribute);
        bool isPenalized = attribute.R1 > 0;
        Player judge = step.Learned(
            declared.Declaration.Types[0], Discriminator, "The network that tells samples of the generator from the data");
        GanNetworks.Name(step);
        StepContext before = step.Before(Discriminator, judge, differentiatesTwice: isPenalized);
        Field samples = before.DataFor(judge);
        Value data = before.Read(samples);
        if (isPenalized) data = before.Watch(data, "watched");
        Value real = networks.Judge(before, judge, data, "realLogits");
        Value fake = networks.Judge(before, judge, networks.MakeConstant(before, Discriminator), "fakeLogits");
        string ofData = networks.OfData("D"), ofMade = networks.OfMade("D");
        var (onReal, onFake, generated) = Notations(attribute.Loss, ofData, ofMade);
        var symbols = networks.Symbols(("D", "the discriminator, one logit"));
        before.AddTerm(new Term("Real", Accepts(before, attribute.Loss, "real", real), null, onReal) { Symbols = symbols });
        before.AddTerm(new Term("Fake", Refuses(before, attribute.Loss, "fake", fake), null, onFake) { Symbols = symbols });
        if (isPenalized)
        {
            Computation c = before.Computation;
            Value squares = c.Add(
                new Sum(1), "squaredSlope", c.Add(new Square(), "slopeSquares", SlopePenalty.Rows(before, real, data)));
            before.AddTerm(new Term(
                "R1", c.Add(new Scale(0.5), "r1", before.Mean("meanSlope", squares)),
                before.Hyperparameter("Gan", attribute, nameof(attribute.R1)), $"½ mean ‖∇{ofData}‖₂²")
                { Symbols = symbols });
        }

        Value makes = networks.Make(step), made = networks.Judge(step, judge, makes, "logits");
        Value fooling = attribute.Loss == GanLoss.Hinge
            ? Negative(step, "generator", step.Mean("meanLogit", made))
            : Accepts(step, attribute.Loss, "generator", made);
        step.AddTerm(new Term("Generator", fooling, null, generated) { Symbols = symbols });
        GanNetworks.WatchSpread(step, makes, samples);
    }

    /// <summary>A loss that is small where the logits take the samples for data.</summary>
    private static Value Accepts(StepContext step, GanLoss loss, string name, Value logits)
    {
        Computation c = step.Computation;
        return loss switch
        {
            GanLoss.NonSaturating =>
                step.Mean(name, c.Add(Softplus, name + "Losses", Negative(step, name + "Opposites", logits))),
            GanLoss.LeastSquares => HalfSquares(step, name, c.Add(new AddNumber(-1), name + "Errors", logits)),
            _ => step.Mean(name, c.Add(new ReLU(), name + "Losses",
                c.Add(new AddNumber(1), name + "Margins", Negative(step, name + "Opposites", logits)))),
        };
    }

    /// <summary>A loss that is small where the logits take the samples for made ones.</summary>
    private static Value Refuses(StepContext step, GanLoss loss, string name, Value logits)
    {
        Computation c = step.Computation;
        return loss switch
        {
            GanLoss.NonSaturating => step.Mean(name, c.Add(Softplus, name + "Losses", logits)),
            GanLoss.LeastSquares => HalfSquares(step, name, logits),
            _ => step.Mean(name, c.Add(new ReLU(), name + "Losses", c.Add(new AddNumber(1), name + "Margins", logits))),
        };
    }

    private static Value HalfSquares(StepContext step, string name, Value errors) => step.Computation.Add(
        new Scale(0.5), name, step.Mean(name + "Squares", step.Computation.Add(new Square(), name + "Losses", errors)));

    private static Value Negative(StepContext step, string name, Value value) =>
        step.Computation.Add(new Scale(-1), name, value);

    private static (string Real, string Fake, string Generator) Notations(GanLoss loss, string data, string made) => loss switch
    {
        GanLoss.NonSaturating => ($"mean −log σ({data})", $"mean −log(1 − σ({made}))", $"mean −log σ({made})"),
        GanLoss.LeastSquares => ($"½ mean ({data} − 1)²", $"½ mean {made}²", $"½ mean ({made} − 1)²"),
        _ => ($"mean max(0, 1 − {data})", $"mean max(0, 1 + {made})", $"−mean {made}"),
    };
}
