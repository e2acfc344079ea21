using System.Reflection;
using Dsl.Runtime;
using Dsl.Tests.InstanceDiscrimination;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace Dsl.Tests;

/// <summary>Instance discrimination: three steps against PyTorch in both targets, and what its memory promises.</summary>
public sealed class InstanceDiscriminationGoldenTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("dsl-").FullName;

    public static TheoryData<string, Func<object, object, IDisposable>> Cases => new()
    {
        { "nce_mlp", (model, head) => new NceMlp((Mlp)model, (Head)head) },
        { "nce_mlp", (model, head) => new NceMlpAutograd((Mlp)model, (Head)head) },
        { "nce_cnn", (model, _) => new NceCnn((Cnn)model) },
        { "nce_cnn", (model, _) => new NceCnnAutograd((Cnn)model) },
        { "softmax_mlp", (model, head) => new SoftmaxMlp((Mlp)model, (Head)head) },
        { "softmax_mlp", (model, head) => new SoftmaxMlpAutograd((Mlp)model, (Head)head) },
        { "softmax_cnn", (model, _) => new SoftmaxCnn((Cnn)model) },
        { "softmax_cnn", (model, _) => new SoftmaxCnnAutograd((Cnn)model) },
    };

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [MemberData(nameof(Cases))]
    public void Three_steps(string name, Func<object, object, IDisposable> create)
    {
        var golden = Golden.Load("instance_discrimination/" + name);
        bool isPlain = name.EndsWith("mlp", StringComparison.Ordinal), draws = name.StartsWith("nce", StringComparison.Ordinal);
        nn.Module model = isPlain ? new Mlp() : new Cnn(), head = new Head();
        using var trainer = create(model, head);
        List<(string Name, nn.Module Network)> trained = [("model.", model)];
        if (isPlain) trained.Add(("projection.", head));
        foreach (var (prefix, network) in trained) golden.Restore(network.state_dict(), "initial." + prefix);
        ((dynamic)trainer).UseSamples((long)golden.Number("samples"));
        var states = State(trainer);
        using (no_grad()) states["bank"].copy_(golden["initial.bank"]);
        for (int step = 0; step < 3; step++)
        {
            string at = $"step{step}.";
            dynamic batch = Make(trainer, "Batch", golden[at + "batch.input"], golden[at + "batch.index"]);
            List<object> drawn = [golden[at + "draw.view_shift"]];
            if (draws) drawn.Add(golden[at + "draw.negatives"]);
            dynamic losses = ((dynamic)trainer).ComputeGradients(batch, (dynamic)Make(trainer, "Draws", [.. drawn]));
            golden.Matches(at + "loss.contrastive", (Tensor)losses.Contrastive);
            golden.Matches(at + "loss.total", (Tensor)losses.Total);
            foreach (var (prefix, network) in trained)
            {
                var arena = (ParameterArena)((dynamic)network).Arena;
                foreach (var (parameter, value) in network.named_parameters())
                    golden.Matches($"{at}gradient.{prefix}{parameter}", ArenaGradient.Of(arena, value));
            }

            ((dynamic)trainer).ApplyGradients();
            foreach (var (prefix, network) in trained)
                foreach (var (state, value) in network.state_dict()) golden.Matches($"{at}after.{prefix}{state}", value);
            golden.Matches(at + "after.bank", states["bank"]);
            if (draws) golden.Matches(at + "after.normalizer", states["normalizer"]);
        }
    }

    [Fact]
    public void Batches_of_an_update_see_one_memory_and_the_normaliser_of_the_first()
    {
        var golden = Golden.Load("instance_discrimination/nce_mlp");
        using Mlp model = new();
        using Head head = new();
        golden.Restore(model.state_dict(), "initial.model.");
        golden.Restore(head.state_dict(), "initial.projection.");
        using var trainer = new NceAccumulated(model, head);
        trainer.UseSamples(20);
        var states = State(trainer);
        using (no_grad()) states["bank"].copy_(golden["initial.bank"]);
        Tensor input = golden["step0.batch.input"], index = golden["step0.batch.index"];
        Tensor shift = golden["step0.draw.view_shift"], negatives = golden["step0.draw.negatives"];
        using var halves = new BatchWindow<NceAccumulated.Batch>();
        foreach (int start in (int[])[0, 4]) halves.Add(new(input.narrow(0, start, 4), index.narrow(0, start, 4)));
        using var counts = trainer.CountWindow(halves);
        for (int half = 0; half < 2; half++)
            trainer.ComputeGradients(halves[half], new(shift.narrow(0, 4 * half, 4), negatives.narrow(0, 4 * half, 4)), counts);
        Assert.Equal(0, states["normalizer.known"].ToDouble());
        golden.Matches("initial.bank", states["bank"]);
        trainer.ApplyGradients();

        // The memories do not depend on the normaliser, which is that of the first half alone.
        golden.Matches("step0.after.bank", states["bank"]);
        Assert.Equal(1, states["normalizer.known"].ToDouble());
        Tensor own = golden["initial.bank"].index_select(0, index.narrow(0, 0, 4)).unsqueeze(1);
        Tensor others = golden["initial.bank"].index_select(0, negatives.narrow(0, 0, 4).flatten()).reshape(4, 6, 8);
        Tensor directions = golden["step0.value.directions"].narrow(0, 0, 4).unsqueeze(2);
        Tensor similarities = cat([own, others], 1).bmm(directions).div(0.2);
        Close.To(similarities.exp().mean().log(), states["normalizer"], "the normaliser of the first half");
    }

    [Fact]
    public void A_step_that_is_skipped_leaves_memory_and_normaliser_as_they_were()
    {
        using var model = new Mlp();
        using var trainer = new NceRun(model);
        trainer.StepsPerEpoch = 1;
        trainer.UseSamples(8);
        var states = State(trainer);
        using var before = states["bank"].clone();
        using var spoilt = new NceRun.Batch(full([8, 1, 8, 8], float.NaN), arange(8));
        trainer.Step(spoilt);
        Assert.Equal(1, trainer.SkippedSteps);
        Assert.True(before.Equals(states["bank"]));
        Assert.Equal(0, states["normalizer.known"].ToDouble());
        using var batch = new NceRun.Batch(randn(8, 1, 8, 8), arange(8));
        trainer.Step(batch);
        Assert.False(before.Equals(states["bank"]));
        Assert.Equal(1, states["normalizer.known"].ToDouble());
        Assert.True(states["normalizer"].isfinite().ToBoolean());
    }

    [Fact]
    public void A_resumed_run_is_the_uninterrupted_one_and_goes_on_with_the_same_data_alone()
    {
        string file = Path.Combine(_folder, "run");
        using var images = Images(40);
        using var whole = Create(1);
        using var half = Create(1);
        using var resumed = Create(2);
        half.Steps = 3;
        whole.Fit(images);
        half.Fit(images);
        half.Save(file);
        resumed.Resume(file, withOtherNumbers: true);
        using var fewer = Images(30);
        string message = Assert.Throws<DataMismatchException>(() => resumed.Fit(fewer)).Message;
        Assert.Contains("40", message, StringComparison.Ordinal);
        Assert.Contains("30", message, StringComparison.Ordinal);
        resumed.Fit(images);
        Assert.Equal(6, resumed.StepCount);
        Assert.Equal([40L, 12L], State(whole)["bank"].shape);
        foreach (var (name, value) in State(whole)) Assert.True(value.Equals(State(resumed)[name]), name);

        static InMemoryData Images(long count) => new(
            randn([count, 1, 8, 8], generator: new Generator(3)), zeros([count], ScalarType.Int64));

        static NceRun Create(ulong seed) => new(new Mlp(new Generator(seed))) { Seed = 7 };
    }

    [Fact]
    public void The_memory_starts_as_directions_of_the_seed()
    {
        using var first = new NceRun(new Mlp());
        using var second = new NceRun(new Mlp());
        using var other = new NceRun(new Mlp());
        first.Seed = 5;
        foreach (var trainer in (NceRun[])[first, second, other]) trainer.UseSamples(50);
        second.Seed = 5;
        Assert.True(State(first)["bank"].Equals(State(second)["bank"]));
        Assert.False(State(first)["bank"].Equals(State(other)["bank"]));
        using var lengths = State(first)["bank"].norm(1, p: 2);
        Assert.True(lengths.sub(1).abs().max().ToDouble() < 1e-5);
    }

    [Fact]
    public void Without_the_number_of_samples_there_is_no_step()
    {
        using var trainer = new NceRun(new Mlp());
        trainer.StepsPerEpoch = 1;
        using var batch = new NceRun.Batch(randn(8, 1, 8, 8), arange(8));
        string message = Assert.Throws<DataMismatchException>(() => trainer.Step(batch)).Message;
        Assert.Contains("UseSamples", message, StringComparison.Ordinal);
    }

    private static Dictionary<string, Tensor> State(object trainer) => (Dictionary<string, Tensor>)trainer.GetType()
        .GetMethod("State", BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)!.Invoke(trainer, [])!;

    private static object Make(object trainer, string type, params object[] parts) =>
        Activator.CreateInstance(trainer.GetType().GetNestedType(type)!, parts)!;
}
