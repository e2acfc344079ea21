using Dsl.Runtime;
using Dsl.Tests.Decoded;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace Dsl.Tests;

/// <summary>How sequences are continued, against an independent computation, place by place and in whole passes.</summary>
public sealed class GenerationTests
{
    private static readonly Dictionary<string, TokenDecoding> Decodings = new()
    {
        ["plain"] = new(),
        ["cold"] = new() { Temperature = 0.5 },
        ["top_k"] = new() { TopK = 3 },
        ["top_p"] = new() { TopP = 0.7 },
        ["all"] = new() { Temperature = 0.8, TopK = 4, TopP = 0.8 },
    };

    public static TheoryData<string> Networks => ["gpt", "rotary", "lstm", "gru", "rnn"];

    [Fact]
    public void Tokens_are_chosen_as_in_the_reference()
    {
        using var scope = NewDisposeScope();
        var golden = Golden.Load("generation/decoding");
        foreach (var (name, decoding) in Decodings)
        {
            golden.Matches($"probabilities.{name}", decoding.Probabilities(golden["logits"]));
            Tensor chosen = decoding.Choose(golden["logits"], golden["numbers"]);
            Assert.Equal(golden[$"chosen.{name}"].data<long>().ToArray(), chosen.data<long>().ToArray());
        }
    }

    [Fact]
    public void The_last_token_is_drawn_by_the_last_numbers()
    {
        using var scope = NewDisposeScope();
        var logits = tensor([0f, 1, 2, float.NegativeInfinity]).unsqueeze(0);
        using var chosen = new TokenDecoding().Choose(logits, tensor([Math.BitDecrement(1.0)]));
        Assert.Equal(2, chosen.ToInt64());
        Assert.Equal(0, new TokenDecoding().Choose(logits, tensor([0.0])).ToInt64());
        Assert.Equal(2, TokenDecoding.Greedy.Choose(logits, tensor([0.0])).ToInt64());
        Assert.Equal(2, new TokenDecoding { TopK = 1 }.Choose(logits, tensor([0.0])).ToInt64());
        Assert.Equal(2, new TokenDecoding { TopP = 1e-9 }.Choose(logits, tensor([0.0])).ToInt64());
        Assert.Equal(0, new TokenDecoding { TopK = 9 }.Choose(logits, tensor([0.0])).ToInt64());
    }

    [Theory]
    [MemberData(nameof(Networks))]
    public void Networks_write_what_the_reference_writes(string name)
    {
        using var scope = NewDisposeScope();
        var golden = Golden.Load("generation/" + name);
        dynamic network = name switch
        {
            "gpt" => new Gpt(), "rotary" => new RotaryGpt(), "lstm" => new LstmWriter(), "gru" => new GruWriter(),
            _ => new RnnWriter(),
        };
        golden.Restore(((nn.Module)network).state_dict());
        Check(golden, network);
    }

