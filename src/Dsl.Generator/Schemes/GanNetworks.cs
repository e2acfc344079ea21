using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Dsl.Generator.Binding;
using Dsl.Generator.Declarations;
using Dsl.Generator.Diagnostics;
using Dsl.Generator.Graph;
using Dsl.Generator.Graph.Operations;
using Dsl.Generator.Lowering;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Schemes;

/// <summary>What the schemes have in common in which a generator makes samples that a second network tells from the
/// data.</summary>
/// <param name="Condition">The labels of both.</param>
internal sealed record GanNetworks(LabelCondition Condition)
{
    private const string Generator = "Generator";

    public static GanNetworks Of(SchemeAttribute attribute) =>
        new(new LabelCondition(((AdversarialAttribute)attribute).Label, ((AdversarialAttribute)attribute).Classes));

    /// <summary>The further inputs that a scheme gives.</summary>
    public IReadOnlyList<string> Inputs => Condition.Inputs;

    /// <summary>What terms call a sample of the generator.</summary>
    public string Made => $"G(z{Condition.Notation})";

    /// <summary>Reports labels that are said in part.</summary>
    public void CheckArguments(Bound<SchemeAttribute> declared, Findings findings) =>
        Condition.CheckArguments(declared, findings);

    /// <summary>Reports networks without the input of the labels, and a judge that does not take what the generator returns, or
    /// gives something else than one number.</summary>
    public void Check(
        Bound<SchemeAttribute> declared, string judgeName, IReadOnlyList<LearnedNetwork> networks, Findings findings)
    {
        var (generator, judge) = (networks[0], networks[1]);
        if (generator.Site == judge.Site)
        {
            findings.Add(Catalogue.SchemeNeeds, declared.Site, judge.Site, declared.Name,
                "two networks", $"'{judge.Name}' is both of them", $"declare a {judgeName} of its own");
            return;
        }

        if (generator.Network.Input.Type.Element != ElementType.Float)
        {
            findings.Add(Catalogue.SchemeNeeds, declared.Site, generator.Site, declared.Name,
                "a generator that takes noise, real numbers",
                $"'{generator.Name}' takes {generator.Network.Input.Shape} integers",
                "write [Model(64)] for 64 numbers of noise");
        }

        Condition.Check(declared, networks, findings);
        if (!generator.Network.KnowsResults || !judge.Network.KnowsResults) return;
        Value samples = generator.Network.Results[0].Value;
        Value logit = judge.Network.Results[0].Value;
        if (judge.Network.Input.Type != samples.Type)
        {
            findings.Add(Catalogue.SchemeNeeds, declared.Site, judge.Site, declared.Name,
                $"a {judgeName} for what the generator returns",
                $"'{judge.Name}' takes {judge.Network.Input.Type} and '{generator.Name}' returns {samples.Type}",
                "give both the same shape");
        }

        if (logit.Shape != Shape.Of(logit.Shape[0], 1))
        {
            findings.Add(Catalogue.SchemeNeeds, declared.Site, judge.Site, declared.Name,
                $"a {judgeName} that gives one number [N, 1]", $"'{judge.Name}' returns {logit.Shape}",
                "end it with [Flatten, Linear(1)]");
        }
    }

    /// <summary>Reports a judge whose gradient by a sample would be one by others, too.</summary>
    public static void CheckJudgesAlone(
        Bound<SchemeAttribute> declared, string judgeName, LearnedNetwork judge, Findings findings)
    {
        if (!judge.Network.Computation.Nodes.Any(node => node.Operation is BatchNormalization)) return;
        findings.Add(Catalogue.SchemeNeeds, declared.Site, judge.Site, declared.Name,
            $"a {judgeName} that judges each sample alone",
            $"'{judge.Name}' has a batch normalisation, by which the gradient of a sample depends on the others",
            "use [LayerNorm], or none");
    }

    /// <summary>The main descent as the generator's.</summary>
    public static void Name(StepContext step) => step.Phase.Name = Generator;

    /// <summary>What a judge says of samples, which have the batch's labels.</summary>
    public Value Judge(StepContext step, Player judge, Value samples, string name) =>
        step.Call(judge, Condition.Beside(step, samples), name);

    /// <summary>Samples of new noise, trained where the step's phase trains the generator.</summary>
    public Value Make(StepContext step) => step.Call(step.Model, Condition.Beside(step, Noise(step, Generator)), "samples");

    /// <summary>Samples of new noise as constants.</summary>
    public Value MakeConstant(StepContext step, string owner) =>
        step.Ask(step.Model, Condition.Beside(step, Noise(step, owner)), "samples");

