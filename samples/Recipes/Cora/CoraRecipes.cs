using Dsl.Runtime;
using TorchSharp;
using Zoo;
using static TorchSharp.torch;

namespace Recipes.Cora;

/// <summary>Graph networks on Cora.</summary>
public static class CoraRecipes
{
    private const int Patience = 100;

    /// <summary>Test accuracy of a graph convolutional network after 200 epochs, in [0, 1].</summary>
    public static double Gcn(CoraGraph graph, int seed, Device device)
    {
        using var generator = new Generator((ulong)seed);
        using var model = new Gcn(generator);
        using var trainer = new GcnTrainer(model, device) { Seed = seed };
        trainer.Fit(graph.Train);
        return trainer.Evaluate(graph.Test).Accuracy;
    }

    /// <summary>Test accuracy of a graph attention network at its lowest validation loss, in [0, 1].</summary>
    public static double Gat(CoraGraph graph, int seed, Device device)
    {
        using var generator = new Generator((ulong)seed);
        using var model = new Gat(generator);
        using var trainer = new GatTrainer(model, device) { Seed = seed };
        var (best, accuracy, since) = (double.PositiveInfinity, 0.0, 0);
        using var batch = new GatTrainer.Batch(
            graph.Train.Nodes.to(device), graph.Train.Edges.to(device), graph.Train.Labels.to(device));
        for (int epoch = 0; epoch < trainer.Epochs && since <= Patience; epoch++)
        {
            trainer.Step(batch);
            double loss = trainer.Evaluate(graph.Validation).Loss;
            since = loss < best ? 0 : since + 1;
            if (since == 0) (best, accuracy) = (loss, trainer.Evaluate(graph.Test).Accuracy);
        }

        return accuracy;
    }

    /// <summary>Citations kept apart that a graph autoencoder tells from other pairs: the area under the ROC curve and the
    /// average precision, in [0, 1], after all epochs.</summary>
    /// <param name="epochs">Null for those of the paper.</param>
    public static (double Auc, double AveragePrecision) Links(CoraGraph graph, int seed, Device device, int? epochs = null)
    {
        var (train, validation, test) = graph.SplitLinks(seed);
        using (train)
        using (validation)
        using (test)
        {
            using var generator = new Generator((ulong)seed);
            using var model = new LinkEncoder(generator);
            using var trainer = new LinkTrainer(model, device) { Seed = seed };
            if (epochs is { } given) trainer.Epochs = given;
            trainer.Fit(train);
            var evaluation = trainer.Evaluate(test);
            return (evaluation.Auc, evaluation.AveragePrecision);
        }
    }
}