    [Fact]
    public void A_place_at_a_time_is_the_whole_pass()
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(3);
        using BlockWriter blocks = new(generator);
        SameByPlaces(blocks, randint(0, 11, [3, 6], generator: generator));
        using NumberWriter numbers = new(generator);
        SameByPlaces(numbers, randn([3, 6, 4], generator: generator));
    }

    [Fact]
    public void A_cache_is_of_its_sequences_and_ends()
    {
        using var scope = NewDisposeScope();
        using BlockWriter model = new();
        using var cache = new SequenceCache();
        var token = zeros(2, 1, dtype: int64);
        model.Next(token, cache);
        Assert.Throws<DataMismatchException>(() => model.Next(zeros(3, 1, dtype: int64), cache));
        Assert.Throws<DataMismatchException>(() => model.Next(zeros(2, 2, dtype: int64), cache));
        for (int place = 1; place < 6; place++) model.Next(token, cache);
        Assert.Equal(6, cache.Place);
        Assert.Throws<DataMismatchException>(() => model.Next(token, cache));
    }

    [Fact]
    public void What_cannot_be_continued_is_refused()
    {
        using var scope = NewDisposeScope();
        using Gpt model = new();
        Assert.Throws<DataMismatchException>(() => TokenGeneration.Generate(model, zeros(2, dtype: int64), 3));
        Assert.Throws<DataMismatchException>(() => TokenGeneration.Generate(model, zeros(2, 0, dtype: int64), 3));
        Assert.Throws<DataMismatchException>(() => TokenGeneration.Generate(model, zeros(2, 3), 3));
        Assert.Throws<DataMismatchException>(() =>
            TokenGeneration.Generate(model.forward, zeros(2, 8, dtype: int64), 3));
        Assert.Throws<ArgumentOutOfRangeException>(() => TokenGeneration.Generate(model, zeros(2, 3, dtype: int64), -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new TokenDecoding { Temperature = -1 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new TokenDecoding { TopP = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new TokenDecoding { TopK = -1 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new BeamSearch(0, 1, 4));
        Assert.Throws<ArgumentOutOfRangeException>(() => new BeamSearch(1, 1, 4) { LengthPenalty = -1 });
        Assert.Throws<DataMismatchException>(() =>
            new BeamSearch(2, 1, 4).Search(_ => zeros(1, 5), zeros(2, 1, dtype: int64)));
    }

    [Fact]
    public void A_seed_decides()
    {
        using var scope = NewDisposeScope();
        using Gpt model = new();
        Tensor prompt = zeros(4, 1, dtype: int64), first = TokenGeneration.Generate(model, prompt, 7, seed: 1);
        Assert.True(first.Equals(TokenGeneration.Generate(model, prompt, 7, seed: 1)));
        Assert.False(first.Equals(TokenGeneration.Generate(model, prompt, 7, seed: 2)));
        Assert.True(model.training);
    }

    [Theory]
    [InlineData(1, "0.6")]
    [InlineData(2, "0.0")]
    [InlineData(3, "0.6")]
    [InlineData(3, "1.5")]
    public void A_beam_search_finds_what_the_reference_finds(int width, string alpha) => CheckBeams(width, width, alpha);

    /// <summary>A beam that holds every sequence misses none.</summary>
    [Theory]
    [InlineData("0.0")]
    [InlineData("0.6")]
    public void A_beam_of_everything_finds_the_best_of_all(string alpha) => CheckBeams(1000, 0, alpha);

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(7)]
    public void A_cache_finds_what_whole_passes_find(int width)
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator((ulong)width);
        Same(new Gpt(generator));
        Same(new RotaryGpt(generator));
        Same(new LstmWriter(generator));
        Same(new GruWriter(generator));
        Same(new BlockWriter(generator));

        void Same<TNetwork>(TNetwork network)
            where TNetwork : nn.Module<Tensor, Tensor>, IStepwiseModel
        {
            using (network)
            {
                // Two tokens to begin with, more tokens than there are places, and an end that is found now and then.
                (long[] Prompt, int Length)[] cases = [([3], 5), ([4, 2], 9)];
                foreach (var (prompt, length) in cases)
                {
                    var start = tensor(prompt).unsqueeze(0);
                    var search = new BeamSearch(width, end: 1, length) { LengthPenalty = 0.6 };
                    var cached = search.Search(network, start);
                    Assert.True(network.training);
                    network.eval();
                    var anew = search.Search(tokens => TokenGeneration.Continue(network, network.Places, tokens), start);
                    network.train();
                    Assert.Equal(anew.Select(found => found.Tokens), cached.Select(found => found.Tokens));
                    foreach (var (expected, found) in anew.Zip(cached))
                    {
                        Assert.Equal(expected.LogProbability, found.LogProbability, 1e-4);
                        Assert.Equal(expected.HasEnded, found.HasEnded);
                    }
                }
            }
        }
    }

    [Fact]
    public void A_cache_goes_on_with_some_of_its_sequences()
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(2);
        using Gpt model = new(generator);
        model.eval();
        var tokens = randint(0, 11, [3, 5], generator: generator);
        using SequenceCache cache = new(), own = new();
        for (int place = 0; place < 4; place++) model.Next(tokens.narrow(1, place, 1), cache);
        cache.Select([2, 0, 2, 2]);
        Assert.Throws<ArgumentOutOfRangeException>(() => cache.Select([4]));
        Assert.Throws<ArgumentException>(() => cache.Select([]));
        var chosen = tokens.index_select(0, tensor(new long[] { 2, 0, 2, 2 }));
        for (int place = 0; place < 4; place++) model.Next(chosen.narrow(1, place, 1), own);
        var next = chosen.narrow(1, 4, 1);
        Close.To(model.Next(next, own), model.Next(next, cache), "the fifth place");
    }

    [Fact]
    public void A_translator_is_searched()
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(5);
        using SmallTranslator model = new(generator);
        model.eval();
        var source = randint(0, 7, [1, 5], generator: generator);
        var next = BeamSearch.Translator((tokens, context) => model.forward(context, tokens), 4, source);
        var best = new BeamSearch(400, end: 1, length: 3) { LengthPenalty = 0 }.Search(next, zeros(1, 1, dtype: int64))[0];

        // Every translation of three tokens or less, by whole passes.
        double highest = double.NegativeInfinity;
        for (int code = 0; code < 7 * 7 * 7; code++)
        {
            long[] tokens = [0, code / 49, code / 7 % 7, code % 7];
            var told = model.forward(source, tensor(tokens).unsqueeze(0)).log_softmax(2);
            double sum = 0;
            for (int place = 1; place < 4; place++)
            {
                sum += told[0, place - 1, tokens[place]].ToDouble();
                if (tokens[place] == 1) break;
            }

            highest = Math.Max(highest, sum);
        }

        Assert.Equal(highest, best.LogProbability, 1e-5);
        Assert.Throws<DataMismatchException>(() => new BeamSearch(2, 9, 5).Search(next, zeros(1, 1, dtype: int64)));
    }

    private static void CheckBeams(int width, int named, string alpha)
    {
        using var scope = NewDisposeScope();
        var golden = Golden.Load("generation/beams");
        Tensor first = golden["first"], table = golden["table"];
        Tensor Next(Tensor tokens) => tokens.size(1) == 1 ? first.unsqueeze(0)
            : table.index_select(0, tokens.select(1, tokens.size(1) - 1));
        double penalty = double.Parse(alpha, System.Globalization.CultureInfo.InvariantCulture);
        var found = new BeamSearch(width, end: 1, length: 4) { LengthPenalty = penalty }.Search(Next, zeros(1, 1, dtype: int64));
        int count = golden.Names.Count(name => name.StartsWith($"width{named}.alpha{alpha}.") && name.EndsWith(".score"));
        Assert.Equal(named == 0 ? 3 : width, count);
        for (int rank = 0; rank < count; rank++)
        {
            string at = $"width{named}.alpha{alpha}.{rank}";
            Assert.Equal(golden[at].data<long>().ToArray(), found[rank].Tokens.Skip(1));
            Assert.Equal(golden[at + ".score"][0].ToDouble(), found[rank].Score, 1e-5);
            Assert.Equal(golden[at + ".score"][1].ToDouble(), found[rank].LogProbability, 1e-5);
            Assert.Equal(found[rank].Tokens[^1] == 1, found[rank].HasEnded);
        }
    }

    private static void Check<TNetwork>(Golden golden, TNetwork network)
        where TNetwork : nn.Module<Tensor, Tensor>, IStepwiseModel
    {
        SameByPlaces(network, golden["tokens"]);
        golden.Matches("logits", network.Predict(golden["tokens"]));
        Tensor prompt = golden["tokens"].narrow(1, 0, 2), numbers = golden["numbers"];
        long end = (long)golden.Number("end");
        var drawing = new TokenDecoding { Temperature = 0.8, TopK = 5, TopP = 0.9 };
        Same("greedy", TokenGeneration.Generate(network, prompt, 9, TokenDecoding.Greedy));
        Same("greedy", TokenGeneration.Generate(network, network.Places, prompt, 9, TokenDecoding.Greedy));
        Same("ended", TokenGeneration.Generate(network, prompt, 9, TokenDecoding.Greedy, end));
        network.eval();
        Same("drawn", TokenGeneration.Generate(
            tokens => TokenGeneration.Continue(network, network.Places, tokens), prompt, numbers, drawing));

        void Same(string expected, Tensor written)
        {
            // Where all have ended, nothing follows.
            var known = golden[expected].narrow(1, 0, written.size(1));
            Assert.Equal(known.data<long>().ToArray(), written.data<long>().ToArray());
            if (expected != "ended") Assert.Equal(golden[expected].size(1), written.size(1));
        }
    }

    private static void SameByPlaces<TNetwork>(TNetwork network, Tensor input)
        where TNetwork : nn.Module<Tensor, Tensor>, IStepwiseModel
    {
        network.eval();
        using var cache = new SequenceCache();
        var whole = network.forward(input);
        var placed = Enumerable.Range(0, network.Places).Select(place => network.Next(input.narrow(1, place, 1), cache));
        Close.To(whole, cat([.. placed], 1), network.GetName() + " by places");
        network.train();
    }
}
