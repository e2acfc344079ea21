using Dsl.Runtime;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace Dsl.Tests.Graphs;

/// <summary>Link prediction: a step against its formula pair by pair, in both targets; parts of a graph; what is
/// learned.</summary>
public class LinkTests
{
    [Fact]
    public void A_step_is_the_formulas()
    {
        using var scope = NewDisposeScope();
        var golden = Golden.Load("links/step");
        using var first = new LinksExplicit(Restored(golden));
        using var second = new LinksAutograd(Restored(golden));
        var losses = first.ComputeGradients(
            new LinksExplicit.Batch(golden["input"], golden["edges"]), new LinksExplicit.Draws(golden["pairs"].clone()));
        golden.Matches("loss.Edges", losses.Edges);
        golden.Matches("loss.Others", losses.Others);
        var others = second.ComputeGradients(
            new LinksAutograd.Batch(golden["input"], golden["edges"]), new LinksAutograd.Draws(golden["pairs"].clone()));
        golden.Matches("loss.Edges", others.Edges);
        golden.Matches("loss.Others", others.Others);
        foreach (var (name, parameter) in first.Model.named_parameters())
            golden.Matches($"gradients.{name}", ArenaGradient.Of(first.Model.Arena, parameter));
        foreach (var (name, parameter) in second.Model.named_parameters())
            golden.Matches($"gradients.{name}", ArenaGradient.Of(second.Model.Arena, parameter));
    }

    [Fact]
    public void Areas_under_curves_are_their_definitions()
    {
        using var scope = NewDisposeScope();
        var golden = Golden.Load("links/curves");
        var evaluation = LinkEvaluation.Of(golden["scores"].to(ScalarType.Float64), golden["labels"]);
        Assert.Equal(golden["auc"].ToDouble(), evaluation.Auc, 1e-6);
        Assert.Equal(golden["average_precision"].ToDouble(), evaluation.AveragePrecision, 1e-6);
        Assert.Equal(golden["loss"].ToDouble(), evaluation.Loss, 1e-6);
        Assert.Equal(12, evaluation.Count);
        Assert.Throws<DataMismatchException>(
            () => LinkEvaluation.Of(zeros(3, ScalarType.Float64), ones(3, ScalarType.Int64)));
        Assert.Throws<DataMismatchException>(
            () => LinkEvaluation.Of(full(2, double.NaN, ScalarType.Float64), tensor(new long[] { 0, 1 })));
    }

    [Fact]
    public void Parts_of_a_graph_share_no_edge()
    {
        using var scope = NewDisposeScope();
        var (nodes, edges) = Communities();
        var (train, validation, test) = LinkData.Split(nodes, edges, 0.05, 0.1, seed: 3);
        var again = LinkData.Split(nodes, edges, 0.05, 0.1, seed: 3);
        int all = Pairs(edges).Count;
        var (learned, validated, tested) = (Pairs(train.Edges), Told(validation, 1), Told(test, 1));
        Assert.Equal((int)(0.1 * all), tested.Count);
        Assert.Equal((int)(0.05 * all), validated.Count);
        Assert.Equal(all, learned.Union(validated).Union(tested).Count());
        Assert.Equal(all, learned.Count + validated.Count + tested.Count);
        Assert.Equal(2 * learned.Count, train.Edges.size(1));
        Close.To(train.Edges, test.Edges, "edges of messages", 0);
        var (first, second) = (Told(validation, 0), Told(test, 0));
        Assert.Equal(tested.Count, second.Count);
        Assert.Equal(validated.Count, first.Count);
        Assert.Empty(first.Intersect(second));
        Assert.Empty(first.Union(second).Intersect(Pairs(edges)));
        Close.To(test.Pairs!, again.Test.Pairs!, "the same seed", 0);
        Assert.Null(train.Pairs);
        LinkData[] parts = [train, validation, test, again.Train, again.Validation, again.Test];
        foreach (var part in parts) part.Dispose();

        static HashSet<(long, long)> Told(LinkData data, long label) =>
            Pairs(data.Pairs!.index_select(1, data.Labels!.eq(tensor(label)).nonzero().flatten()));
    }

