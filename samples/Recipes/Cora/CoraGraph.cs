using System.Globalization;
using Dsl.Runtime;
using static TorchSharp.torch;

namespace Recipes.Cora;

/// <summary>
/// The citation graph Cora in the Planetoid split (Yang et al. 2016): 2,708 papers with the words that they use, one of 7
/// subjects each, 140 labels to train, 500 to validate, 1,000 to test.
/// </summary>
/// <remarks>Rows of words are scaled to sum 1; each citation becomes an edge in both directions.</remarks>
public sealed class CoraGraph : IDisposable
{
    private const int Words = 1433;

    private readonly List<GraphData> _all;

    private CoraGraph(Tensor nodes, Tensor edges, Tensor labels, string[] split)
    {
        Train = Only("train");
        Validation = Only("val");
        Test = Only("test");
        _all = [Train, Validation, Test];

        GraphData Only(string part)
        {
            using var others = tensor(split.Select(name => name != part).ToArray());
            return new GraphData(nodes.clone(), edges.clone(), labels.masked_fill(others, GraphData.Unlabeled));
        }
    }

    /// <summary>The graph with the labels to train on.</summary>
    public GraphData Train { get; }

    /// <summary>The graph with the labels to choose by.</summary>
    public GraphData Validation { get; }

    /// <summary>The graph with the labels to test on.</summary>
    public GraphData Test { get; }

    /// <summary>The papers with their words, and the citations between them, of which some are kept apart.</summary>
    /// <param name="seed">Decides which.</param>
    public (LinkData Train, LinkData Validation, LinkData Test) SplitLinks(long seed) =>
        LinkData.Split(Train.Nodes, Train.Edges, validation: 0.05, test: 0.1, seed);

    /// <summary>Reads cora/nodes.csv.gz and cora/edges.csv.gz from the data folder.</summary>
    public static CoraGraph Load()
    {
        string[][] rows = [.. Lines("nodes.csv.gz").Select(line => line.Split(','))];
        var words = new float[rows.Length, Words];
        for (int node = 0; node < rows.Length; node++)
        {
            string[] used = rows[node][3].Split(' ', StringSplitOptions.RemoveEmptyEntries);
            foreach (string word in used) words[node, Number(word)] = 1f / used.Length;
        }

        long[][] citations = [.. Lines("edges.csv.gz").Select(line => line.Split(',').Select(Number).ToArray())];
        using var nodes = tensor(words);
        using var labels = tensor(rows.Select(row => Number(row[1])).ToArray());
        using var edges = stack(
        [
            tensor(citations.SelectMany(ends => ends).ToArray()),
            tensor(citations.SelectMany(ends => ends.Reverse()).ToArray()),
        ]);
        return new CoraGraph(nodes, edges, labels, [.. rows.Select(row => row[2])]);
    }

    /// <inheritdoc/>
    public void Dispose() => _all.ForEach(graph => graph.Dispose());

    private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);

    private static IEnumerable<string> Lines(string file)
    {
        using var reader = new StreamReader(DataFile.Open(DataFolder.File("cora", file)));
        reader.ReadLine();
        while (reader.ReadLine() is { } line) yield return line;
    }
}
