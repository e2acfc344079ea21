using System;
using System.Collections.Generic;
using System.Linq;
using Dsl.Generator.Binding;
using Dsl.Generator.Diagnostics;
using Dsl.Generator.Fixes;
using Dsl.Generator.Graph;
using Dsl.Generator.Graph.Operations;
using Dsl.Generator.Lowering;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Schemes;

internal sealed class CycleGan : Scheme<CycleGanAttribute<object, object, object>>
{
    private const string OfTargets = "Discriminator", OfSources = "SourceDiscriminator", Back = "Back";

    // How often a sample is exchanged with one of the history.
    private const double Exchange = 0.5;

    private static readonly ExplainedSymbol[] Symbols =
    [
        new("x", "a sample of the data", null, null),
        new("y", "a sample of the targets", null, null),
        new("G", "the network", null, null),
        new("F", "the one that maps back", null, null),
        new("D", "the discriminator of the targets", null, null),
        new("D'", "that of the data", null, null),
        new("s", "results of G or F, some of earlier steps", null, null),
    ];

    public override bool NeedsClasses => false;

    public override bool StandsAlone => true;

    public override IReadOnlyList<string> Learners => [OfTargets, OfSources];

    public override IReadOnlyList<string> Heads => [Back];

    public override bool HeadsStandBehindModel => false;

    public override void CheckNetworks(
        Bound<SchemeAttribute> declared, IReadOnlyList<LearnedNetwork> networks, Findings findings)
    {
        var (model, judge, sourceJudge, back) = (networks[0], networks[1], networks[2], networks[3]);
        TensorType sources = model.Network.Input.Type;
        if (sources.Element != ElementType.Float)
        {
            findings.Add(Catalogue.SchemeNeeds, declared.Site, model.Site, declared.Name, "samples of real numbers",
                $"'{model.Name}' takes {sources}", "let it take numbers");
            return;
        }

        if (!model.Network.KnowsResults || !back.Network.KnowsResults) return;
        TensorType targets = model.Network.Results[0].Value.Type;
        CheckTakes(back, targets, $"what '{model.Name}' returns", "a network back that takes what the first one returns");
        if (back.Network.Results[0].Value.Type is var returned && returned != sources)
        {
            findings.Add(Catalogue.SchemeNeeds, declared.Site, back.Site, declared.Name,
                "a network back that returns what the first one takes",
                $"'{back.Name}' returns {returned} and '{model.Name}' takes {sources}", "give both the same shape");
        }

        CheckTakes(judge, targets, $"what '{model.Name}' returns", "a discriminator of the targets");
        CheckTakes(sourceJudge, sources, $"what '{back.Name}' returns", "a discriminator of the data");
        if (((CycleGanAttribute<object, object, object>)declared.Attribute).Identity > 0 && sources != targets)
        {
            const string identity = nameof(CycleGanAttribute<object, object, object>.Identity);
            findings.Add(Catalogue.SchemeNeeds, declared.SiteOf(identity), model.Site, declared.Name,
                "domains of one shape, of which either network takes both",
                $"'{model.Name}' takes {sources} and returns {targets}", "write Identity = 0")
                .Offer(declared.Set(identity, 0));
        }

        void CheckTakes(LearnedNetwork network, TensorType given, string words, string need)
        {
            if (network.Network.Input.Type == given) return;
            findings.Add(Catalogue.SchemeNeeds, declared.Site, network.Site, declared.Name, need,
                $"'{network.Name}' takes {network.Network.Input.Type} and {words} is {given}", "give both the same shape");
        }
    }

    public override void Finish(Bound<SchemeAttribute> declared, Func<Comparison, Value> objective, TrainerProgram trainer)
    {
        Add("Translate", trainer.Evaluated.Field, Stream.Data, "other domain");
        Add("TranslateBack", trainer.Find("back")!.Field, Stream.Targets, "data's domain");

        void Add(string name, string member, Stream from, string domain)
        {
            var given = trainer.Find("back")!.Network!;
            var (input, output) = from == Stream.Data
                ? (trainer.Network.Input.Type, trainer.Network.Results[0].Value.Type)
                : (given.Input.Type, given.Results[0].Value.Type);
            var c = new Computation();
            Value result = c.Add(new Predict(member, output), "translated", c.Add(new Input("input", input), "input"));
            trainer.Procedures.Add(new Procedure(
                name, $"Samples as the {domain} has them, {output.Shape}, by the network in evaluation mode; the caller frees "
                + "them",
                [new ProcedureParameter("Tensor", "input", $"Samples, {input.Shape}")
                {
                    Declared = trainer.Fields.Find(field => field.Stream == from),
                }], c, result) { IsPublic = true });
        }
    }