    /// <summary>Reports how far samples are spread beside the batch's data, and warns where they have become one.</summary>
    /// <param name="samples">The samples of the generator's descent.</param>
    /// <param name="data">The data as the judge reads them.</param>
    public static void WatchSpread(StepContext step, Value samples, Field data)
    {
        Value spread = step.Computation.Add(
            new RuntimeFunction("SampleSpread.Of", default, Shape.Scalar), "sampleSpread", samples, step.Read(data));
        step.Trainer.Reports.Add(new StepReport("SampleSpread", spread,
            "The deviation of the generator's samples from each other in units of the data's: near 1 where they vary as those "
            + "do, 0 where they are one.")
        {
            Begin = "run.WatchesSamples(\"Give the generator a lower learning rate than its judge, penalise the judge's slope, "
                + "or begin with another Seed.\");",
        });
    }

    /// <summary>What a judge gives for the data, in a notation.</summary>
    public string OfData(string judge) => $"{judge}(x{Condition.Notation})";

    /// <summary>What a judge gives for the generator's samples, in a notation.</summary>
    public string OfMade(string judge) => $"{judge}({Made}{Condition.Notation})";

    /// <summary>The letters of terms.</summary>
    /// <param name="judge">The judge's letter, and what it is.</param>
    public IReadOnlyList<ExplainedSymbol> Symbols((string Letter, string Words) judge) =>
    [
        new("x", "a sample of the data", null, null),
        new(judge.Letter, judge.Words, null, null),
        new("G", "the generator", null, null),
        new("z", "noise", null, null),
        .. Condition.Symbols,
    ];

    /// <summary>The methods that give samples.</summary>
    public void AddSampling(TrainerProgram trainer)
    {
        TensorType output = trainer.Network.Results[0].Value.Type;
        AddSample(trainer, output);
        AddWalk(trainer, output);
    }

    private void AddSample(TrainerProgram trainer, TensorType output)
    {
        DrawnNormals noise = NoiseOf(trainer, "Noise");
        var computation = new Computation();
        Value given = computation.Add(new Draw(Procedure.Local(noise), noise.Type), Procedure.Local(noise));
        Value result = Predict(trainer, output, computation, Condition.Beside(computation, given));
        trainer.Procedures.Add(new Procedure(
            "Sample", $"Samples of the generator in evaluation mode, {output.Shape}; the caller frees them",
            Condition.CountParameters("What samples shall be", ("count", "How many, at least 1")), computation, result)
        {
            IsPublic = true,
            Stream = "samples",
            Draws = [noise],
            Samples = Condition.Count,
        });
    }

    private void AddWalk(TrainerProgram trainer, TensorType output)
    {
        DrawnNormals first = NoiseOf(trainer, "First"), last = NoiseOf(trainer, "Last");
        var c = new Computation();
        Shape path = first.Type.Shape.With(0, Dim.Batch("M"));
        var places = new EquatableArray<string>(["places"]);
        Value between = c.Add(new RuntimeFunction("LatentPath.Around", places, path), "between",
            c.Add(new Draw(Procedure.Local(first), first.Type), "first"),
            c.Add(new Draw(Procedure.Local(last), last.Type), "last"));
        Value[] given = Condition.BesideEach(c, between, "places");
        trainer.Procedures.Add(new Procedure(
            "Walk", $"Samples of the generator in evaluation mode on ways from one noise to another, {output.Shape} for each "
            + "place, way by way; the caller frees them",
            [
                .. Condition.CountParameters("What the samples of each way shall be", ("ways", "How many ways, at least 1")),
                new ProcedureParameter("long", "places", "Places on each way, both ends among them, at least 2"),
            ], c, Predict(trainer, output, c, given))
        {
            IsPublic = true,
            Stream = "walk",
            Draws = [first, last],
            Samples = Condition.IsGiven ? Condition.Count : "ways",
        });
    }

    private static Value Predict(TrainerProgram trainer, TensorType output, Computation computation, Value[] inputs) =>
        computation.Add(new Predict(trainer.Evaluated.Field, output), "samples", inputs);

    private static DrawnNormals NoiseOf(TrainerProgram trainer, string name)
    {
        Shape input = trainer.Network.Input.Shape;
        return new DrawnNormals(name, Stream.Data.Rows, input.Without(0), $"Noise {input}");
    }

    private static Value Noise(StepContext step, string owner)
    {
        Shape input = step.Trainer.Network.Input.Shape;
        return step.Draw(new DrawnNormals(
            owner + "Noise", Stream.Data.Rows, input.Without(0),
            $"What the generator makes the samples of the {Casing.Variable(owner)}'s descent of, standard normal {input}"));
    }
}
