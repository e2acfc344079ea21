using Dsl.Runtime;
using TorchSharp;
using static TorchSharp.torch;

namespace Retrieval;

/// <summary>What a stage of the search reaches.</summary>
/// <param name="Ranker">What ranks.</param>
/// <param name="Evaluation">By what is found, the first eight places.</param>
public sealed record Stage(string Ranker, RankingEvaluation Evaluation);

/// <summary>How two kinds were added.</summary>
/// <param name="Way">By which technique.</param>
/// <param name="OldBefore">The share of cut-outs of old kinds that were told right before.</param>
/// <param name="OldAfter">The same after, among all kinds.</param>
/// <param name="New">The share of cut-outs of the new kinds that are told right.</param>
/// <param name="Ndcg">nDCG@8 of a search among the products of all kinds, asked for all kinds.</param>
public sealed record Addition(string Way, double OldBefore, double OldAfter, double New, double Ndcg);

/// <summary>A shop's search by pictures: products are found in a scene, embedded, looked for in a catalogue and
/// re-ranked.</summary>
/// <param name="sizes">How much of everything.</param>
/// <param name="seed">Decides pictures, customers, initial parameters and every draw.</param>
public sealed class VisualSearch(Sizes sizes, int seed) : IDisposable
{
    private const int Shown = 12, Candidates = 30;

    private static readonly Range Old = ..Shop.OldKinds, New = Shop.OldKinds.., All = ..Shop.AllKinds;

    private readonly ProductFinder _finder = new(new Generator((ulong)seed));
    private readonly KindNet _kinds = new(new Generator((ulong)seed + 1));
    private readonly StyleNet _styles = new(new Generator((ulong)seed + 2));
    private IDetector? _detector;

    /// <summary>What the detector reaches on scenes that it did not see.</summary>
    public DetectionEvaluation Detection { get; private set; }

    /// <summary>The share of products in scenes that it finds.</summary>
    public double Found { get; private set; }

    /// <summary>The share of products of kinds that the detector never saw which it finds all the same.</summary>
    public double NewFound { get; private set; }

    /// <summary>What kind and style count in the combined embedding.</summary>
    public (double Kind, double Style) Weights { get; private set; } = (1, 1);

    /// <summary>Triplets that the log gave, and of how many pages.</summary>
    public (int Triplets, int Pages) Mined { get; private set; }

    /// <summary>Trains everything on old kinds, and evaluates each stage.</summary>
    /// <param name="progress">Watches the trainings; null for nobody.</param>
    public IReadOnlyList<Stage> Search(ITrainingProgress? progress = null)
    {
        using var scope = NewDisposeScope();
        var scenes = Shop.Scenes(sizes.Scenes, Old, seed);
        var asked = Shop.Scenes(sizes.Asked, Old, seed + 1000);
        Find(scenes, asked, progress);
        using (var crops = Crops(Shop.Scenes(sizes.Labelled, Old, seed), Old, seed))
        {
            using var kinds = new InMemoryData(crops.Inputs.alias(), crops.Labels.floor_divide(Product.Styles));
            using var styles = new InMemoryData(crops.Inputs.alias(), crops.Labels.remainder(Product.Styles));
            using var kindTrainer = new KindTrainer(_kinds) { Seed = seed, Epochs = sizes.Of(10) };
            using var styleTrainer = new StyleTrainer(_styles) { Seed = seed, Epochs = sizes.Of(12) };
            kindTrainer.Fit(kinds, progress);
            styleTrainer.Fit(styles, progress);
        }

        var (photos, products) = Shop.Catalogue(Old, 1, seed + 1);
        var queries = Asked.With(_finder, _detector!, asked.Pixels, asked.Objects);
        var logged = Shop.Scenes(sizes.Logged, Old, seed + 2000);
        var customers = Asked.With(_finder, _detector!, logged.Pixels, logged.Objects);
        Found = queries.Found;
        Weights = BestWeights(customers, photos, products);

        var stages = new List<Stage>();
        Add("pixels", queries, Nearest(queries.CutOuts.flatten(1), photos.flatten(1), Shown));
        Add("kind", queries, Nearest(Kind(_kinds, queries.CutOuts), Kind(_kinds, photos), Shown));
        Add("style", queries, Nearest(_styles.Predict(queries.CutOuts), _styles.Predict(photos), Shown));
        var both = new Embedded(
            Both(_kinds, queries.CutOuts, Weights), Both(_kinds, customers.CutOuts, Weights), Both(_kinds, photos, Weights));
        Add("kind and style", queries, Nearest(both.Queries, both.Gallery, Shown));

        // People choose of what is shown today, and pass over.
        var log = new ChoiceLog(sizes, seed, customers, queries, photos, products);
        log.Show(Nearest(both.Logged, both.Gallery, Shown));
        var hard = HardNegatives.Mine(log.Learned, both.Logged, both.Gallery, perChoice: 2);
        var random = log.WithRandomNegatives(hard, 1);
        Mined = (hard.Count, log.Learned.Count);
        var guessed = log.Embed(both, [.. random, .. log.WithRandomNegatives(hard, 2)], progress);
        Add("and choices, random negatives", queries, Nearest(guessed.Queries, guessed.Gallery, Shown));
        var mined = log.Embed(both, [.. random, .. hard], progress);
        long[][] candidates = Nearest(mined.Queries, mined.Gallery, Candidates);
        Add("and choices, negatives of the log", queries, candidates);
        using (var mutual = ReciprocalRanking.Find(mined.Queries, mined.Gallery, Shown, neighbors: 6, averaged: 2))
            Add("re-ranked by mutual neighbours", queries, Rows(mutual));
        Add("re-ranked by pairs", queries, log.ByPairs(mined, candidates, [.. random, .. hard], progress));
        var exact = Asked.ByTrueBoxes(asked.Pixels, asked.Objects);
        Add("kind and style, of true boxes", exact, Nearest(Both(_kinds, exact.CutOuts, Weights), both.Gallery, Shown));
        return stages;

        void Add(string stage, Asked of, long[][] found) => stages.Add(new Stage(stage, Evaluate(of, found, products)));
    }

