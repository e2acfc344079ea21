using Dsl.Runtime;
using static TorchSharp.torch;

namespace Recipes.Graphs;

/// <summary>
/// Cycles against trees, of 6 to 20 nodes whose only feature is 1: what a network knows of a graph is what its aggregation keeps.
/// In the second task a tree has one edge more, and so one cycle somewhere.
/// </summary>
/// <remarks>
/// A mean of equal rows is that row. Where all nodes have the same feature, layers that take the mean of neighbours give each
/// node of each graph the same numbers, and the mean over nodes gives each graph the same: half of the graphs of a balanced set
/// are right, whatever was learned (Xu et al. 2019, arXiv 1810.00826, section 5.2, corollary 8). A sum tells how many there are.
/// </remarks>
/// <param name="seed">Decides the graphs, initial parameters and every draw.</param>
/// <param name="device">Where to train.</param>
/// <param name="epochs">Of each training.</param>
public sealed class GraphRecipe(int seed, Device device, int epochs = 60)
{
    private const int Least = 6, Most = 20;

    /// <summary>For each aggregation the accuracies on new graphs, in percent: cycles against trees, and trees with a further
    /// edge against trees.</summary>
    /// <param name="train">Graphs of a training set, an even number.</param>
    /// <param name="test">Graphs of a test set, an even number.</param>
    public IEnumerable<(string Row, double[] Values)> Measure(int train = 400, int test = 400)
    {
        using var scope = NewDisposeScope();
        var random = new HostRandom(seed);
        using var cycles = Graphs(train, random, Cycle);
        using var newCycles = Graphs(test, random, Cycle);
        using var closed = Graphs(train, random, ClosedTree);
        using var newClosed = Graphs(test, random, ClosedTree);
        yield return ("sums", [BySums(cycles, newCycles), BySums(closed, newClosed)]);
        yield return ("sums over roots of degrees", [ByRoots(cycles, newCycles), ByRoots(closed, newClosed)]);
        yield return ("means", [ByMeans(cycles, newCycles), ByMeans(closed, newClosed)]);
    }

    private double BySums(GraphDataset train, GraphDataset test)
    {
        using var generator = new Generator((ulong)seed);
        using var net = new Sums(generator);
        using var trainer = new SumsTrainer(net, device) { Seed = seed, Epochs = epochs };
        trainer.Fit(train);
        return 100 * trainer.Evaluate(test).Accuracy;
    }

    private double ByRoots(GraphDataset train, GraphDataset test)
    {
        using var generator = new Generator((ulong)seed);
        using var net = new Normalized(generator);
        using var trainer = new NormalizedTrainer(net, device) { Seed = seed, Epochs = epochs };
        trainer.Fit(train);
        return 100 * trainer.Evaluate(test).Accuracy;
    }

    private double ByMeans(GraphDataset train, GraphDataset test)
    {
        using var generator = new Generator((ulong)seed);
        using var net = new Means(generator);
        using var trainer = new MeansTrainer(net, device) { Seed = seed, Epochs = epochs };
        trainer.Fit(train);
        return 100 * trainer.Evaluate(test).Accuracy;
    }

    // As many of both classes, and of each pair the same number of nodes.
    private static GraphDataset Graphs(int count, HostRandom random, Func<int, HostRandom, List<(int From, int To)>> closed)
    {
        var graphs = new List<GraphSample>(count);
        for (int pair = 0; pair < count / 2; pair++)
        {
            int nodes = Least + random.Below(Most - Least + 1);
            graphs.Add(Graph(nodes, Tree(nodes, random)));
            graphs.Add(Graph(nodes, closed(nodes, random)));
        }

        return new GraphDataset(graphs, [.. graphs.Select((_, i) => (long)(i % 2))]);
    }

    private static List<(int From, int To)> Tree(int nodes, HostRandom random) =>
        [.. Enumerable.Range(1, nodes - 1).Select(node => (random.Below(node), node))];

    private static List<(int From, int To)> Cycle(int nodes, HostRandom random) =>
        [.. Enumerable.Range(0, nodes).Select(node => (node, (node + 1) % nodes))];

    private static List<(int From, int To)> ClosedTree(int nodes, HostRandom random)
    {
        var edges = Tree(nodes, random);
        while (true)
        {
            int from = random.Below(nodes), to = random.Below(nodes);
            if (from == to || edges.Contains((from, to)) || edges.Contains((to, from))) continue;
            edges.Add((from, to));
            return edges;
        }
    }

    // An undirected edge stands twice.
    private static GraphSample Graph(int nodes, List<(int From, int To)> edges)
    {
        var ends = new long[2, 2 * edges.Count];
        for (int i = 0; i < edges.Count; i++)
        {
            (ends[0, i], ends[1, i]) = edges[i];
            (ends[1, edges.Count + i], ends[0, edges.Count + i]) = edges[i];
        }

        return new GraphSample(ones(nodes, 1), tensor(ends));
    }
}
