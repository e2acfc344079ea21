using TorchSharp;
using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>
/// Error-correcting output codes: a network for each bit of a code word of the classes, and the class whose word is nearest to
/// what they say (Dietterich and Bakiri 1995, Journal of Artificial Intelligence Research 2).
/// </summary>
/// <typeparam name="TNetwork">The members' declaration; they return logits [N, 2].</typeparam>
public sealed class OutputCodes<TNetwork> : nn.Module<Tensor, Tensor>
    where TNetwork : nn.Module<Tensor, Tensor>
{
    private static readonly MemberFile<TNetwork> File = new("dsl.codes", "output code", "words");

    private readonly bool[,] _words;

    private OutputCodes(TNetwork[] members, bool[,] words)
        : base("OutputCodes") => (Members, _words) = (members, words);

    /// <summary>A network for each bit; freed with this.</summary>
    public IReadOnlyList<TNetwork> Members { get; }

    /// <summary>The classes' code words, [K, L].</summary>
    public bool[,] Words => (bool[,])_words.Clone();

    /// <summary>The smallest number of bits in which two words differ: half of it, less one half, can be told wrong and the class
    /// still be right.</summary>
    public int Distance => OutputCodes.Distance(_words);

    /// <summary>Reads networks and code words of a file.</summary>
    /// <param name="path">What <see cref="Save"/> wrote.</param>
    /// <param name="create">Makes a network of the declaration; its values are replaced.</param>
    /// <exception cref="InvalidDataException">The file is damaged, holds no output codes, or those of another
    /// declaration.</exception>
    public static OutputCodes<TNetwork> Load(string path, Func<TNetwork> create) =>
        File.Read(path, create, words => words.dim() == 2 ? words.size(1) : 0, (members, words, _) =>
        {
            if (members.Length == 0) throw new InvalidDataException($"{path} has no code word: [K, L] is expected.");
            double[] bits = EmbeddingRows.ToArray<double>(words);
            var read = new bool[words.size(0), words.size(1)];
            for (int i = 0; i < bits.Length; i++) read[i / members.Length, i % members.Length] = bits[i] > 0.5;
            return new OutputCodes<TNetwork>(members, read);
        });

    /// <summary>Writes all networks and the code words to one safetensors file, in a folder that is created when there is
    /// none.</summary>
    /// <param name="path">The file; it is replaced as a whole, or not at all.</param>
    /// <exception cref="InvalidOperationException">A network holds NaN or infinity.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void Save(string path)
    {
        using Tensor words = WordTensor();
        File.Write(path, Members, words, new Dictionary<string, string>());
    }

    internal static OutputCodes<TNetwork> Of(TNetwork[] members, bool[,] words) => new(members, words);

    /// <summary>Logits: −Σ |p_l − w_kl| over the bits, the distance of what is said from each word.</summary>
    /// <param name="input">A batch [N, ...].</param>
    /// <returns>[N, K]; their order is that of the classes' likeness, and their softmax no calibrated probability: fit a
    /// <see cref="TemperatureScaling"/>. The caller frees them.</returns>
    public override Tensor forward(Tensor input)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var bits = Members.Select(member => member.Predict(input)).ToList();
        if (bits.Find(logits => logits.dim() != 2 || logits.size(1) != 2) is { } wrong)
        {
            throw new DataMismatchException(
                $"A network of a bit returned [{string.Join(", ", wrong.shape)}], but must tell two classes apart, [N, 2].");
        }

        Tensor said = stack(bits.Select(logits => logits.to_type(ScalarType.Float64).softmax(1).select(1, 1)), 1);
        Tensor all = WordTensor().to(said.device);
        return said.unsqueeze(1).sub(all).abs().sum(2).neg().to_type(bits[0].dtype).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
            foreach (var member in Members) member.Dispose();
        base.Dispose(disposing);
    }

    private Tensor WordTensor() => TensorMemory.Filled<double>(
        [.. _words.Cast<bool>().Select(bit => bit ? 1.0 : 0)], ScalarType.Float64, _words.GetLength(0), _words.GetLength(1));
}

/// <summary>Trains networks for the bits of code words.</summary>
public static class OutputCodes
{
    private const int Trials = 1000, MostExhaustive = 7;

    /// <summary>Code words: all ways to part the classes in two where there are few classes, else those of a thousand random
    /// codes whose words differ most (section 2.3 of the paper).</summary>
    /// <param name="classes">K, at least 3.</param>
    /// <param name="bits">L; null for 2^(K − 1) − 1 of up to 7 classes and 15 of more.</param>
    /// <param name="seed">Equal seeds give equal codes.</param>
    /// <returns>[K, L], no column constant, equal to another one or its opposite.</returns>
    /// <exception cref="ArgumentException">There are not as many ways to part the classes, or too few to tell them
    /// apart.</exception>
    public static bool[,] Code(int classes, int? bits = null, long seed = 0)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(classes, 3);
        double ways = Math.Pow(2, classes - 1) - 1;
        int length = bits ?? (classes <= MostExhaustive ? (int)ways : 15);
        if (length > ways || Math.Pow(2, length) < classes)
        {
            throw new ArgumentException(
                $"{length} bits for {classes} classes: there are {ways} ways to part the classes, and "
                + $"{Math.Ceiling(Math.Log2(classes))} bits at least tell them apart.", nameof(bits));
        }