    /// <summary>Adds two kinds, in several ways, to what <see cref="Search"/> has learned.</summary>
    /// <param name="progress">Watches the trainings; null for nobody.</param>
    public IEnumerable<Addition> AddKinds(ITrainingProgress? progress = null)
    {
        using var scope = NewDisposeScope();
        using var old = Labelled(Crops(Shop.Scenes(sizes.Labelled, Old, seed), Old, seed));
        using var added = Labelled(Crops(Shop.Scenes(sizes.Added, New, seed + 3000), New, seed));
        var (photos, products) = Shop.Catalogue(All, 1, seed + 1);
        var oldScenes = Shop.Scenes(sizes.Asked, Old, seed + 1000);
        var newScenes = Shop.Scenes(sizes.Asked, New, seed + 4000);
        Asked oldAsked = Asked.With(_finder, _detector!, oldScenes.Pixels, oldScenes.Objects);
        Asked newAsked = Asked.With(_finder, _detector!, newScenes.Pixels, newScenes.Objects);
        NewFound = newAsked.Found;
        yield return Measure("not added", _kinds);
        yield return Learn("by itself", net =>
        {
            using var trainer = new AddedAlone(net) { Seed = seed, Epochs = sizes.Of(8) };
            trainer.Fit(added, progress);
        });
        yield return Learn("beside what it said before (LwF)", net =>
        {
            using var trainer = new AddedByAnswers(net) { Seed = seed, Epochs = sizes.Of(8) };
            trainer.EndTask(old);
            trainer.Fit(added, progress);
        });
        yield return Learn("beside 300 old pictures (rehearsal)", net =>
        {
            using var trainer = new AddedByRehearsal(net) { Seed = seed, Epochs = sizes.Of(8) };
            trainer.EndTask(old);
            trainer.Fit(added, progress);
        });
        yield return Learn("by both", net =>
        {
            using var trainer = new AddedByBoth(net) { Seed = seed, Epochs = sizes.Of(8) };
            trainer.EndTask(old);
            trainer.Fit(added, progress);
        });

        Addition Learn(string way, Action<KindNet> learn)
        {
            using var net = new KindNet();
            net.load_state_dict(_kinds.state_dict());
            learn(net);
            return Measure(way, net);
        }

        Addition Measure(string way, KindNet net)
        {
            using var inner = NewDisposeScope();
            Tensor gallery = Both(net, photos, Weights);
            RankingEvaluation[] found =
            [
                .. new[] { oldAsked, newAsked }.Select(asked =>
                    Evaluate(asked, Nearest(Both(net, asked.CutOuts, Weights), gallery, Shown), products)),
            ];
            return new Addition(way, Right(_kinds, oldAsked), Right(net, oldAsked), Right(net, newAsked),
                found.Sum(one => one.Queries * one.Cutoffs[1].Ndcg) / found.Sum(one => one.Queries));
        }
    }

    public void Dispose()
    {
        _finder.Dispose();
        _kinds.Dispose();
        _styles.Dispose();
    }

