using Dsl.Runtime;
using Xunit;
using static TorchSharp.torch;

namespace Dsl.Tests;

/// <summary>Vectors of words from counts, against numpy, and what is asked of them.</summary>
public sealed class WordGoldenTests
{
    private static readonly Golden Golden = Golden.Load("words/counts");

    [Theory]
    [InlineData("uniform", NeighborWeighting.Uniform)]
    [InlineData("harmonic", NeighborWeighting.Harmonic)]
    [InlineData("linear", NeighborWeighting.Linear)]
    public void Counts(string name, NeighborWeighting weighting)
    {
        var counts = Count(weighting);
        using Tensor all = zeros(12, 12);
        for (int i = 0; i < 12; i++)
            for (int j = 0; j < 12; j++) all[i, j] = (float)counts[i, j];
        Golden.Matches($"counts.{name}", all);
        Assert.Equal(all.count_nonzero().item<long>(), counts.PairCount);
    }

    [Theory]
    [InlineData("information.1", 1, 1)]
    [InlineData("information.2", 2, 0.75)]
    public void Information(string name, double shift, double exponent)
    {
        using var information = Count(NeighborWeighting.Harmonic).PositiveInformation(shift, exponent);
        using var dense = information.to_dense().to_type(ScalarType.Float32);
        Golden.Matches(name, dense);
    }

    [Theory]
    [InlineData("gram.half", 0.5)]
    [InlineData("gram.zero", 0)]
    public void Singular_vectors(string name, double power)
    {
        using var vectors = WordVectors.Of(Count(NeighborWeighting.Harmonic), 4, contextExponent: 1, power: power);
        using var products = vectors.Vectors.matmul(vectors.Vectors.t());
        Golden.Matches(name, products);
        using var again = WordVectors.Of(Count(NeighborWeighting.Harmonic), 4, contextExponent: 1, power: power);
        Close.To(vectors.Vectors, again.Vectors, "the same seed", 0);
    }

    [Fact]
    public void Sentences()
    {
        using var scope = NewDisposeScope();
        var golden = Golden.Load("words/sentences");
        string[] names = [.. Enumerable.Range(0, 12).Select(i => $"w{i}")];
        using var words = new WordVectors(
            new WordVocabulary(names, [.. golden["counts"].data<long>()]), golden["vectors"].to_type(ScalarType.Float32).clone());
        var numbers = golden["words"];
        List<string[]> sentences = [.. Enumerable.Range(0, 6).Select(i =>
            numbers[i].data<long>().ToArray().Where(word => word >= 0).Select(word => names[word]).Append("unknown").ToArray())];
        golden.Matches("mean", SentenceVectors.Mean(words, sentences));
        golden.Matches("sif", SentenceVectors.Sif(words, sentences, smoothing: 0.01));
        Assert.Contains("Sentence 1", Assert.Throws<ArgumentException>(() =>
            SentenceVectors.Mean(words, [["w1"], ["unknown"]])).Message);
    }

    [Fact]
    public void A_subspace_finds_the_largest_values_of_a_matrix_that_is_larger_than_itself()
    {
        using var scope = NewDisposeScope();
        var random = new Random(5);
        List<string[]> sentences = [.. Enumerable.Range(0, 300).Select(_ =>
        {
            int topic = random.Next(8);
            return Enumerable.Range(0, 12).Select(_ => $"w{(topic * 15) + random.Next(15)}").ToArray();
        })];
        var counts = CooccurrenceCounts.Of(WordVocabulary.Of(sentences, 1), sentences, 4);
        using var vectors = WordVectors.Of(counts, 10, power: 1);
        using var information = counts.PositiveInformation().to_dense();
        var (_, exact, _) = linalg.svd(information, fullMatrices: false);
        var lengths = vectors.Vectors.to_type(ScalarType.Float64).pow(2).sum([0]).sqrt();
        Close.To(lengths, exact.narrow(0, 0, 10), "singular values", 1e-3);
        var nearest = vectors.Nearest("w3", 10);
        Assert.True(nearest.Count(near => int.Parse(near.Word[1..]) < 15) >= 8, string.Join(", ", nearest));
    }