        if (length == ways) return Words(classes, [.. Enumerable.Range(1, length).Select(bit => (long)bit)]);
        var random = new HostRandom(StreamSeed.Of(seed, "output codes", classes));
        bool[,]? best = null;
        for (int trial = 0; trial < Trials; trial++)
        {
            var columns = new HashSet<long>();
            while (columns.Count < length) columns.Add(1 + Math.Min((long)(random.Uniform() * ways), (long)ways - 1));
            var words = Words(classes, [.. columns]);
            if (Distance(words) > (best is null ? 0 : Distance(best))) best = words;
        }

        return best ?? throw new ArgumentException(
            $"None of {Trials} codes of {length} bits has a word of its own for each of {classes} classes: take more bits.",
            nameof(bits));
    }

    /// <summary>Trains a network for each bit.</summary>
    /// <typeparam name="TNetwork">The members' declaration; they return logits [N, 2].</typeparam>
    /// <param name="data">Samples with a class each, 0, ..., K − 1.</param>
    /// <param name="words">A word for each class, as of <see cref="Code"/>.</param>
    /// <param name="seed">Decides the members' seeds.</param>
    /// <param name="train">Makes and trains a network on the same samples with classes 0 and 1, with a seed.</param>
    /// <exception cref="ArgumentException">Two classes have the same word, or a bit is alike for all.</exception>
    public static OutputCodes<TNetwork> Train<TNetwork>(
        ILabeledDataSource data, bool[,] words, long seed, Func<ILabeledDataSource, long, TNetwork> train)
        where TNetwork : nn.Module<Tensor, Tensor>
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(words);
        ArgumentNullException.ThrowIfNull(train);
        int classes = words.GetLength(0);
        if (classes < 2 || Distance(words) == 0)
            throw new ArgumentException("Each class has a word of its own.", nameof(words));
        var members = new List<TNetwork>();
        try
        {
            for (int bit = 0; bit < words.GetLength(1); bit++)
            {
                bool[] column = [.. Enumerable.Range(0, classes).Select(known => words[known, bit])];
                if (column.Distinct().Count() < 2)
                    throw new ArgumentException($"Bit {bit} is alike for all classes: it says nothing.", nameof(words));
                members.Add(train(new BitData(data, column), EnsembleTraining.SeedOf(seed, bit)));
            }

            return OutputCodes<TNetwork>.Of([.. members], (bool[,])words.Clone());
        }
        catch
        {
            foreach (var member in members) member.Dispose();
            throw;
        }
    }

    internal static int Distance(bool[,] words)
    {
        int least = words.GetLength(1);
        for (int a = 0; a < words.GetLength(0); a++)
        {
            for (int b = 0; b < a; b++)
                least = Math.Min(least, Enumerable.Range(0, words.GetLength(1)).Count(bit => words[a, bit] != words[b, bit]));
        }

        return least;
    }

    // The last class is always on one side: a column and its opposite are the same question.
    private static bool[,] Words(int classes, long[] columns)
    {
        var words = new bool[classes, columns.Length];
        for (int bit = 0; bit < columns.Length; bit++)
        {
            for (int known = 0; known < classes - 1; known++) words[known, bit] = (columns[bit] >> known & 1) == 1;
        }

        return words;
    }

    /// <summary>The same samples, with a bit of their class's word in place of the class.</summary>
    private sealed class BitData(ILabeledDataSource data, bool[] bits) : ILabeledDataSource
    {
        public long Count => data.Count;

        public Tensor ReadInputs(Tensor indices) => data.ReadInputs(indices);

        public Tensor ReadLabels(Tensor indices)
        {
            using var labels = data.ReadLabels(indices);
            using var host = labels.cpu();
            long[] classes = EmbeddingRows.ToArray<long>(host);
            for (int i = 0; i < classes.Length; i++)
            {
                if (classes[i] == ClassLabels.None) continue;
                if (classes[i] < 0 || classes[i] >= bits.Length)
                    throw new DataMismatchException($"There is a class {classes[i]}, but words for {bits.Length} classes.");
                classes[i] = bits[classes[i]] ? 1 : 0;
            }

            return TensorMemory.Filled<long>(classes, ScalarType.Int64, labels.shape).to(labels.device);
        }
    }
}