    private void Find(
        (Tensor Pixels, IReadOnlyList<Placed> Objects) learned, (Tensor Pixels, IReadOnlyList<Placed> Objects) asked,
        ITrainingProgress? progress)
    {
        using var train = Boxed(learned);
        using var test = Boxed(asked);
        using var views = new BoxViews(train, seed);
        using var trainer = new FinderTrainer(_finder) { Seed = seed, Epochs = sizes.FinderEpochs };
        trainer.Fit(views, progress);
        Detection = trainer.Evaluate(test);
        _detector = trainer.Detector;

        // One class: what it is, others say.
        static InMemoryData Boxed((Tensor Pixels, IReadOnlyList<Placed> Objects) scenes)
        {
            var byScene = scenes.Objects.ToLookup(place => place.Scene);
            return new InMemoryData(scenes.Pixels.alias(), BoxLabels.Pad(
                [.. Enumerable.Range(0, (int)scenes.Pixels.size(0)).Select(scene =>
                    (IReadOnlyList<LabeledBox>)[.. byScene[scene].Select(place => new LabeledBox(0, place.Box))])]));
        }
    }

    // Cut-outs of scenes and photos of a catalogue, labelled by the product's number.
    private InMemoryData Crops((Tensor Pixels, IReadOnlyList<Placed> Objects) scenes, Range kinds, int at)
    {
        var random = new HostRandom(at);
        var (photos, products) = Shop.Catalogue(kinds, 4, at);
        Tensor cut = Shop.CutOuts(scenes.Pixels, [.. scenes.Objects.Select(place => (place.Scene, Moved(place.Box)))]);
        long[] numbers =
        [
            .. scenes.Objects.Select(place => (long)place.Product.Number), .. products.Select(product => (long)product.Number),
        ];
        return new InMemoryData(cat([cut, photos]), tensor(numbers));

        // As far off as a detector is.
        Box Moved(Box box)
        {
            float x = Off(box.Width), y = Off(box.Height), width = Off(box.Width), height = Off(box.Height);
            return new Box(box.X1 + x, box.Y1 + y, box.X2 + x + width, box.Y2 + y + height);
        }

        float Off(float length) => (float)(0.06 * random.Normal() * length);
    }

    private static InMemoryData Labelled(InMemoryData crops)
    {
        using (crops) return new InMemoryData(crops.Inputs.alias(), crops.Labels.floor_divide(Product.Styles));
    }

    private static Tensor Kind(KindNet net, Tensor pictures)
    {
        net.eval();
        using var noGrad = no_grad();
        return net.ForwardFeatures(pictures).Embedding;
    }

    private Tensor Both(KindNet net, Tensor pictures, (double Kind, double Style) weights)
    {
        Tensor none = zeros([pictures.size(0)], ScalarType.Int64);
        using var kind = new Embeddings(Kind(net, pictures), none.clone());
        using var style = new Embeddings(_styles.Predict(pictures), none.clone());
        var both = Embeddings.Combine((kind, weights.Kind), (style, weights.Style));
        return both.Features;
    }

    // Among a few, what serves those best whose queries are in the log.
    private (double Kind, double Style) BestWeights(Asked customers, Tensor photos, Product[] products) =>
        new[] { 0.5, 0.7, 1, 1.4, 2 }.Select(style => (Kind: 1.0, Style: style)).MaxBy(weights =>
        {
            using var scope = NewDisposeScope();
            long[][] found = Nearest(Both(_kinds, customers.CutOuts, weights), Both(_kinds, photos, weights), Shown);
            return Evaluate(customers, found, products).Cutoffs[1].Ndcg;
        });

    private static long[][] Nearest(Tensor queries, Tensor gallery, int k)
    {
        using var found = NearestNeighbors.Find(queries, gallery, k, EmbeddingDistance.Cosine);
        return Rows(found);
    }

    private static long[][] Rows(Neighbors found) =>
        [.. found.Indices.data<long>().ToArray().Chunk((int)found.Indices.size(1))];

    private static RankingEvaluation Evaluate(Asked asked, long[][] found, Product[] products) => RankingEvaluation.Of(
        [.. asked.Rows.Select(row => row is { } place ? found[place] : [])],
        [.. asked.Products.Select(product => products.Select(held => held.Gain(product)).ToArray())], relevant: 7, 1, 8);

    private static double Right(KindNet net, Asked asked)
    {
        using var scope = NewDisposeScope();
        long[] said = net.Predict(asked.CutOuts).argmax(1).data<long>().ToArray();
        var found = asked.Rows.Index().Where(one => one.Item is not null).ToList();
        return found.Average(one => said[one.Item!.Value] == asked.Products[one.Index].Kind ? 1.0 : 0);
    }
}
