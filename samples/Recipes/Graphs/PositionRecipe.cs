using Dsl.Runtime;
using static TorchSharp.torch;

namespace Recipes.Graphs;

/// <summary>
/// Hexagons against pairs of triangles, whose nodes all look alike and all have two neighbours, numbered at random: message
/// passing gives both the same, and a graph transformer whose nodes know their places among eigenvectors of the Laplacian tells
/// them apart (Dwivedi and Bresson 2021, arXiv 2012.09699).
/// </summary>
/// <param name="seed">Decides the graphs, initial parameters and every draw.</param>
/// <param name="device">Where to train.</param>
/// <param name="epochs">Of each training.</param>
public sealed class PositionRecipe(int seed, Device device, int epochs = 20)
{
    private const int Nodes = 6, Positions = 5;

    /// <summary>For each network its accuracy on new graphs, in percent.</summary>
    /// <param name="train">Graphs of a training set, an even number.</param>
    /// <param name="test">Graphs of a test set, an even number.</param>
    public IEnumerable<(string Row, double[] Values)> Measure(int train = 200, int test = 200)
    {
        using var scope = NewDisposeScope();
        var random = new HostRandom(seed);
        using var learned = Graphs(train, random);
        using var others = Graphs(test, random);
        yield return ("message passing", [ByMessages(learned, others)]);
        yield return ("transformer with positions", [ByPositions(learned, others)]);
    }

    private double ByMessages(GraphDataset train, GraphDataset test)
    {
        using var generator = new Generator((ulong)seed);
        using var net = new Sums(generator);
        using var trainer = new SumsTrainer(net, device) { Seed = seed, Epochs = epochs };
        trainer.Fit(train);
        return 100 * trainer.Evaluate(test).Accuracy;
    }

    private double ByPositions(GraphDataset train, GraphDataset test)
    {
        using var generator = new Generator((ulong)seed);
        using var net = new Positioned(generator);
        using var trainer = new PositionedTrainer(net, device) { Seed = seed, Epochs = epochs };
        trainer.Fit(train);
        return 100 * trainer.Evaluate(test).Accuracy;
    }

    private static GraphDataset Graphs(int count, HostRandom random)
    {
        int[] hexagon = [1, 2, 3, 4, 5, 0], triangles = [1, 2, 0, 4, 5, 3];
        GraphSample[] graphs = [.. Enumerable.Range(0, count).Select(i => Graph(i % 2 == 0 ? hexagon : triangles, random))];
        var data = new GraphDataset(graphs, [.. graphs.Select((_, i) => (long)(i % 2))]);
        return data.WithNodes("positions", [.. graphs.Select(graph => LaplacianEigenvectors.Of(graph, Positions))]);
    }

    private static GraphSample Graph(int[] next, HostRandom random)
    {
        int[] numbers = [.. Enumerable.Range(0, Nodes).OrderBy(_ => random.Uniform())];
        var ends = new long[2, 2 * Nodes];
        for (int i = 0; i < Nodes; i++)
        {
            (ends[0, i], ends[1, i]) = (numbers[i], numbers[next[i]]);
            (ends[1, Nodes + i], ends[0, Nodes + i]) = (ends[0, i], ends[1, i]);
        }

        return new GraphSample(ones(Nodes, 1), tensor(ends));
    }
}