    [Fact]
    public void Analogies_and_judgements_are_asked_as_their_authors_ask_them()
    {
        using var vectors = new WordVectors(
            new WordVocabulary(["man", "woman", "king", "queen", "apple"], []),
            tensor(new float[,] { { 1, 0, 0 }, { 1, 1, 0 }, { 1, 0, 1 }, { 1, 1, 1 }, { -1, 0.2f, 0.1f } }));
        Assert.Equal("queen", vectors.Analogy("man", "king", "woman", 1)[0].Word);
        Assert.Equal(Math.Sqrt(0.5), vectors.Similarity("man", "woman"), 2e-6);
        Assert.Equal("apple", vectors.Nearest("man", 4)[^1].Word);
        var (accuracy, asked, leftOut) = vectors.EvaluateAnalogies(
            [("man", "king", "woman", "queen"), ("man", "king", "woman", "apple"), ("man", "king", "boy", "prince")]);
        Assert.Equal((0.5, 2, 1), (accuracy, asked, leftOut));
        var (correlation, pairs, unknown) = vectors.EvaluateSimilarities(
            [("man", "woman", 9), ("man", "apple", 1), ("king", "queen", 9), ("king", "boy", 5)]);
        Assert.Equal((3, 1), (pairs, unknown));

        // Cosines 0.707, -0.976, 0.816 have the ranks 2, 1, 3, and 9, 1, 9 have 2.5, 1, 2.5.
        Assert.Equal(1.5 / Math.Sqrt(2 * 1.5), correlation, 2e-6);
    }

    [Fact]
    public void Files_are_read_as_they_were_written_and_wrong_lines_are_named()
    {
        string path = Path.GetTempFileName();
        try
        {
            using (var vectors = new WordVectors(new WordVocabulary(["a", "b"], []), randn(2, 3)))
            {
                vectors.Save(path);
                using var read = WordVectors.Load(path);
                Assert.Equal(["a", "b"], read.Vocabulary.Words);
                Close.To(vectors.Vectors, read.Vectors, "vectors", 0);
            }

            foreach (var (text, message) in new[]
            {
                ("a 1 2\n", "line 1"), ("2 2\na 1 2\n", "ends at line 3"), ("1 2\na 1\n", "line 2: 2 parts"),
                ("1 2\na 1 x\n", "'x' is no finite number"), ("1 1\na NaN\n", "'NaN'"), ("", "line 1"),
                ("2 1\na 1\na 2\n", "line 3: 'a' stands twice"), ("1 2\na 0 0\n", "zero everywhere"),
            })
            {
                File.WriteAllText(path, text);
                Assert.Contains(message, Assert.Throws<InvalidDataException>(() => WordVectors.Load(path)).Message);
            }

            using var spaced = new WordVectors(new WordVocabulary(["new york"], []), ones(1, 2));
            Assert.Contains("'new york'", Assert.Throws<InvalidOperationException>(() => spaced.Save(path)).Message);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void What_does_not_fit_is_refused()
    {
        string[][] sentences = [["a", "b", "a"], ["a"]];
        Assert.Contains("comes 9 times", Assert.Throws<ArgumentException>(() => WordVocabulary.Of(sentences, 9)).Message);
        var words = WordVocabulary.Of(sentences, 1);
        Assert.Equal(["a", "b"], words.Words);
        Assert.Equal([3, 1], words.Counts);
        Assert.Equal([0, 0], words.Encode(["a", "z", "a"]));
        Assert.Throws<ArgumentException>(() => new WordVocabulary(["a", "a"], []));
        Assert.Throws<ArgumentException>(() => new WordVocabulary(["a"], [1, 2]));
        var lonely = CooccurrenceCounts.Of(words, [["a"], ["b"]]);
        Assert.Throws<InvalidOperationException>(() => lonely.PositiveInformation());
        Assert.Throws<ArgumentOutOfRangeException>(() => CooccurrenceCounts.Of(words, sentences, 0));
        using var vectors = new WordVectors(words, randn(2, 3));
        Assert.Contains("'c'", Assert.Throws<ArgumentException>(() => vectors.Nearest("c", 1)).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => vectors.Nearest("a", 2));
        Assert.Throws<DataMismatchException>(() => new WordVectors(words, randn(3, 3)));
        Assert.Throws<DataMismatchException>(() => new WordVectors(words, zeros(2, 3)));
    }

    private static CooccurrenceCounts Count(NeighborWeighting weighting)
    {
        long[] numbers = Golden["sentences"].data<long>().ToArray();
        var sentences = numbers.Chunk(9).Select(sentence => sentence.Select(number => $"w{number:00}").ToArray()).ToList();
        return CooccurrenceCounts.Of(
            new WordVocabulary([.. Enumerable.Range(0, 12).Select(word => $"w{word:00}")], []), sentences, 3, weighting);
    }
}
