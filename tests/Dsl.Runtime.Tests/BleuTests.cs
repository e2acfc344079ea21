using Xunit;

namespace Dsl.Runtime.Tests;

/// <summary>BLEU against counts by hand, the paper's examples among them (Papineni et al. 2002, section 2).</summary>
public class BleuTests
{
    private const string First = "it is a guide to action which ensures that the military always obeys the commands of the party";

    private static readonly string[] References =
    [
        "it is a guide to action that ensures that the military will forever heed party commands",
        "it is the guiding principle which guarantees the military forces always being under the command of the party",
        "it is the practical guide for the army always to heed the directions of the party",
    ];

    [Fact]
    public void Words_are_counted_as_often_as_a_reference_has_them()
    {
        var score = BleuScore.Of([Words("the the the the the the the")],
            [[Words("the cat is on the mat"), Words("there is a cat on the mat")]], order: 2);
        Assert.Equal([2.0 / 7, 0], score.Precisions);
        Assert.Equal(0, score.Score);
        Assert.Equal((7, 7), (score.Length, score.ReferenceLength));
    }

    [Fact]
    public void The_papers_translations()
    {
        var good = BleuScore.Of([Words(First)], [[.. References.Select(Words)]]);

        // The paper counts 17 of 18 words and 10 of 17 pairs; of threes and fours 7 of 16 and 4 of 15.
        Assert.Equal([17.0 / 18, 10.0 / 17, 7.0 / 16, 4.0 / 15], good.Precisions);
        Assert.Equal(1, good.BrevityPenalty);
        Assert.Equal(Math.Pow(17.0 / 18 * 10 / 17 * 7 / 16 * 4 / 15, 0.25), good.Score, 12);
        Assert.Equal(0.5045666840, good.Score, 9);
        var bad = BleuScore.Of(
            [Words("it is to insure the troops forever hearing the activity guidebook that party direct")],
            [[.. References.Select(Words)]], order: 2);
        Assert.Equal([8.0 / 14, 1.0 / 13], bad.Precisions);
    }

    [Fact]
    public void Counts_are_those_of_the_corpus_and_not_the_mean_of_sentences()
    {
        // 3 of 4 and 1 of 2 words; 2 of 3 and 0 of 1 pairs. c = 6, r = 4 + 4.
        var score = BleuScore.OfPairs<string>([Words("a b c x"), Words("d y")], [Words("a b c d"), Words("d e f g")], order: 2);
        Assert.Equal([4.0 / 6, 2.0 / 4], score.Precisions);
        Assert.Equal(Math.Exp(1 - (8.0 / 6)), score.BrevityPenalty, 12);
        Assert.Equal(Math.Exp(1 - (8.0 / 6)) * Math.Sqrt(4.0 / 6 * 2 / 4), score.Score, 12);
    }

    [Fact]
    public void The_nearest_reference_counts_and_the_shorter_of_two()
    {
        var score = BleuScore.Of([Words("a b c d e")], [[Words("a b c d e f g"), Words("a b c"), Words("a b c d e f g h i")]], 1);
        Assert.Equal(3, score.ReferenceLength);
        Assert.Equal(1, score.BrevityPenalty);
    }

    [Fact]
    public void Smoothing()
    {
        // Words 3 of 4, pairs 1 of 3, threes 0 of 2, fours 0 of 1.
        IReadOnlyList<string>[] translation = [Words("a b x d")], reference = [Words("a b c d")];
        Assert.Equal(0, BleuScore.OfPairs(translation, reference).Score);
        Assert.Equal(Math.Pow(3.0 / 4 * 2 / 4 * 1 / 3 * 1 / 2, 0.25),
            BleuScore.OfPairs(translation, reference, smoothing: BleuSmoothing.AddOne).Score, 12);
        Assert.Equal(Math.Pow(3.0 / 4 * 1 / 3 * 0.05 * 0.1, 0.25),
            BleuScore.OfPairs(translation, reference, smoothing: BleuSmoothing.Epsilon).Score, 12);
    }

    [Fact]
    public void Numbers_of_tokens_and_what_is_refused()
    {
        var same = BleuScore.OfPairs<long>([[1, 2, 3, 4, 5]], [[1, 2, 3, 4, 5]]);
        Assert.Equal(1, same.Score, 12);
        Assert.Equal(0, BleuScore.OfPairs<long>([[]], [[1, 2]]).Score);
        Assert.Throws<ArgumentException>(() => BleuScore.OfPairs<long>([], []));
        Assert.Throws<ArgumentException>(() => BleuScore.OfPairs<long>([[1]], []));
        Assert.Contains("Sentence 1", Assert.Throws<ArgumentException>(() =>
            BleuScore.OfPairs<long>([[1], [2]], [[1], []])).Message);
    }

    private static string[] Words(string text) => text.Split(' ');
}
