using Dsl.Runtime;
using TorchSharp;
using static TorchSharp.torch;

namespace Retrieval;

/// <summary>Embeddings of those who ask, of the customers in the log, and of the catalogue.</summary>
public sealed record Embedded(Tensor Queries, Tensor Logged, Tensor Gallery);

/// <summary>A log of customers who were shown results, and what is learned of it.</summary>
/// <param name="sizes">How much of everything.</param>
/// <param name="seed">Decides customers, initial parameters and every draw.</param>
/// <param name="customers">Who asked.</param>
/// <param name="queries">Who asks to evaluate.</param>
/// <param name="photos">The catalogue.</param>
/// <param name="products">What it shows.</param>
internal sealed class ChoiceLog(
    Sizes sizes, int seed, Asked customers, Asked queries, Tensor photos, Product[] products)
{
    private readonly List<LoggedQuery> _pages = [];

    /// <summary>The first four fifths of the pages, which are learned of.</summary>
    public IReadOnlyList<LoggedQuery> Learned => _pages[..(_pages.Count * 4 / 5)];

    /// <summary>Shows results to all customers, and notes what they choose.</summary>
    /// <param name="results">Of each cut-out.</param>
    public void Show(long[][] results)
    {
        using var stream = new RandomStream(seed, "customers");
        foreach (var (place, row) in customers.Rows.Index())
        {
            if (row is not { } query) continue;
            double[] gains = [.. products.Select(held => held.Gain(customers.Products[place]))];
            _pages.Add(Customers.Ask(query, results[query], gains, stream.OnHost(place)));
        }
    }

    /// <summary>The same triplets, with what was passed over replaced by anything that was not shown.</summary>
    /// <param name="triplets">Of the log.</param>
    /// <param name="draw">Equal numbers give equal negatives.</param>
    public IReadOnlyList<MinedTriplet> WithRandomNegatives(IReadOnlyList<MinedTriplet> triplets, int draw)
    {
        var random = new HostRandom(StreamSeed.Of(seed, "random negatives", draw));
        var shown = _pages.ToDictionary(page => page.Query, page => page.Shown.ToHashSet());
        return
        [
            .. triplets.Select(triplet =>
            {
                long other;
                do other = random.Below(products.Length);
                while (shown[triplet.Query].Contains(other));
                return triplet with { PassedOver = other };
            }),
        ];
    }

    /// <summary>Learns an embedding of choices, and puts it beside another one.</summary>
    public Embedded Embed(Embedded known, IReadOnlyList<MinedTriplet> triplets, ITrainingProgress? progress)
    {
        using var net = new ChoiceNet(new Generator((ulong)seed + 3));
        using (var trainer = new ChoiceTrainer(net) { Seed = seed, Epochs = sizes.Of(8) })
        {
            var (asked, shown, same) = Pairs(triplets);
            using var pairs = new InMemoryData(asked, same).With("other", shown);
            trainer.Fit(pairs, progress);
        }

        Tensor ofQueries = net.Predict(queries.CutOuts), ofLogged = net.Predict(customers.CutOuts);
        Tensor ofGallery = net.Predict(photos);
        double[] weights = [0, 0.3, 0.5, 0.7, 1];
        double best = weights.MaxBy(weight =>
        {
            Tensor logged = Beside(known.Logged, ofLogged, weight), gallery = Beside(known.Gallery, ofGallery, weight);
            return OnLastPages(page => Order([.. page.Shown], Similarities(logged, gallery, page)));
        });
        return new Embedded(
            Beside(known.Queries, ofQueries, best), Beside(known.Logged, ofLogged, best), Beside(known.Gallery, ofGallery, best));
    }

    /// <summary>Orders candidates by their similarity and what a network says that looks at both pictures at once.</summary>
    public long[][] ByPairs(
        Embedded known, long[][] candidates, IReadOnlyList<MinedTriplet> triplets, ITrainingProgress? progress)
    {
        using var net = new PairNet(new Generator((ulong)seed + 4));
        using (var trainer = new PairTrainer(net) { Seed = seed, Epochs = sizes.Of(8) })
        {
            var (asked, shown, same) = Pairs(triplets);
            using var pairs = new InMemoryData(cat([asked, shown], 1), same.to_type(ScalarType.Float32).unsqueeze(1));
            trainer.Fit(pairs, progress);
        }

        double[] weights = [0, 0.01, 0.02, 0.05, 0.1, 0.2];
        double best = weights.MaxBy(weight => OnLastPages(page => Order([.. page.Shown],
            Similarities(known.Logged, known.Gallery, page) + (weight * Scores(net, customers.CutOuts, page)))));
        return
        [
            .. candidates.Select((rows, query) =>
            {
                using var scope = NewDisposeScope();
                var page = new LoggedQuery(query, rows, []);
                return Order(rows,
                    Similarities(known.Queries, known.Gallery, page) + (best * Scores(net, queries.CutOuts, page)));
            }),
        ];
    }

    // How well choices of pages that were not learned of stand in front.
    private double OnLastPages(Func<LoggedQuery, long[]> order) =>
        _pages.Skip(Learned.Count).Where(page => page.Chosen.Count > 0).Average(page =>
        {
            using var scope = NewDisposeScope();
            double[] gains = [.. order(page).Select(row => page.Chosen.Contains(row) ? 1.0 : 0)];
            return DiscountedGain.Normalized(gains, page.Shown.Count)!.Value;
        });

    private (Tensor Asked, Tensor Shown, Tensor Same) Pairs(IReadOnlyList<MinedTriplet> triplets)
    {
        (long Query, long Row, long Same)[] pairs =
        [
            .. triplets.DistinctBy(one => (one.Query, one.Chosen)).Select(one => (one.Query, one.Chosen, 1L)),
            .. triplets.DistinctBy(one => (one.Query, one.PassedOver)).Select(one => (one.Query, one.PassedOver, 0L)),
        ];
        return (customers.CutOuts.index_select(0, tensor(pairs.Select(pair => pair.Query).ToArray())),
            photos.index_select(0, tensor(pairs.Select(pair => pair.Row).ToArray())),
            tensor(pairs.Select(pair => pair.Same).ToArray()));
    }

    private static Tensor Beside(Tensor known, Tensor added, double weight) =>
        cat([nn.functional.normalize(known), weight * nn.functional.normalize(added)], 1);

    private static Tensor Similarities(Tensor queries, Tensor gallery, LoggedQuery page) => nn.functional.cosine_similarity(
        queries.narrow(0, page.Query, 1), gallery.index_select(0, tensor(page.Shown.ToArray())), 1);

    private Tensor Scores(PairNet net, Tensor cutOuts, LoggedQuery page)
    {
        Tensor shown = photos.index_select(0, tensor(page.Shown.ToArray()));
        return net.Predict(cat([cutOuts.narrow(0, page.Query, 1).expand(shown.size(0), -1, -1, -1), shown], 1)).flatten();
    }

    private static long[] Order(long[] rows, Tensor scores) =>
        [.. rows.Zip(scores.data<float>().ToArray()).OrderByDescending(one => one.Second).Select(one => one.First)];
}