    [Fact]
    public void Edges_within_communities_are_told_from_others()
    {
        using var scope = NewDisposeScope();
        var (nodes, edges) = Communities();
        var (train, validation, test) = LinkData.Split(nodes, edges, 0.05, 0.15, seed: 1);
        using var kept = new LinkData(nodes.clone(), train.Edges.clone(), test.Pairs!.clone(), test.Labels!.clone())
        {
            EdgesName = "links",
        };
        using var trainer = new CommunityLinks(new CommunityEncoder(new Generator(1)));
        var before = trainer.Evaluate(kept);
        trainer.Fit(kept);
        var after = trainer.Evaluate(kept);
        Assert.True(after.Auc > 0.85 && after.AveragePrecision > 0.8, $"AUC {after.Auc}, AP {after.AveragePrecision}");
        Assert.True(after.Loss < before.Loss);
        Assert.Equal([40, 8], trainer.Embed(kept.Nodes, kept.Edges).shape);
        Assert.Throws<InvalidOperationException>(() => trainer.Evaluate(train));
        foreach (var part in new[] { train, validation, test }) part.Dispose();
    }

    [Fact]
    public void Data_that_are_none_are_refused()
    {
        using var scope = NewDisposeScope();
        var nodes = zeros(3, 6);
        var edges = tensor(new long[,] { { 0, 1 }, { 1, 2 } });
        Refuses("There is no edge to tell", () => new LinkData(nodes, zeros(2, 0, ScalarType.Int64)));
        Refuses("Edges name nodes 0 to 3", () => new LinkData(nodes, tensor(new long[,] { { 0 }, { 3 } })));
        Refuses("Pairs and their labels", () => new LinkData(nodes, edges, edges));
        Refuses("Labels are [2]", () => new LinkData(nodes, edges, edges, zeros(3, ScalarType.Int64)));
        var triangle = tensor(new long[,] { { 0, 1, 2 }, { 1, 2, 0 } });
        Refuses("pairs without an edge are wanted, but there are 0", () => LinkData.Split(nodes, triangle, 0, 0.4).Train);
        Assert.Throws<ArgumentOutOfRangeException>(() => LinkData.Split(nodes, edges, 0.5, 0.5));
        using var trainer = new LinksExplicit(new LinkEncoder(new Generator(1)));
        using var batch = new LinksExplicit.Batch(zeros(3, 6), zeros(2, 0, ScalarType.Int64));
        Assert.Contains("there is no edge", Assert.Throws<DataMismatchException>(() => trainer.Step(batch)).Message);

        static void Refuses(string words, Func<object> make) =>
            Assert.Contains(words, Assert.Throws<ArgumentException>(make).Message);
    }

    private static LinkEncoder Restored(Golden golden)
    {
        var model = new LinkEncoder();
        golden.Restore(model.state_dict(), "parameters.");
        return model;
    }

    /// <summary>Four communities of ten nodes, each known by its number alone; most edges lie within one.</summary>
    private static (Tensor Nodes, Tensor Edges) Communities()
    {
        var random = new HostRandom(7);
        List<long> from = [], to = [];
        for (int i = 0; i < 40; i++)
        {
            for (int j = 0; j < i; j++)
            {
                if (random.Uniform() >= (i / 10 == j / 10 ? 0.7 : 0.01)) continue;
                from.AddRange([i, j]);
                to.AddRange([j, i]);
            }
        }

        return (eye(40), stack([tensor([.. from], ScalarType.Int64), tensor([.. to], ScalarType.Int64)]));
    }

    private static HashSet<(long, long)> Pairs(Tensor edges)
    {
        HashSet<(long, long)> pairs = [];
        for (int i = 0; i < edges.size(1); i++)
        {
            long first = edges[0, i].ToInt64(), second = edges[1, i].ToInt64();
            pairs.Add((Math.Min(first, second), Math.Max(first, second)));
        }

        return pairs;
    }
}
