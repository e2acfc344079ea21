using System;
using System.Collections.Generic;
using System.Linq;
using Dsl.Generator.Binding;
using Dsl.Generator.Diagnostics;
using Dsl.Generator.Graph;
using Dsl.Generator.Graph.Operations;
using Dsl.Generator.Lowering;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Schemes;

/// <summary>Levels of latent numbers: encoders tell each of the one below it, priors each of the one above it.</summary>
/// <param name="levels">L, at least 2. The scheme's type arguments are the encoders of the levels 2, ..., L, the priors of the
/// levels 1, ..., L − 1, and the decoder.</param>
internal abstract class HierarchicalScheme<TAttribute>(int levels) : Scheme<TAttribute>
    where TAttribute : VariationalAttribute
{
    public override IReadOnlyList<string> Heads =>
    [
        .. Enumerable.Range(2, levels - 1).Select(Encoder), .. Enumerable.Range(1, levels - 1).Select(Prior),
        LatentNetworks.Decoder,
    ];

    public override bool HeadsStandBehindModel => false;

    public override bool StandsAlone => true;

    public override bool NeedsClasses => false;

    public override void CheckNetworks(
        Bound<SchemeAttribute> declared, IReadOnlyList<LearnedNetwork> networks, Findings findings)
    {
        // The network that tells a level, by it; that of the first is the trained one.
        LearnedNetwork OfLevel(int level) => networks[level - 1];
        LearnedNetwork PriorOf(int level) => networks[levels + level - 1];
        LearnedNetwork decoder = networks[2 * levels - 1];
        LatentNetworks.Check(declared, [networks[0], decoder], findings);
        for (int level = 1; level <= levels; level++) NormalLatents.CheckHalves(declared, OfLevel(level), findings);
        for (int level = 1; level < levels; level++)
        {
            CheckTakes(OfLevel(level + 1), level);
            CheckTakes(PriorOf(level), level + 1);
            if (WidthOf(level) is not { } width || !PriorOf(level).Network.KnowsResults) continue;
            Shape told = PriorOf(level).Network.Results[0].Value.Shape;
            if (told == Shape.Of(told[0], 2 * width)) continue;
            findings.Add(Catalogue.SchemeNeeds, declared.Site, PriorOf(level).Site, declared.Name,
                $"a prior that tells means and log variances of level {level}, [N, {2 * width}]",
                $"'{PriorOf(level).Name}' returns {told}", $"end it with [Linear({2 * width})]");
        }

        CheckTakes(decoder, 1);

        void CheckTakes(LearnedNetwork network, int level)
        {
            if (WidthOf(level) is not { } width) return;
            TensorType input = network.Network.Input.Type, given = new(Shape.Of(input.Shape[0], width));
            if (input == given) return;
            findings.Add(Catalogue.SchemeNeeds, declared.Site, network.Site, declared.Name,
                $"a network that takes the latent numbers of level {level}, [N, {width}]",
                $"'{network.Name}' takes {input}", $"write [Model({width})] on '{network.Name}'");
        }

        long? WidthOf(int level) =>
            OfLevel(level).Network.KnowsResults && OfLevel(level).Network.Results[0].Value.Shape is var output
            && NormalLatents.HasHalves(output) ? output[1].Factor / 2 : null;
    }

    public override void Finish(Bound<SchemeAttribute> declared, Func<Comparison, Value> objective, TrainerProgram trainer)
    {
        var attribute = (TAttribute)declared.Attribute;
        long width = WidthOf(trainer, 1);
        LatentNetworks.AddEncode(trainer, "The means of the first level's latent numbers of samples in evaluation mode", width);
        LatentNetworks.AddReconstruct(trainer, attribute.Likelihood,
            "What the decoder tells of the means of the first level's latent numbers of samples in evaluation mode", width);
        AddSample(trainer, attribute.Likelihood);
        AddBound(trainer, attribute);
    }

    protected override void Check(TAttribute attribute, Bound<SchemeAttribute> declared, RunCheck run) =>
        NormalLatents.CheckArguments(attribute, declared, run);

    protected override void Lower(TAttribute attribute, Bound<SchemeAttribute> declared, StepContext step)
    {
        Computation c = step.Computation;
        var types = declared.Declaration.Types;
        Player[] encoders =
        [
            step.Model,
            .. Enumerable.Range(2, levels - 1).Select(level => step.Head(types[level - 2], Encoder(level),
                $"The network that tells level {level} of the latent numbers of level {level - 1}")),
        ];
        Player[] priors =
        [
            .. Enumerable.Range(1, levels - 1).Select(level => step.Head(types[levels - 2 + level], Prior(level),
                $"The network that tells level {level} of the latent numbers of level {level + 1}")),
        ];
        Player decoder = step.Head(types[types.Count - 1], LatentNetworks.Decoder,
            "The network that tells samples of the first level's latent numbers");

        Value samples = LatentNetworks.Read(step, attribute.Likelihood);
        var drawn = Climb(c, samples, (level, input) => step.Call(encoders[level - 1], input, $"posterior{level}"),
            (level, mean) => step.Draw(new DrawnNormals($"Noise{level}", step.Data.Rows, mean.Shape.Without(0),
                $"ε, of which the latent numbers of level {level} are drawn, standard normal {mean.Shape}")));
        Value losses = NormalLatents.Losses(c, attribute, samples, step.Call(decoder, drawn[0].Latent, "told"),
            property => step.Hyperparameter(attribute, property));
        var divergences = Divergences(c, drawn, (level, above) => step.Call(priors[level - 1], above, $"prior{level}"));

        step.AddTerm(NormalLatents.Reconstruction(
            attribute, step.Mean("reconstruction", losses), "g(z_1)", [.. Letters, new("z", "latent numbers", null, null)]));
        Scalar weight = NormalLatents.Weight(attribute, step);
        for (int level = 1; level <= levels; level++)
        {
            step.AddTerm(new Term($"Divergence{level}", step.Mean($"divergence{level}", divergences[level - 1]), weight,
                level == levels ? $"½·mean Σ (μ_{level}² + exp(s_{level}) − s_{level} − 1)"
                    : $"½·mean Σ (t_{level} − s_{level} + (z_{level} − m_{level})²·exp(−t_{level}) − ε_{level}²)")
            {
                Symbols =
                [
                    .. Letters,
                    .. level == levels ? Array.Empty<ExplainedSymbol>() :
                    [
                        new("z", "latent numbers", null, null),
                        new("m", "means that the prior tells of the level above", null, null),
                        new("t", "log variances that it tells", null, null),
                        new("ε", "standard normal noise", null, null),
                    ],
                ],
            });
        }
    }

    private static readonly ExplainedSymbol[] Letters =
    [
        new("μ", "the first half of what the encoder of a level returns, means of its latent numbers", null, null),
        new("s", "the second half, log variances", null, null),
    ];

    private static string Encoder(int level) => $"Encoder{level}";

    private static string Prior(int level) => $"Prior{level}";

    private long WidthOf(TrainerProgram trainer, int level) => (level == 1 ? trainer.Network
        : trainer.Find(Casing.Variable(Encoder(level)))!.Network!).Results[0].Value.Shape[1].Factor / 2;

    /// <summary>Latent numbers of each level, from the first.</summary>
    /// <param name="ask">What the encoder of a level returns.</param>
    /// <param name="noise">The noise of a level with such means.</param>
    private IReadOnlyList<Level> Climb(
        Computation c, Value samples, Func<int, Value, Value> ask, Func<int, Value, Value> noise)
    {
        var found = new List<Level>();
        for (int level = 1; level <= levels; level++)
        {
            Value below = level == 1 ? samples : found[level - 2].Latent;
            var (mean, logVariance) = NormalLatents.Halves(c, ask(level, below), $"{level}");
            Value own = noise(level, mean);
            found.Add(new Level(
                mean, logVariance, own, NormalLatents.Draw(c, mean, logVariance, own, $"{level}")));
        }

        return found;
    }

    /// <summary>What each level costs of each sample, [N]: an estimate at the draws, and of the last the divergence by its
    /// formula.</summary>
    /// <param name="ask">What the prior of a level returns.</param>
    private IReadOnlyList<Value> Divergences(Computation c, IReadOnlyList<Level> drawn, Func<int, Value, Value> ask) =>
    [
        .. Enumerable.Range(1, levels - 1).Select(level => Estimate(c, level, drawn[level - 1], ask(level, drawn[level].Latent))),
        NormalLatents.Divergences(c, drawn[levels - 1].Mean, drawn[levels - 1].LogVariance),
    ];

    // log q − log p of a level's draw; the constants of both go.
    private static Value Estimate(Computation c, int level, Level drawn, Value told)
    {
        var (mean, logVariance) = NormalLatents.Halves(c, told, $"OfPrior{level}");
        Value precision = c.Add(
            new Exponential(), $"precision{level}", c.Add(new Scale(-1), $"logPrecision{level}", logVariance));
        Value squares = c.Add(new Square(), $"squares{level}", c.Add(new Subtract(), $"errors{level}", drawn.Latent, mean));
        Value cross = c.Add(
            new Add(), $"cross{level}", logVariance, c.Add(new Multiply(), $"weighed{level}", squares, precision));
        Value own = c.Add(
            new Add(), $"own{level}", drawn.LogVariance, c.Add(new Square(), $"squaredNoise{level}", drawn.Noise));
        return c.Add(new Scale(0.5), $"divergences{level}",
            c.Add(new Sum(1), $"doubledDivergence{level}", c.Add(new Subtract(), $"doubled{level}", cross, own)));
    }

    private void AddSample(TrainerProgram trainer, Likelihood likelihood)
    {
        var c = new Computation();
        var draws = Enumerable.Range(1, levels).Reverse()
            .Select(level => new DrawnNormals($"Latent{level}", Stream.Data.Rows, Shape.Of(WidthOf(trainer, level)),
                level == levels ? $"Latent numbers of level {level}, [N, {WidthOf(trainer, level)}]"
                    : $"ε, of which those of level {level} are drawn, [N, {WidthOf(trainer, level)}]")).ToList();
        Value latent = Local(draws[0]);
        for (int level = levels - 1; level >= 1; level--)
        {
            var (mean, logVariance) = NormalLatents.Halves(c, Ask(trainer, c, Prior(level), latent), $"{level}");
            latent = NormalLatents.Draw(c, mean, logVariance, Local(draws[levels - level]), $"OfLevel{level}");
        }

        Value told = LatentNetworks.Decode(c, trainer, likelihood, latent);
        trainer.Procedures.Add(new Procedure(
            "Sample", $"What the decoder tells of latent numbers drawn of N(0, 1) and then of the priors, {told.Shape}, in "
            + "evaluation mode; the caller frees it", [new ProcedureParameter("long", "count", "How many, at least 1")], c, told)
        {
            IsPublic = true,
            Stream = "samples",
            Draws = draws,
            Samples = "count",
        });

        Value Local(DrawnNormals draw) => c.Add(new Draw(Procedure.Local(draw), draw.Type), Procedure.Local(draw));
    }

    private void AddBound(TrainerProgram trainer, TAttribute attribute)
    {
        TensorType input = trainer.Network.Input.Type;
        var c = new Computation();
        var draws = new List<DrawnNumbers>();
        Value samples = c.Add(new Input("input", input), "input");
        var drawn = Climb(c, samples,
            (level, given) => level == 1
                ? c.Add(new Predict(trainer.Model.Field, trainer.Network.Results[0].Value.Type), "posterior1", given)
                : Ask(trainer, c, Encoder(level), given),
            (level, mean) =>
            {
                var draw = new DrawnNormals($"Noise{level}", Stream.Data.Rows, mean.Shape.Without(0), $"Noise, {mean.Shape}");
                draws.Add(draw);
                return c.Add(new Draw(Procedure.Local(draw), draw.Type), Procedure.Local(draw));
            });
        Value losses = NormalLatents.Losses(c, attribute, samples, LatentNetworks.Ask(c, trainer, drawn[0].Latent),
            property => new Scalar.Named(NormalLatents.Named(attribute, property)));
        var divergences = Divergences(c, drawn, (level, above) => Ask(trainer, c, Prior(level), above));
        Level top = drawn[levels - 1];
        Value ratio = divergences.Take(levels - 1).Aggregate(
            NormalLatents.Ratio(c, top.Latent, top.LogVariance, top.Noise),
            (sum, estimate) => c.Add(new Subtract(), "ratioOfAll", sum, estimate));
        trainer.Procedures.Add(new Procedure(
            "BoundTerms", "−log p(x|z), what each level costs, and log p(z) − log q(z|x) at drawn z, "
            + $"[N, {levels + 2}]",
            [
                new ProcedureParameter("Tensor", "input", $"Samples {input.Shape}"),
                new ProcedureParameter("DrawSampler", "sampler", "Where the random numbers come from"),
            ], c, NormalLatents.Columns(c, [losses, .. divergences, ratio]))
        {
            Draws = draws,
            Samples = "input.size(0)",
            Input = "input",
            Requirement = NormalLatents.RequirementOf(attribute),
            Evaluation = new ProcedureEvaluation("EvaluateBound", "HierarchicalBound", "latent numbers",
                "The evidence lower bound of data with the divergence of each level, and its importance-weighted one, in nats a "
                + "sample, in evaluation mode. Training is not affected"),
        });
    }

    /// <summary>What a network beside the trained one returns of latent numbers in evaluation mode.</summary>
    private static Value Ask(TrainerProgram trainer, Computation c, string name, Value latent)
    {
        Player player = trainer.Find(Casing.Variable(name))!;
        return c.Add(new Predict(player.Field, player.Network!.Results[0].Value.Type), Casing.Variable(name) + "Told", latent);
    }

    /// <summary>The latent numbers of a level.</summary>
    private sealed record Level(Value Mean, Value LogVariance, Value Noise, Value Latent);
}
