using System.Diagnostics;
using System.Globalization;
using Dsl;
using Dsl.Runtime;
using Spectre.Console;
using TorchSharp;
using static TorchSharp.torch;

namespace Bench;

/// <summary>A small GPT of 256 places.</summary>
[Model(256, Elements = Elements.Index, Stepwise = true), Embedding(65, 128), PositionalEmbedding]
[TransformerEncoderLayer(4, 512, NormFirst = true, Causal = true)]
[TransformerEncoderLayer(4, 512, NormFirst = true, Causal = true)]
[LayerNorm, Linear(65)]
public partial class SmallGpt;

/// <summary>An LSTM of 256 places.</summary>
[Model(256, Elements = Elements.Index, Stepwise = true), Embedding(65, 128), Lstm(256), Linear(65)]
public partial class SmallLstm;

/// <summary>How long texts take that are written token by token: place by place with what is kept of earlier ones, or all places
/// anew for each token.</summary>
internal static class GenerationTimes
{
    private const int Places = 256;

    /// <summary>Measures and prints all.</summary>
    /// <param name="threads">Threads inside an operation.</param>
    public static void Run(int threads)
    {
        set_num_threads(threads);
        using var generator = new Generator(0);
        using var gpt = new SmallGpt(generator);
        using var lstm = new SmallLstm(generator);
        foreach (int length in new[] { 15, 63, 255 })
        {
            Compare("two transformer layers", gpt, 1, length);
            Compare("two transformer layers", gpt, 16, length);
            Compare("an LSTM", lstm, 1, length);
        }

        foreach (int length in new[] { 63, 255 }) CompareBeams(gpt, length);
    }

    private static void Compare<TNetwork>(string what, TNetwork network, int texts, int length)
        where TNetwork : nn.Module<Tensor, Tensor>, IStepwiseModel
    {
        using var prompt = zeros(texts, 1, dtype: ScalarType.Int64);
        double cached = Seconds(() => TokenGeneration.Generate(network, prompt, length, TokenDecoding.Greedy).Dispose());
        double anew = Seconds(() => TokenGeneration.Generate(network, Places, prompt, length, TokenDecoding.Greedy).Dispose());
        Print($"{what}, {texts} x {length} tokens", cached, anew);
    }

    private static void CompareBeams(SmallGpt network, int length)
    {
        using var prompt = zeros(1, 1, dtype: ScalarType.Int64);
        var search = new BeamSearch(width: 4, end: 64, length);
        double cached = Seconds(() => search.Search(network, prompt));
        double anew = Seconds(() => search.Search(tokens => TokenGeneration.Continue(network, Places, tokens), prompt));
        Print($"a beam of 4, {length} tokens at most", cached, anew);
    }

    private static void Print(string what, double cached, double anew) => AnsiConsole.WriteLine(string.Create(
        CultureInfo.InvariantCulture, $"{cached,6:0.000} s cached, {anew,6:0.000} s anew, {anew / cached,5:0.0} x  {what}"));

    private static double Seconds(Action run)
    {
        run();
        return Enumerable.Range(0, 3).Select(_ =>
        {
            var clock = Stopwatch.StartNew();
            run();
            return clock.Elapsed.TotalSeconds;
        }).Median();
    }
}
