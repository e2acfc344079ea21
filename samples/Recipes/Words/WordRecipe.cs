using System.Text.RegularExpressions;
using Dsl.Runtime;
using TorchSharp;
using static TorchSharp.torch;

namespace Recipes.Words;

/// <summary>
/// Vectors of Shakespeare's words by four techniques, held against speeches that none of them saw: of the words that come there
/// twenty times or more, the cosines of all pairs against the cosines of what stands near them there (rows of positive
/// information), by Spearman's correlation. What people say of modern words tells little of this text, and a held-out rank of
/// the next word would favour techniques that train on it.
/// </summary>
public sealed partial class WordRecipe : IDisposable
{
    private const int Window = 5, LeastHeldOut = 20;

    private readonly List<string[]> _train = [];
    private readonly Tensor _truth;
    private readonly List<string> _judged = [];

    private WordRecipe(string text)
    {
        List<string[]> held = [];
        int speech = 0;
        foreach (string block in text.Split("\n\n"))
        {
            string[] lines = block.Trim().Split('\n');
            string body = string.Join(' ', lines[0].EndsWith(':') ? lines.Skip(1) : lines);
            string[] words = [.. Word().Matches(body.ToLowerInvariant()).Select(match => match.Value)];
            if (words.Length > 0) (speech++ % 4 == 3 ? held : _train).Add(words);
        }

        Vocabulary = WordVocabulary.Of(_train);
        var seen = held.SelectMany(words => words).GroupBy(word => word).ToDictionary(same => same.Key, same => same.Count());
        _judged.AddRange(Vocabulary.Words.Where(word => seen.GetValueOrDefault(word) >= LeastHeldOut));
        using var scope = NewDisposeScope();
        var counts = CooccurrenceCounts.Of(Vocabulary, held, Window, NeighborWeighting.Linear);
        long[] places = [.. _judged.Select(word => (long)Vocabulary.Find(word)!)];
        var rows = nn.functional.normalize(counts.PositiveInformation().to_dense().index_select(0, tensor(places)), dim: 1);
        _truth = rows.matmul(rows.t()).DetachFromDisposeScope();
    }

    /// <summary>Words of the speeches that are learned from.</summary>
    public WordVocabulary Vocabulary { get; }

    /// <summary>How many words are judged.</summary>
    public int JudgedCount => _judged.Count;

    /// <summary>PyTorch 1.13 with the same protocol (NumPy for singular values), 3 seeds, in percent. Exact singular vectors
    /// have no deviation; that of the first is what our random ones have.</summary>
    public static IReadOnlyList<(double Mean, double Deviation)> References { get; } =
        [(38.6, 0.1), (18.75, 0.29), (30.81, 0.03), (42.95, 0.10)];

    /// <summary>Reads the text: three speeches of four are learned from.</summary>
    public static WordRecipe Load()
    {
        using var reader = new StreamReader(DataFile.Open(DataFolder.File("tinyshakespeare", "input.txt.gz")));
        return new WordRecipe(reader.ReadToEnd());
    }

    /// <summary>The held-out correlation of each technique in percent.</summary>
    /// <param name="seed">Decides initial vectors, windows, dropped and drawn words, and order.</param>
    /// <param name="device">Where to train.</param>
    /// <param name="passes">How often skip-gram and fastText go through the text; GloVe has three times as many epochs.</param>
    /// <param name="show">Is given each technique's name and vectors.</param>
    public IEnumerable<(string Row, double[] Values)> Measure(
        int seed, Device device, int passes = 5, Action<string, WordVectors>? show = null)
    {
        foreach (var (name, make) in new (string, Func<WordVectors>)[]
        {
            ("PPMI and singular vectors", () => Counted(seed)),
            ("skip-gram", () => SkipGram(seed, device, passes)),
            ("fastText", () => FastText(seed, device, passes)),
            ("GloVe", () => Glove(seed, device, passes)),
        })
        {
            using var vectors = make();
            show?.Invoke(name, vectors);
            yield return (name, [100 * Correlation(vectors)]);
        }
    }

    /// <summary>Spearman's correlation of cosines with those of held-out contexts.</summary>
    public double Correlation(WordVectors vectors)
    {
        ArgumentNullException.ThrowIfNull(vectors);
        double[] truth = _truth.data<double>().ToArray();
        int count = _judged.Count;
        var (correlation, asked, _) = vectors.EvaluateSimilarities(
            from first in Enumerable.Range(0, count)
            from second in Enumerable.Range(first + 1, count - first - 1)
            select (_judged[first], _judged[second], truth[(first * count) + second]));
        return asked == count * (count - 1) / 2 ? correlation
            : throw new InvalidOperationException("A word that is judged has no vector.");
    }

    /// <summary>Frees what is judged by.</summary>
    public void Dispose() => _truth.Dispose();

    private WordVectors Counted(int seed) => WordVectors.Of(
        CooccurrenceCounts.Of(Vocabulary, _train, Window, NeighborWeighting.Linear), Size.Features, seed: seed);

    private WordVectors SkipGram(int seed, Device device, int passes)
    {
        using var generator = new Generator((ulong)seed);
        using var model = new WordTable(generator);
        using var contexts = new ContextTable(generator);
        using var trainer = new SkipGramTrainer(model, contexts, device) { Seed = seed };
        using var data = WordContexts.SkipGram(Vocabulary, _train, Window, passes: passes, seed: seed);
        trainer.Fit(data);
        return new WordVectors(Vocabulary, model.Embedding0Weight.detach().cpu().clone());
    }

    private WordVectors FastText(int seed, Device device, int passes)
    {
        using var generator = new Generator((ulong)seed);
        using var model = new SubwordTable(generator);
        using var contexts = new ContextTable(generator);
        using var trainer = new FastTextTrainer(model, contexts, device) { Seed = seed };
        var subwords = new Subwords(Vocabulary, Size.Buckets);
        using var data = WordContexts.SkipGram(Vocabulary, _train, Window, passes: passes, seed: seed, subwords: subwords);
        trainer.Fit(data);
        return subwords.Vectors(model.Embedding0Weight);
    }

    private WordVectors Glove(int seed, Device device, int passes)
    {
        using var generator = new Generator((ulong)seed);
        using var model = new BiasedTable(generator);
        using var contexts = new BiasedTable(generator);
        using var trainer = new GloveTrainer(model, contexts, device) { Seed = seed, Epochs = 3 * passes };
        using var data = new CooccurrencePairs(
            CooccurrenceCounts.Of(Vocabulary, _train, Window, NeighborWeighting.Harmonic));
        trainer.Fit(data);
        using var sum = Aten.add(model.Embedding0Weight.detach(), contexts.Embedding0Weight.detach());
        return new WordVectors(Vocabulary, sum.narrow(1, 0, Size.Features).cpu().clone());
    }

    [GeneratedRegex("[a-z]+(?:'[a-z]+)*")]
    private static partial Regex Word();
}
