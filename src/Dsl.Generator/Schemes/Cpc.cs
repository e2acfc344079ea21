using System.Collections.Generic;
using System.Linq;
using Dsl.Generator.Binding;
using Dsl.Generator.Declarations;
using Dsl.Generator.Diagnostics;
using Dsl.Generator.Graph;
using Dsl.Generator.Graph.Operations;
using Dsl.Generator.Lowering;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Schemes;

internal sealed class Cpc : Scheme<CpcAttribute<object, object>>
{
    public override IReadOnlyList<string> Heads => ["Context", "Predictor"];

    public override bool HeadsStandBehindModel => false;

    public override bool StandsAlone => true;

    public override bool NeedsClasses => false;

    public override void CheckNetworks(
        Bound<SchemeAttribute> declared, IReadOnlyList<LearnedNetwork> networks, Findings findings)
    {
        int horizons = ((CpcAttribute<object, object>)declared.Attribute).Horizons;
        var (model, context, predictor) = (networks[0], networks[1], networks[2]);
        if (networks.Any(network => !network.Network.KnowsResults)) return;
        TensorType embeddings = model.Network.Results[0].Value.Type, contexts = context.Network.Results[0].Value.Type,
        predictions = predictor.Network.Results[0].Value.Type;
        if (embeddings.Shape.Rank != 3 || embeddings.Shape[1].Factor <= horizons)
        {
            Need(model, "an embedding for each place, [N, T, D], of more places than Horizons",
                $"'{model.Name}' returns {embeddings} and Horizons = {horizons}",
                "let it return a sequence, or predict fewer places ahead");
            return;
        }

        Shape shape = embeddings.Shape;
        if (context.Network.Input.Type != embeddings || contexts.Shape.Rank != 3 || contexts.Shape[1] != shape[1])
        {
            Need(context, "a context for each place, [N, T, C]",
                $"'{context.Name}' takes {context.Network.Input.Type} and returns {contexts}, and '{model.Name}' returns {shape}",
                $"write [Model({shape[1]}, {shape[2]}), Gru({shape[2]})] on '{context.Name}'");
        }
        else if (context.Network.Layers.FirstOrDefault(layer => layer.SeesLater) is { } later)
        {
            Need(context, "a context of what came before", $"{later.Description} of '{context.Name}' sees later places",
                "what has seen the future need not predict it: let it read forwards alone, and write Causal = true on attention");
        }
        else if (predictor.Network.Input.Type != contexts || predictions.Shape != shape.With(2, shape[2] * horizons))
        {
            Need(predictor, $"a prediction for each horizon, [N, T, {shape[2] * horizons}]",
                $"'{predictor.Name}' takes {predictor.Network.Input.Type} and returns {predictions}, and '{context.Name}' "
                + $"returns {contexts.Shape}",
                $"write [Model({contexts.Shape[1]}, {contexts.Shape[2]}), Linear({shape[2] * horizons}, Bias = false)] on "
                + $"'{predictor.Name}'");
        }

        void Need(LearnedNetwork network, string need, string found, string remedy) => findings.Add(
            Catalogue.SchemeNeeds, declared.Site, network.Site, declared.Name, need, found, remedy);
    }

    protected override void Lower(
        CpcAttribute<object, object> attribute, Bound<SchemeAttribute> declared, StepContext step)
    {
        Computation c = step.Computation;
        var types = declared.Declaration.Types;
        Player context = step.Head(types[0], "Context", "The network that makes a context of a place and those before it"),
        predictor = step.Head(types[1], "Predictor", "The network that makes predictions of a context, one for each horizon");
        Value embeddings = step.Call(step.Model, step.Read(step.Data), "embeddings");
        Value predictions = step.Call(
            predictor, step.Call(context, embeddings, "contexts"), "predictions");
        long length = embeddings.Shape[1].Factor, width = embeddings.Shape[2].Factor;
        Value? own = null, sum = null;
        for (int horizon = 1; horizon <= attribute.Horizons; horizon++)
        {
            long steps = length - horizon;
            Value ofHorizon = c.Add(new Slice(2, (horizon - 1) * width, width), $"predictions{horizon}", predictions);
            Value ahead = ByPlace(c.Add(new Slice(1, 0, steps), $"ahead{horizon}", ofHorizon), $"aheadByPlace{horizon}");
            Value future = ByPlace(
                c.Add(new Slice(1, horizon, steps), $"future{horizon}", embeddings), $"futureByPlace{horizon}");
            Value scores = c.Add(new BatchedProduct(), $"scores{horizon}",
                ahead, BatchedProduct.Transpose(c, future, $"futureColumns{horizon}"));

            // Of the log-probabilities [T - k, N, N] those of a sample's own future.
            Value logs = c.Add(new LogSoftmax(), $"logProbabilities{horizon}", scores);
            own ??= c.Add(new RuntimeFunction("SamplePairs.Identity", default, scores.Shape.Without(0)), "own",
                c.Add(new Select(0), "firstScores", scores));
            Value mean = step.Mean($"logOfOwn{horizon}", c.Add(
                new Sum(2), $"ownLogProbabilities{horizon}", c.Add(new Multiply(), $"ownLogs{horizon}", logs, own)));
            sum = sum is null ? mean : c.Add(new Add(), $"logsTo{horizon}", sum, mean);
        }

        step.AddTerm(new Term("Contrastive", c.Add(new Scale(-1.0 / attribute.Horizons), "contrastive", sum!), null,
            "mean −log softmax(z_j(t + k)·W_k(c_i(t)), all j)[i]")
        {
            Symbols =
            [
                new("z", "the network's output at a place", null, null),
                new("c", "the context of a place", null, null),
                new("W_k", "the part of the predictor for the horizon k", null, null),
                new("t", "a place", null, null),
                new("k", "a horizon, 1, ..., Horizons", null, null),
                new("i", "a sample", null, null),
                new("j", "any sample of the batch", null, null),
            ],
        });

        Value ByPlace(Value sequence, string name) => c.Add(new Permute(new([1, 0, 2])), name, sequence);
    }
}
