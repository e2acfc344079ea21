using System.Reflection;
using Dsl.Runtime;
using Dsl.Tests.Contrastive;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace Dsl.Tests;

/// <summary>Momentum contrast: three steps against PyTorch in both targets, and what its queue promises.</summary>
public sealed class ContrastiveGoldenTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("dsl-").FullName;

    public static TheoryData<string, Func<object, IDisposable>> Cases => new()
    {
        { "moco_mlp", model => new MoCoMlp((Mlp)model) },
        { "moco_mlp", model => new MoCoMlpAutograd((Mlp)model) },
        { "moco_cnn", model => new MoCoCnn((Cnn)model) },
        { "moco_cnn", model => new MoCoCnnAutograd((Cnn)model) },
    };

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [MemberData(nameof(Cases))]
    public void Three_steps(string name, Func<object, IDisposable> create)
    {
        var golden = Golden.Load("contrastive/" + name);
        nn.Module<Tensor, Tensor> model = name == "moco_mlp" ? new Mlp() : new Cnn();
        golden.Restore(model.state_dict(), "initial.");
        using var trainer = create(model);
        var arena = (ParameterArena)((dynamic)model).Arena;
        var states = State(trainer);
        using (no_grad()) states["queue"].copy_(golden["initial.queue"]);
        for (int step = 0; step < 3; step++)
        {
            string at = $"step{step}.";
            dynamic batch = Make(trainer, "Batch", golden[at + "batch.input"]);
            dynamic draws = Make(trainer, "Draws", golden[at + "draw.first_shift"], golden[at + "draw.second_shift"]);
            dynamic losses = ((dynamic)trainer).ComputeGradients(batch, draws);
            golden.Matches(at + "loss.contrastive", (Tensor)losses.Contrastive);
            golden.Matches(at + "loss.total", (Tensor)losses.Total);
            foreach (var (parameter, value) in model.named_parameters())
                golden.Matches($"{at}gradient.{parameter}", ArenaGradient.Of(arena, value));
            ((dynamic)trainer).ApplyGradients();
            foreach (var (state, value) in model.state_dict()) golden.Matches($"{at}after.{state}", value);
            foreach (var (state, value) in ((nn.Module)((dynamic)trainer).Key).state_dict())
                golden.Matches($"{at}after.key.{state}", value);
            golden.Matches(at + "after.queue", states["queue"]);
            Assert.Equal(golden[at + "after.pointer"].ToInt64(), states["queue.next"].ToInt64());
        }
    }

    [Fact]
    public void Batches_of_an_update_are_told_from_the_same_queue()
    {
        var golden = Golden.Load("contrastive/moco_mlp");
        using var model = new Mlp();
        golden.Restore(model.state_dict(), "initial.");
        using var trainer = new MoCoAccumulated(model);
        var states = State(trainer);
        using (no_grad()) states["queue"].copy_(golden["initial.queue"]);
        Tensor input = golden["step0.batch.input"];
        Tensor first = golden["step0.draw.first_shift"], second = golden["step0.draw.second_shift"];
        using var halves = new BatchWindow<MoCoAccumulated.Batch>();
        foreach (int start in (int[])[0, 4]) halves.Add(new(input.narrow(0, start, 4)));
        using var counts = trainer.CountWindow(halves);
        for (int half = 0; half < 2; half++)
        {
            trainer.ComputeGradients(halves[half], new(first.narrow(0, 4 * half, 4), second.narrow(0, 4 * half, 4)), counts);
        }

        foreach (var (parameter, value) in model.named_parameters())
            golden.Matches($"step0.gradient.{parameter}", ArenaGradient.Of(model.Arena, value));
        Assert.Equal(0, states["queue.next"].ToInt64());
        trainer.ApplyGradients();
        golden.Matches("step0.after.queue", states["queue"]);
        Assert.Equal(8, states["queue.next"].ToInt64());
    }

    [Fact]
    public void A_step_that_is_skipped_leaves_the_queue_as_it_was()
    {
        using var model = new Mlp();
        using var trainer = new MoCoSkipping(model);
        trainer.StepsPerEpoch = 1;
        var states = State(trainer);
        using var before = states["queue"].clone();
        using var spoilt = new MoCoSkipping.Batch(full([6, 1, 8, 8], float.NaN));
        trainer.Step(spoilt);
        Assert.Equal(1, trainer.SkippedSteps);
        Assert.True(before.Equals(states["queue"]));
        using var batch = new MoCoSkipping.Batch(randn(6, 1, 8, 8));
        trainer.Step(batch);
        Assert.Equal(6, states["queue.next"].ToInt64());
        Assert.True(states["queue"].isfinite().all().ToBoolean());
    }

    [Fact]
    public void Batches_that_do_not_divide_the_queue_go_round_it()
    {
        using var model = new Mlp();
        using var trainer = new MoCoRagged(model);
        trainer.StepsPerEpoch = 1;
        var states = State(trainer);
        for (int step = 0; step < 5; step++)
        {
            using var before = states["queue"].clone();
            using var batch = new MoCoRagged.Batch(randn(6, 1, 8, 8));
            trainer.Step(batch);
            using var changed = states["queue"].ne(before).any(1);
            long[] expected = [.. Enumerable.Range(0, 6).Select(i => (long)((step * 6) + i) % 20).Order()];
            Assert.Equal(expected, changed.nonzero().flatten().data<long>().ToArray());
        }

        using var lengths = states["queue"].norm(1, p: 2);
        Assert.True(lengths.sub(1).abs().max().ToDouble() < 1e-5);
    }

    [Fact]
    public void A_resumed_run_is_the_uninterrupted_one()
    {
        string file = Path.Combine(_folder, "run");
        using var images = new InMemoryData(randn([40, 1, 8, 8], generator: new Generator(3)), zeros([40], ScalarType.Int64));
        using var whole = new MoCoRagged(new Mlp(new Generator(1))) { Seed = 7 };
        using var half = new MoCoRagged(new Mlp(new Generator(1))) { Seed = 7, Steps = 3 };
        using var resumed = new MoCoRagged(new Mlp(new Generator(2)));
        Assert.True(State(whole)["queue"].Equals(State(half)["queue"]));
        Assert.False(State(whole)["queue"].Equals(State(resumed)["queue"]));
        whole.Fit(images);
        half.Fit(images);
        half.Save(file);
        resumed.Resume(file, withOtherNumbers: true);
        resumed.Fit(images);
        Assert.Equal(6, resumed.StepCount);
        foreach (var (name, value) in State(whole)) Assert.True(value.Equals(State(resumed)[name]), name);
    }

    private static Dictionary<string, Tensor> State(object trainer) => (Dictionary<string, Tensor>)Call(trainer, "State")!;

    private static object Make(object trainer, string type, params object[] parts) =>
        Activator.CreateInstance(trainer.GetType().GetNestedType(type)!, parts)!;

    private static object? Call(object trainer, string method, params object[] arguments) => trainer.GetType()
        .GetMethod(method, BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)!.Invoke(trainer, arguments);
}