    protected override void Lower(
        CycleGanAttribute<object, object, object> attribute, Bound<SchemeAttribute> declared, StepContext step)
    {
        var types = declared.Declaration.Types;
        Player judge = step.Learned(types[0], OfTargets, "The network that tells results of the model from the targets"),
        sourceJudge = step.Learned(types[1], OfSources, "The network that tells results of the way back from the data"),
        back = step.Head(types[2], Back, "The network that maps back");
        step.Phase.Name = "Generators";
        Field sources = step.Data,
        targets = step.SamplesFor(back, Stream.Targets, "Target", "Samples of the other domain");
        long history = attribute.History;
        AddJudge(step.Before(OfTargets, judge), ("Target", "D(y)", "D(s)"), judge, targets, step.Model, sources, history);
        AddJudge(step.Before(OfSources, sourceJudge), ("Source", "D'(x)", "D'(s)"), sourceJudge, sources, back, targets, history);

        Computation c = step.Computation;
        Value x = step.Read(sources), y = step.Read(targets);
        Value there = step.Call(step.Model, x, "translated"), here = step.Call(back, y, "translatedBack");
        AddTerm("Fooling", "mean (D(G(x)) − 1)²", null, Accepts(step, "fooling", step.Call(judge, there, "verdict")));
        AddTerm("SourceFooling", "mean (D'(F(y)) − 1)²", null,
            Accepts(step, "sourceFooling", step.Call(sourceJudge, here, "sourceVerdict")));
        Scalar cycle = step.Hyperparameter(attribute, nameof(attribute.Cycle));
        AddTerm("Cycle", "mean |F(G(x)) − x| + mean |G(F(y)) − y|", cycle, Both("cycle",
            Distance("sourceCycle", x, step.Call(back, there, "thereAndBack")),
            Distance("targetCycle", y, step.Call(step.Model, here, "backAndThere"))));
        if (attribute.Identity == 0) return;
        AddTerm("Identity", "mean |G(y) − y| + mean |F(x) − x|",
            cycle * step.Hyperparameter(attribute, nameof(attribute.Identity)), Both("identity",
                Distance("targetIdentity", y, step.Call(step.Model, y, "sameTarget")),
                Distance("sourceIdentity", x, step.Call(back, x, "sameSource"))));

        // The difference is of the sample, and not of the result: the network may need its result for its derivative.
        Value Distance(string name, Value sample, Value result) => step.Mean(
            name, c.Add(new Absolute(), name + "Distances", c.Add(new Subtract(), name + "Errors", sample, result)));

        Value Both(string name, Value first, Value second) => c.Add(new Add(), name, first, second);

        void AddTerm(string name, string notation, Scalar? weight, Value loss) =>
            step.AddTerm(new Term(name, loss, weight, notation) { Symbols = Symbols });
    }

    private static void AddJudge(StepContext step, (string Name, string OnReal, string OnFake) words, Player judge, Field real,
        Player maker, Field from, long history)
    {
        Value fake = step.Ask(maker, step.Read(from), "made");
        if (history > 0) fake = Seen(step, words.Name, from, fake, history);
        Value onReal = Accepts(step, "real", step.Call(judge, step.Read(real), "realVerdict")),
        onFake = step.Mean("fake", step.Computation.Add(new Square(), "fakeErrors", step.Call(judge, fake, "fakeVerdict")));
        Add("Real", $"mean ({words.OnReal} − 1)²", onReal);
        Add("Fake", $"mean {words.OnFake}²", onFake);

        void Add(string name, string notation, Value loss) =>
            step.AddTerm(new Term(words.Name + name, loss, 0.5, notation) { Symbols = Symbols });
    }

    private static Value Seen(StepContext step, string name, Field from, Value made, long history)
    {
        string saved = char.ToLowerInvariant(name[0]) + name.Substring(1) + "History", field = "_" + saved;
        step.AddState(new StateNode(saved, field, $"results of earlier steps, {made.Shape.With(0, history)}",
            $"new SampleHistory({step.Model.Arena}.Values.dtype, _device, "
            + $"{Spelling.Join([history, .. made.Shape.Without(0).Dims.Select(dim => dim.Factor)])})")
        {
            Type = "SampleHistory",
            Members = [(saved, "Samples"), (saved + ".count", "Count")],
            Waits = true,
        });
        Value exchanges = step.Draw(new DrawnEvents(name + "Exchanged", from.Rows, 0, Exchange,
            $"Which results are exchanged with earlier ones, [{from.Stream.Symbol}]")),
        places = step.Draw(new DrawnIntegers(name + "Place", from.Rows, 0, history,
            $"With which of the {history} earlier ones, [{from.Stream.Symbol}], int64"));
        return step.Computation.Add(new StateFunction(field, "Exchanged", made.Type), "seen", made, exchanges, places);
    }

    private static Value Accepts(StepContext step, string name, Value verdict) => step.Mean(name, step.Computation.Add(
        new Square(), name + "Squares", step.Computation.Add(new AddNumber(-1), name + "Errors", verdict)));
}
