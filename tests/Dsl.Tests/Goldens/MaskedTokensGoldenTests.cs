using Dsl.Runtime;
using Dsl.Tests.LanguageModels;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace Dsl.Tests;

/// <summary>Masked language modelling with supplied draws against PyTorch, three steps in both targets.</summary>
public class MaskedTokensGoldenTests
{
    private static readonly Dictionary<string, string> Draws = new()
    {
        ["Noise"] = "noise",
        ["Kinds"] = "kinds",
        ["Replacements"] = "replacements",
        ["Starts"] = "starts",
        ["Spans"] = "spans",
    };

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Tokens_one_by_one(bool autograd) =>
        Run("bert", model => autograd ? new BertAutograd(model) : new BertExplicit(model));

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Half_of_the_tokens(bool autograd) =>
        Run("half", model => autograd ? new HalfAutograd(model) : new HalfExplicit(model));

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Spans_of_tokens(bool autograd) =>
        Run("spans", model => autograd ? new SpansAutograd(model) : new SpansExplicit(model));

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Padding_and_special_tokens_are_never_selected(bool spans)
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(3);
        var tokens = randint(0, 9, new long[] { 400, 30 }, ScalarType.Int64, generator: generator);
        var lengths = randint(1, 31, new long[] { 400 }, ScalarType.Int64, generator: generator);
        Tensor noise = Uniform(), kinds = Uniform();
        var selected = spans
            ? MaskedTokens.SelectSpans(tokens, noise, kinds, Uniform(), Uniform(), lengths, 0.15, 0.2, 10, [1, 2]).Selected
            : MaskedTokens.Select(tokens, noise, lengths, 0.15, [1, 2]);
        var own = arange(30).unsqueeze(0).lt(lengths.unsqueeze(1));
        var candidates = own.logical_and(tokens.ne(1)).logical_and(tokens.ne(2));
        Assert.False(selected.logical_and(candidates.logical_not()).any().ToBoolean());
        var expected = (lengths.to(ScalarType.Float64) * 0.15).round().clamp_min(1).to(ScalarType.Int64)
            .minimum(candidates.sum(1));
        Assert.True(selected.sum(1).eq(expected).all().ToBoolean());

        Tensor Uniform() => rand([400, 30], generator: generator);
    }

    [Fact]
    public void Selected_tokens_are_masked_replaced_and_kept_as_often_as_declared()
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(3);
        var tokens = full(new long[] { 2000, 40 }, 5L, ScalarType.Int64);
        var selected = MaskedTokens.Select(tokens, rand([2000, 40], generator: generator), null, 0.15, [0]);
        Assert.Equal(2000 * 6, selected.sum().ToInt64());
        var replacements = full(new long[] { 2000, 40 }, 7L, ScalarType.Int64);
        var changed = MaskedTokens.Replace(tokens, selected, rand([2000, 40], generator: generator), replacements, 0, 0.8, 0.1);
        Assert.InRange(changed.eq(0).sum().ToDouble() / 12000, 0.79, 0.81);
        Assert.InRange(changed.eq(7).sum().ToDouble() / 12000, 0.092, 0.108);
        Assert.Equal(0, changed.ne(5).logical_and(selected.logical_not()).sum().ToInt64());
    }

    [Fact]
    public void Spans_have_3_8_tokens_in_the_mean()
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(3);

        // A budget that one span never spends, so that none is cut: the first spans, of sequences that are long enough.
        var tokens = full(new long[] { 4000, 40 }, 5L, ScalarType.Int64);
        Tensor kinds = arange(40, ScalarType.Float32).expand(4000, 40), starts = zeros(4000, 40);
        var (selected, kind) = MaskedTokens.SelectSpans(
            tokens, rand([4000, 40], generator: generator), kinds, starts, rand([4000, 40], generator: generator), null, 0.25,
            0.2, 10, []);
        var first = selected.logical_and(kind.eq(0)).sum(1).to(ScalarType.Float64);
        Assert.InRange(first.mean().ToDouble(), 3.7, 3.9);
        Assert.Equal(10, first.max().ToDouble());
    }

    [Fact]
    public void What_stands_beside_tells_a_token()
    {
        using var trainer = new RepeatsTrainer(new Repeats(new Generator(1)));
        using var generator = new Generator(2);
        using var first = randint(1, 10, new long[] { 512, 1 }, ScalarType.Int64, generator: generator);
        using var tokens = first.expand(512, 8).contiguous();
        using var none = zeros([512], ScalarType.Int64);
        using var data = new InMemoryData(tokens, none);
        var report = trainer.Fit(data);

        // Who does not look beside cannot do better than ln 9 = 2.2.
        Assert.InRange(report.FinalLoss, 0, 0.3);
    }

    private static void Run(string name, Func<SmallBert, object> create)
    {
        using var scope = NewDisposeScope();
        var golden = Golden.Load("masked_tokens/" + name);
        using var model = new SmallBert();
        golden.Restore(model.state_dict(), "initial.");
        object trainer = create(model);
        new TrainerRun(golden, trainer, Draws).Check(model.Arena, model.state_dict(), _ => null);
        ((IDisposable)trainer).Dispose();
    }
}
