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

    private static readonly ExplainedSymbol[] Symbols =
    [
        new("x", "a sample of the data", null, null),
        new("D", "the discriminator, one logit", null, null),
        new("G", "the generator", null, null),
        new("z", "noise", null, null),
    ];

    public override bool NeedsClasses => false;

    public override bool StandsAlone => true;

    public override IReadOnlyList<string> Learners => [Discriminator];

    public override void CheckNetworks(
        Bound<SchemeAttribute> declared, IReadOnlyList<LearnedNetwork> networks, Findings findings) =>
        GanNetworks.Check(declared, "discriminator", networks, findings);

    public override void Finish(Bound<SchemeAttribute> declared, Func<Comparison, Value> objective, TrainerProgram trainer) =>
        GanNetworks.AddSample(trainer);

    protected override void Lower(GanAttribute<object> attribute, Bound<SchemeAttribute> declared, StepContext step)
    {
        Player judge = step.Learned(
            declared.Declaration.Types[0], Discriminator, "The network that tells samples of the generator from the data");
        GanNetworks.Name(step);
        StepContext before = step.Before(Discriminator, judge);
        Value real = before.Call(judge, before.Read(before.DataFor(judge)), "realLogits");
        Value fake = before.Call(judge, GanNetworks.MakeConstant(before, Discriminator), "fakeLogits");
        var (onReal, onFake, generated) = Notations(attribute.Loss);
        before.AddTerm(new Term("Real", Accepts(before, attribute.Loss, "real", real), null, onReal) { Symbols = Symbols });
        before.AddTerm(new Term("Fake", Refuses(before, attribute.Loss, "fake", fake), null, onFake) { Symbols = Symbols });

        Value made = step.Call(judge, GanNetworks.Make(step), "logits");
        Value fooling = attribute.Loss == GanLoss.Hinge
            ? Negative(step, "generator", step.Mean("meanLogit", made))
            : Accepts(step, attribute.Loss, "generator", made);
        step.AddTerm(new Term("Generator", fooling, null, generated) { Symbols = Symbols });
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

    private static (string Real, string Fake, string Generator) Notations(GanLoss loss) => loss switch
    {
        GanLoss.NonSaturating => ("mean −log σ(D(x))", "mean −log(1 − σ(D(G(z))))", "mean −log σ(D(G(z)))"),
        GanLoss.LeastSquares => ("½ mean (D(x) − 1)²", "½ mean D(G(z))²", "½ mean (D(G(z)) − 1)²"),
        _ => ("mean max(0, 1 − D(x))", "mean max(0, 1 + D(G(z)))", "−mean D(G(z))"),
    };
}
