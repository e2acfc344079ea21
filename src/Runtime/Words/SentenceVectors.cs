using TorchSharp;
using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>A vector for each sentence, of those of its words; words that are not in the vocabulary are left out.</summary>
public static class SentenceVectors
{
    /// <summary>The mean of the vectors of a sentence's words.</summary>
    /// <param name="words">Vectors of words.</param>
    /// <param name="sentences">Each as its words.</param>
    /// <returns>[N, D]; the caller frees it.</returns>
    /// <exception cref="ArgumentException">A sentence has no word of the vocabulary.</exception>
    public static Tensor Mean(WordVectors words, IReadOnlyList<IReadOnlyList<string>> sentences)
    {
        ArgumentNullException.ThrowIfNull(words);
        return Of(words, sentences, _ => 1);
    }

    /// <summary>
    /// Smooth inverse frequency: the mean of a/(a + p)·v over a sentence's words, p a word's share in the text that the
    /// vocabulary is of, less its part along the first singular vector of all sentences (Arora, Liang and Ma 2017, algorithm 1).
    /// </summary>
    /// <param name="words">Vectors of words; the vocabulary knows how often each comes.</param>
    /// <param name="sentences">Each as its words. The direction that is taken out is theirs: vectors of other calls have
    /// another one.</param>
    /// <param name="smoothing">a, above 0; the authors take 1e-3 to 1e-4.</param>
    /// <returns>[N, D]; the caller frees it.</returns>
    /// <exception cref="ArgumentException">A sentence has no word of the vocabulary, or the vocabulary has no
    /// counts.</exception>
    public static Tensor Sif(
        WordVectors words, IReadOnlyList<IReadOnlyList<string>> sentences, double smoothing = 1e-3)
    {
        ArgumentNullException.ThrowIfNull(words);
        if (!(smoothing > 0 && double.IsFinite(smoothing)))
            throw new ArgumentOutOfRangeException(nameof(smoothing), smoothing, "The smoothing is above 0.");
        var counts = words.Vocabulary.Counts;
        if (counts.Count == 0)
            throw new ArgumentException("The vocabulary has no counts: make it by WordVocabulary.Of.", nameof(words));
        double total = counts.Sum();
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var means = Of(words, sentences, word => smoothing / (smoothing + (counts[word] / total)));
        var (_, _, directions) = linalg.svd(means.to_type(ScalarType.Float64), fullMatrices: false);
        var first = directions.narrow(0, 0, 1).to_type(means.dtype);
        return means.sub(means.matmul(first.t()).matmul(first)).MoveToOuterDisposeScope();
    }

    private static Tensor Of(WordVectors words, IReadOnlyList<IReadOnlyList<string>> sentences, Func<int, double> weigh)
    {
        ArgumentNullException.ThrowIfNull(sentences);
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var rows = new List<Tensor>();
        foreach (var (i, sentence) in sentences.Index())
        {
            int[] places = words.Vocabulary.Encode(sentence);
            if (places.Length == 0)
                throw new ArgumentException($"Sentence {i} has no word of the vocabulary.", nameof(sentences));
            using var ofSentence = NewDisposeScope();
            double[] weights = [.. places.Select(place => weigh(place) / places.Length)];
            var rowsOfWords = tensor([.. places.Select(place => (long)place)], device: words.Vectors.device);
            var vectors = words.Vectors.index_select(0, rowsOfWords);
            rows.Add(tensor(weights, words.Vectors.dtype, words.Vectors.device).unsqueeze(0).matmul(vectors)
                .MoveToOuterDisposeScope());
        }

        return cat(rows, 0).MoveToOuterDisposeScope();
    }
}
