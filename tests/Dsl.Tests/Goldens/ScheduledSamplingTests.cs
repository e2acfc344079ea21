using Dsl.Runtime;
using Dsl.Tests.ScheduledText;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace Dsl.Tests;

/// <summary>Scheduled sampling: three steps against PyTorch in both targets, the shares of true tokens, networks of two inputs,
/// and a translator that is trained by it, searched by beams and scored.</summary>
public sealed class ScheduledSamplingTests
{
    public static TheoryData<string, Type> Cases => new()
    {
        { "sequential", typeof(Sequential) },
        { "sequential", typeof(SequentialAutograd) },
        { "once", typeof(Once) },
        { "once", typeof(OnceAutograd) },
        { "greedy", typeof(Likeliest) },
        { "greedy", typeof(LikeliestAutograd) },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Three_steps(string name, Type type) =>
        JointRun.ThreeSteps(Golden.Load("scheduled_sampling/" + name), type, "");

    [Fact]
    public void The_share_of_true_tokens_falls()
    {
        using Writer model = new();
        using Likeliest linear = new(model);
        using Once exponential = new(model);
        using Sequential sigmoid = new(model);
        Assert.Equal([1, 0.75, 0.5, 0.4, 0.4], Enumerable.Range(0, 5).Select(step => linear.TrueTokensAt(step)));
        Assert.Equal(Math.Pow(0.9, 7), exponential.TrueTokensAt(7), 12);
        Assert.Equal(100.0 / 101, sigmoid.TrueTokensAt(0), 12);
        Assert.Equal(0.5, sigmoid.TrueTokensAt((long)(100 * Math.Log(100))), 0.01);
        Assert.Equal(0, sigmoid.TrueTokensAt(1_000_000));

        // At the start of an exponential decay every token is true.
        using var batch = new Once.Batch(zeros([50, 4], int64), zeros([50, 4], int64));
        using var draws = exponential.SampleDraws(batch);
        Assert.False(draws.Told.any().ToBoolean());
    }

    [Fact]
    public void A_network_of_two_inputs_sees_replaced_targets()
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(2);
        Tensor source = randint(0, 9, [6, 3], int64, generator: generator),
        target = randint(0, 7, [6, 4], int64, generator: generator),
        label = randint(0, 7, [6, 4], int64, generator: generator), told = rand([6, 4], generator: generator).lt(0.6),
        numbers = rand([6, 4], generator: generator);
        using SmallTranslator model = new(generator), twin = new(), other = new();
        twin.load_state_dict(model.state_dict());
        other.load_state_dict(model.state_dict());
        using Forced forced = new(model);
        using Scheduled scheduled = new(twin);
        using ScheduledAutograd autograd = new(other);
        var seen = ScheduledTokens.Mix(target, model.forward(source, target).detach(), told, numbers);
        Assert.True(seen.ne(target).any().ToBoolean());
        Assert.True(seen.select(1, 0).eq(target.select(1, 0)).all().ToBoolean());
        var batch = new Forced.Batch(source, seen, label);
        var expected = forced.ComputeGradients(batch, Forced.SampleDraws(batch)).Total;
        Close.To(expected, scheduled.ComputeGradients(
            new Scheduled.Batch(source, target, label), new Scheduled.Draws(told, numbers)).Total, "loss", 1e-6);
        Close.To(model.Arena.Gradients, twin.Arena.Gradients, "gradients", 1e-6);
        autograd.ComputeGradients(new ScheduledAutograd.Batch(source, target, label), new ScheduledAutograd.Draws(told, numbers));
        Close.To(model.Arena.Gradients, other.Arena.Gradients, "gradients of autograd", 1e-6);
    }

    [Fact]
    public void A_translator_learns_and_beams_find_its_translations()
    {
        using var generator = new Generator(3);
        using Reverser model = new(generator);
        using ReverserTrainer trainer = new(model) { Seed = 1 };
        var (source, target, label) = Reversed(1000, generator);
        using var data = new InMemoryData(source, label).With("target", target);
        trainer.Fit(data);
        model.eval();

        var (unseen, _, truth) = Reversed(20, generator);
        using var scope = NewDisposeScope();
        using var start = zeros([1, 1], int64);
        List<IReadOnlyList<long>> translations = [], references = [];
        for (int i = 0; i < 20; i++)
        {
            var next = BeamSearch.Translator(
                (tokens, context) => model.forward(context, tokens), places: 5, unseen.narrow(0, i, 1));
            var found = new BeamSearch(width: 3, end: 1, length: 5).Search(next, start);
            translations.Add([.. found[0].Tokens.Skip(1)]);
            references.Add([.. truth[i].data<long>()]);
        }

        // Five tokens with the end: of 6⁴ sequences it has seen a thousand at most.
        Assert.InRange(BleuScore.OfPairs<long>(translations, references).Score, 0.8, 1);
    }

    private static (Tensor Source, Tensor Target, Tensor Label) Reversed(long count, Generator generator)
    {
        Tensor source = randint(2, 8, [count, 4], int64, generator: generator), turned = source.flip(1);
        Tensor begin = zeros([count, 1], int64), end = ones([count, 1], int64);
        return (source, cat([begin, turned], 1), cat([turned, end], 1));
    }
}
