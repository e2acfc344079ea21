using Dsl.Runtime;
using Dsl.Tests.TrainedWords;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace Dsl.Tests;

/// <summary>Trained vectors of words: three steps against PyTorch in both targets, the data that they learn from, what is drawn,
/// and what comes of it.</summary>
public sealed class WordTrainingTests
{
    // Topics a and b of three words each, and a word of both.
    private static readonly List<string[]> Sentences = MakeSentences();

    public static TheoryData<string, Type> Cases => new()
    {
        { "skip_gram", typeof(SkipGramTrainer) },
        { "skip_gram", typeof(SkipGramAutograd) },
        { "skip_gram", typeof(FlatSkipGram) },
        { "cbow", typeof(CbowTrainer) },
        { "cbow", typeof(CbowAutograd) },
        { "fast_text", typeof(FastTextTrainer) },
        { "fast_text", typeof(FastTextAutograd) },
        { "glove", typeof(GloveTrainer) },
        { "glove", typeof(GloveAutograd) },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Three_steps(string name, Type type) =>
        JointRun.ThreeSteps(Golden.Load("word_training/" + name), type, "model.", "head.");

    [Fact]
    public void A_sample_without_a_label_trains_nothing()
    {
        using Word model = new(), contexts = new();
        using SkipGramTrainer trainer = new(model, contexts);
        using var batch = new SkipGramTrainer.Batch(tensor(new long[] { 2, 3 }, [2, 1]), tensor(new long[] { -100, -100 }));
        using var draws = new SkipGramTrainer.Draws(zeros([2, 3], int64));
        Assert.Equal(0, trainer.ComputeGradients(batch, draws).Total.ToDouble());
        Assert.Equal(0, model.Arena.Gradients.abs().max().ToDouble());
        Assert.Equal(0, contexts.Arena.Gradients.abs().max().ToDouble());
    }

    [Fact]
    public void Words_are_drawn_by_a_power_of_their_counts()
    {
        using var stream = new RandomStream(4, "draws");
        var sampler = new DrawSampler(stream, 0, ScalarType.Float32, CPU);
        using var counts = tensor(new float[] { 16, 0, 1, 81, 0 });
        using var drawn = sampler.ByCounts(counts, 0.75, 4000, 10);
        Assert.Equal([4000, 10], drawn.shape);
        double[] shares = [.. Enumerable.Range(0, 5).Select(word => drawn.eq(word).to_type(float64).mean().ToDouble())];
        double[] weights = [8, 0, 1, 27, 0];
        for (int word = 0; word < 5; word++) Assert.Equal(weights[word] / 36, shares[word], 0.01);
        Assert.Equal(0, shares[1]);
        Assert.Equal(0, shares[4]);

        // Equally likely, but what never comes is not drawn.
        using var alike = sampler.ByCounts(counts, 0, 3000);
        Assert.Equal(1.0 / 3, alike.eq(2).to_type(float64).mean().ToDouble(), 0.03);
        Assert.Equal(0, alike.eq(1).sum().ToInt64());
    }

    [Fact]
    public void Declared_counts_need_no_counting()
    {
        using Word model = new(), contexts = new();
        using CountedTrainer trainer = new(model, contexts);
        using var batch = new CountedTrainer.Batch(zeros([1000, 1], int64), zeros(1000, int64));
        using var draws = trainer.SampleDraws(batch);
        Assert.Equal(8.0 / 13, draws.Negatives.eq(0).to_type(float64).mean().ToDouble(), 0.05);
        Assert.Equal(0, draws.Negatives.eq(1).sum().ToInt64());
    }

    [Fact]
    public void Pairs_are_those_within_windows()
    {
        string[] sentence = ["a", "b", "c", "d", "e"];
        var words = new WordVocabulary(sentence, [4, 4, 4, 4, 4]);
        using var data = WordContexts.SkipGram(words, [sentence], window: 2, subsampling: double.PositiveInfinity, passes: 500);
        using var all = arange(data.Count, int64);
        using Tensor inputs = data.ReadInputs(all), labels = data.ReadLabels(all);
        Assert.Equal([data.Count, 1], inputs.shape);
        using var distances = inputs.squeeze(1).sub(labels).abs();
        Assert.Equal(1, distances.min().ToInt64());
        Assert.Equal(2, distances.max().ToInt64());

        // 8 ordered neighbours, and 6 that are two apart in every second window.
        Assert.Equal(8 * 500, distances.eq(1).sum().ToInt64());
        Assert.InRange(distances.eq(2).sum().ToInt64(), 0.46 * 6 * 500, 0.54 * 6 * 500);
    }

    [Fact]
    public void Bags_are_filled_up_and_windows_end_with_sentences()
    {
        var words = new WordVocabulary(["a", "b", "c"], [2, 2, 1]);
        using var data = WordContexts.Cbow(
            words, [["a", "b"], ["b", "x", "a", "c"], ["a"]], window: 1, subsampling: double.PositiveInfinity);
        using var all = arange(data.Count, int64);
        using Tensor inputs = data.ReadInputs(all), labels = data.ReadLabels(all);

        // "x" is in no vocabulary: b and a become neighbours. The last "a" has none.
        Assert.Equal([0L, 1, 1, 0, 2], labels.data<long>().ToArray());
        Assert.Equal([1L, 3, 0, 3, 0, 3, 1, 2, 0, 3], inputs.data<long>().ToArray());
    }

    [Fact]
    public void Frequent_words_are_dropped_as_often_as_said()
    {
        string[] sentence = [.. Enumerable.Repeat("the", 90), .. Enumerable.Repeat("rare", 10)];
        var words = new WordVocabulary(["the", "rare"], [90_000, 10_000]);
        using var data = WordContexts.Cbow(words, [sentence], window: 1, subsampling: 0.05, passes: 300);
        using var all = arange(data.Count, int64);
        using var labels = data.ReadLabels(all);
        double the = Math.Sqrt(0.05 / 0.9) + (0.05 / 0.9), rare = Math.Sqrt(0.5) + 0.5;
        Assert.True(rare > 1);
        Assert.Equal(90 * the, labels.eq(0).sum().ToInt64() / 300.0, 1.5);
        Assert.Equal(10, labels.eq(1).sum().ToInt64() / 300.0, 0.1);
    }

    [Fact]
    public void N_grams_have_the_hashes_of_the_authors_program()
    {
        var words = new WordVocabulary(["where", "né"], []);
        var subwords = new Subwords(words, buckets: 1000, smallest: 3, largest: 4);

        // FNV-1a of <wh, <whe, whe, wher, her, here, ere, ere>, re>, computed by Python's integers.
        string[] grams = ["<wh", "<whe", "whe", "wher", "her", "here", "ere", "ere>", "re>"];
        Assert.Equal([0L, .. grams.Select(gram => 2 + (Fnv(gram) % 1000))], subwords.Of("where"));

        // An accent is of two bytes above 127, which are taken as signed, and of one character.
        Assert.Equal([1L, .. new[] { "<né", "<né>", "né>" }.Select(gram => 2 + (Fnv(gram) % 1000))], subwords.Of("né"));
        Assert.Equal([2 + (Fnv("<n>") % 1000)], subwords.Of("n"));
        Assert.Equal(0x3E79C4E4u, Fnv("<wh"));
        Assert.Equal(10, subwords.Length);
        using var table = subwords.Table();
        Assert.Equal([.. subwords.Of("né"), 1002, 1002, 1002, 1002, 1002, 1002], table[1].data<long>().ToArray());
    }

    [Fact]
    public void Words_that_a_text_lacks_have_vectors()
    {
        using var scope = NewDisposeScope();
        var subwords = new Subwords(new WordVocabulary(["where", "here"], []), buckets: 50);
        var table = randn(53, 4);
        var expected = table[tensor(subwords.Of("there"))].sum(dim: 0);
        Close.To(expected, subwords.Vector("there", table), "there", 1e-6);
        using var vectors = subwords.Vectors(table);
        Close.To(table[tensor(subwords.Of("here"))].sum(dim: 0), vectors.Vectors[1], "here", 1e-6);
        Assert.Contains("too short", Assert.Throws<ArgumentException>(() =>
            new Subwords(subwords.Vocabulary, 50, 5).Vector("it", table)).Message);
        Assert.Contains("[52, D]", Assert.Throws<DataMismatchException>(() => subwords.Vectors(randn(40, 4))).Message);
    }

    [Fact]
    public void Words_of_a_topic_become_near()
    {
        var words = WordVocabulary.Of(Sentences, 1);
        Assert.Equal(7, words.Count);
        using var generator = new Generator(1);
        using Started model = new(generator);
        using ZeroContexts contexts = new(generator);
        using TopicTrainer trainer = new(model, contexts);
        using var pairs = WordContexts.SkipGram(words, Sentences, 2, double.PositiveInfinity);
        trainer.Fit(pairs);
        using var vectors = new WordVectors(words, model.Embedding0Weight.detach().clone());
        AssertTopics(vectors);

        using StartedAround around = new(generator);
        using ZeroContexts centers = new(generator);
        using TopicCbow cbow = new(around, centers);
        using var bags = WordContexts.Cbow(words, Sentences, 2, double.PositiveInfinity);
        cbow.Fit(bags);
        Assert.Equal(0, around.Embedding0Weight[7].abs().max().ToDouble());
        using var told = new WordVectors(words, around.Embedding0Weight.detach().narrow(0, 0, 7).clone());
        AssertTopics(told);
    }

    [Fact]
    public void Products_of_Glove_are_logarithms_of_counts()
    {
        var words = WordVocabulary.Of(Sentences, 1);
        var counts = CooccurrenceCounts.Of(words, Sentences, 2, NeighborWeighting.Harmonic);
        using var pairs = new CooccurrencePairs(counts);
        Assert.Equal(counts.PairCount, pairs.Count);
        using var generator = new Generator(1);
        using Biased model = new(generator), contexts = new(generator);
        using TopicGlove trainer = new(model, contexts);
        trainer.Fit(pairs);
        using var scope = NewDisposeScope();
        Tensor own = model.Embedding0Weight.detach(), other = contexts.Embedding0Weight.detach();
        var all = arange(pairs.Count, int64);
        Tensor i = pairs.ReadInputs(all).squeeze(1), j = pairs.ReadInput("other", all).squeeze(1), x = pairs.ReadLabels(all);
        var told = own[i].narrow(1, 0, 5).mul(other[j].narrow(1, 0, 5)).sum(1) + own[i].select(1, 5) + other[j].select(1, 5);
        Assert.InRange(told.sub(x.log()).square().mean().ToDouble(), 0, 0.05);
    }

    [Fact]
    public void What_does_not_fit_is_refused()
    {
        var words = new WordVocabulary(["a", "b"], [3, 3]);
        using Word model = new(), contexts = new();
        using SkipGramTrainer trainer = new(model, contexts);
        using var pairs = WordContexts.SkipGram(words, [["a", "b"]], subsampling: double.PositiveInfinity, passes: 9);
        string size = Assert.Throws<DataMismatchException>(() => trainer.Fit(pairs)).Message;
        Assert.Contains("has 2 words", size);
        Assert.Contains("has 7", size);
        Assert.Contains("no counts", Assert.Throws<ArgumentException>(() =>
            WordContexts.SkipGram(new WordVocabulary(["a"], []), [["a"]])).Message);
        Assert.Contains("No word has another", Assert.Throws<ArgumentException>(() =>
            WordContexts.SkipGram(words, [["a"], ["b"]])).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => WordContexts.Cbow(words, [["a", "b"]], subsampling: 0));
        using GloveTrainer glove = new(model, contexts);
        using var batch = new GloveTrainer.Batch(zeros([2, 1], int64), zeros([2, 1], int64), zeros(2));
        Assert.Contains("no logarithm", Assert.Throws<DataMismatchException>(() => glove.Step(batch)).Message);
    }

    private static void AssertTopics(WordVectors vectors)
    {
        foreach (string topic in new[] { "a", "b" })
        {
            var near = vectors.Nearest(topic + "0", 2).Select(found => found.Word).Order();
            Assert.Equal([topic + "1", topic + "2"], near);
        }
    }

    private static List<string[]> MakeSentences()
    {
        var random = new Random(3);
        return [.. Enumerable.Range(0, 400).Select(i => Enumerable.Range(0, 6).Select(_ =>
            random.Next(8) == 0 ? "of" : $"{(i % 2 == 0 ? "a" : "b")}{random.Next(3)}").ToArray())];
    }

    private static uint Fnv(string gram)
    {
        uint hash = 2166136261;
        foreach (byte unit in System.Text.Encoding.UTF8.GetBytes(gram))
            hash = unchecked((hash ^ (unit >= 128 ? 0xFFFFFF00 | unit : unit)) * 16777619);
        return hash;
    }
}
