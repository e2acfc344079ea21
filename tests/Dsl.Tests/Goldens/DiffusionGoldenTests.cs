using System.Reflection;
using Dsl.Runtime;
using Dsl.Tests.Diffusions;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace Dsl.Tests;

/// <summary>Diffusion models: three steps and whole ways from noise to samples, as in PyTorch, in both targets.</summary>
public sealed class DiffusionGoldenTests
{
    private const int Levels = 12, DdimSteps = 5;

    public static TheoryData<string, Func<nn.Module, IDisposable>> Cases => new()
    {
        { "noise", model => new NoiseMlp((Mlp)model) },
        { "noise", model => new NoiseMlpAutograd((Mlp)model) },
        { "noise_cnn", model => new NoiseCnn((Cnn)model) },
        { "noise_cnn", model => new NoiseCnnAutograd((Cnn)model) },
        { "noise_min_snr", model => new NoiseMinSnr((Mlp)model) },
        { "sample_cosine", model => new SampleCosine((Mlp)model) },
        { "sample_cosine", model => new SampleCosineAutograd((Mlp)model) },
        { "sample_min_snr", model => new SampleMinSnr((Mlp)model) },
        { "velocity", model => new Velocity((Mlp)model) },
        { "velocity_min_snr", model => new VelocityMinSnrAutograd((Mlp)model) },
        { "labels", model => new ByLabel((Labelled)model) },
        { "labels", model => new ByLabelAutograd((Labelled)model) },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Three_steps_and_samples(string name, Func<nn.Module, IDisposable> create)
    {
        using var scope = NewDisposeScope();
        var golden = Golden.Load("diffusion/" + name);
        nn.Module model = Network(name);
        using var trainer = create(model);
        var arena = (ParameterArena)((dynamic)model).Arena;
        golden.Restore(model.state_dict(), "initial.");
        for (int step = 0; step < 3; step++)
        {
            string at = $"step{step}.";
            dynamic losses = ((dynamic)trainer).ComputeGradients(
                (dynamic)Make(trainer, "Batch", golden, at + "batch."), (dynamic)Make(trainer, "Draws", golden, at + "draw."));
            golden.Matches(at + "loss.denoising", (Tensor)losses.Denoising);
            golden.Matches(at + "loss.total", (Tensor)losses.Total);
            foreach (var (parameter, value) in model.named_parameters())
                golden.Matches($"{at}gradient.{parameter}", ArenaGradient.Of(arena, value));
            ((dynamic)trainer).ApplyGradients();
            foreach (var (state, value) in model.state_dict()) golden.Matches($"{at}after.{state}", value);
        }

        Tensor noise = golden["noise"];
        string way = name is "noise_cnn" ? "posterior" : name is "sample_min_snr" or "velocity_min_snr" ? "clipped" : "beta";
        var trained = (dynamic)trainer;
        if (name == "labels")
        {
            Tensor labels = golden["labels"];
            Last(golden, "beta", (Tensor)trained.Sample(noise, labels));
            Last(golden, "guided", (Tensor)trained.Sample(noise, labels, 2.5));
            Last(golden, "ddim", (Tensor)trained.SampleDdim(noise.narrow(0, 0, 1), labels, DdimSteps));
            Last(golden, "ddim_noisy", (Tensor)trained.SampleDdim(noise, labels, DdimSteps, 0.5));
        }
        else
        {
            Last(golden, way, (Tensor)trained.Sample(noise));
            if (way == "clipped") return;
            Last(golden, "ddim", (Tensor)trained.SampleDdim(noise.narrow(0, 0, 1), DdimSteps));
            Last(golden, "ddim_noisy", (Tensor)trained.SampleDdim(noise, DdimSteps, 0.5));
        }
    }

    /// <summary>Not the end alone: what every step makes.</summary>
    [Theory]
    [InlineData("noise", DenoisingTarget.Noise)]
    [InlineData("sample_cosine", DenoisingTarget.Sample)]
    [InlineData("velocity", DenoisingTarget.Velocity)]
    public void Ways_step_by_step(string name, DenoisingTarget target)
    {
        using var scope = NewDisposeScope();
        var golden = Golden.Load("diffusion/" + name);
        using Mlp model = new();
        golden.Restore(model.state_dict(), "step2.after.");
        double[] betas = name == "sample_cosine" ? BetaSchedule.Cosine(Levels) : BetaSchedule.Linear(Levels, 0.02, 0.6);
        golden.Matches("betas", tensor(betas));
        foreach (string way in (string[])["beta", "posterior", "clipped", "ddim", "ddim_noisy"])
        {
            using var diffusion = new GaussianDiffusion(betas, target, 0, ScalarType.Float32, CPU)
            {
                HasPosteriorVariance = way == "posterior",
                Clip = way == "clipped" ? 0.5 : 0,
            };
            golden.Matches("remaining", tensor(diffusion.Signals.ToArray()));
            List<Tensor> seen = [];
            var noise = diffusion.Given(golden["noise"], Levels, 10);
            Tensor end = way.StartsWith("ddim", StringComparison.Ordinal)
                ? diffusion.SampleDdim(model, Predict, noise, DdimSteps, way == "ddim" ? 0 : 0.5)
                : diffusion.Sample(model, Predict, noise);
            golden.Matches("sampled." + way, stack([.. seen.Skip(1), end]));

            Tensor Predict(Tensor x, Tensor t)
            {
                seen.Add(x.clone().DetachFromDisposeScope());
                return model.forward(x, t);
            }
        }
    }

    [Fact]
    public void Halves_of_a_batch_are_a_batch()
    {
        var golden = Golden.Load("diffusion/noise_min_snr");
        using Mlp model = new();
        golden.Restore(model.state_dict(), "initial.");
        using var trainer = new Accumulated(model);
        Tensor input = golden["step0.batch.input"], noise = golden["step0.draw.noise"], time = golden["step0.draw.time"];
        using var halves = new BatchWindow<Accumulated.Batch>();
        foreach (int start in (int[])[0, 4]) halves.Add(new(input.narrow(0, start, 4)));
        using var counts = trainer.CountWindow(halves);
        for (int half = 0; half < 2; half++)
            trainer.ComputeGradients(halves[half], new(noise.narrow(0, 4 * half, 4), time.narrow(0, 4 * half, 4)), counts);
        trainer.ApplyGradients();
        foreach (var (state, value) in model.state_dict()) golden.Matches($"step0.after.{state}", value);
    }

    [Fact]
    public void Samples_are_the_averages_in_evaluation_mode_and_a_function_of_the_seed()
    {
        using var scope = NewDisposeScope();
        using var data = new InMemoryData(randn(32, 2, 4, 4), zeros(32, ScalarType.Int64));
        using var trainer = new Averaged(new Cnn());
        trainer.Fit(data);
        var running = trainer.Average.state_dict().ToDictionary(pair => pair.Key, pair => pair.Value.clone());
        Tensor first = trainer.Sample(5, seed: 3), again = trainer.Sample(5, seed: 3), other = trainer.Sample(5, seed: 4);
        Assert.Equal([5, 2, 4, 4], first.shape);
        Assert.False(first.requires_grad);
        Close.To(first, again, "the same seed", 0);
        Assert.True((first - other).abs().max().ToDouble() > 1e-3);
        Assert.True(trainer.Model.training);
        foreach (var (name, value) in trainer.Average.state_dict()) Close.To(running[name], value, name, 0);

        var noise = randn([1, 3, 2, 4, 4]);
        var before = trainer.SampleDdim(noise, 4);
        Close.To(before, trainer.SampleDdim(noise, 4), "the same noise", 0);
        using (no_grad()) trainer.Model.Arena.Values.zero_();
        Close.To(before, trainer.SampleDdim(noise, 4), "the average's samples", 0);
        using (no_grad()) trainer.Average.Arena.Values.zero_();
        Assert.True((before - trainer.SampleDdim(noise, 4)).abs().max().ToDouble() > 1e-3);

        Assert.Throws<ArgumentOutOfRangeException>(() => trainer.Sample(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => trainer.SampleDdim(2, Levels + 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => trainer.SampleDdim(2, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => trainer.SampleDdim(2, 4, eta: 1.5));
        Assert.Throws<DataMismatchException>(() => trainer.Sample(randn([Levels - 1, 3, 2, 4, 4])));
        Assert.Throws<DataMismatchException>(() => trainer.SampleDdim(randn([1, 3, 2, 4, 5]), 4));
        Assert.Throws<DataMismatchException>(() => trainer.SampleDdim(noise, 4, eta: 0.5));
    }

    [Fact]
    public void Labels_are_read_by_training_and_sampling()
    {
        using var scope = NewDisposeScope();
        using var data = new InMemoryData(randn(32, 10), arange(32, ScalarType.Int64).remainder(3));
        using var trainer = new LabelledEpochs(new Labelled());
        trainer.Fit(data);
        var labels = tensor(new long[] { 0, 2, -100 });
        Tensor first = trainer.Sample(labels, seed: 1), other = trainer.Sample(tensor(new long[] { 1, 2, -100 }), seed: 1);
        Assert.Equal([3, 10], first.shape);
        Close.To(first[1..], other[1..], "samples of the same labels");
        Assert.True((first[0] - other[0]).abs().max().ToDouble() > 1e-3);
        Assert.True((first[0] - trainer.Sample(labels, guidance: 4, seed: 1)[0]).abs().max().ToDouble() > 1e-3);
        Assert.Throws<DataMismatchException>(() => trainer.Sample(tensor(new long[] { 3 })));
        Assert.Throws<ArgumentOutOfRangeException>(() => trainer.Sample(labels, guidance: -1));
        using var unknown = new LabelledEpochs.Batch(randn(2, 10), tensor(new long[] { 0, 3 }));
        Assert.Throws<DataMismatchException>(() => trainer.Step(unknown));
    }

    [Fact]
    public void Steps_and_samples_leave_no_tensors()
    {
        using var trainer = new Averaged(new Cnn());
        trainer.StepsPerEpoch = 3;
        long Run(int steps)
        {
            for (int i = 0; i < steps; i++)
            {
                using var batch = new Averaged.Batch(randn(8, 2, 4, 4));
                trainer.Step(batch);
                trainer.Sample(2).Dispose();
                trainer.SampleDdim(2, 3, 0.5).Dispose();
            }

            return DisposeScopeManager.Statistics.TensorStatistics.ThreadTotalLiveCount;
        }

        long after = Run(4);
        Assert.Equal(after, Run(8));
    }

    private static nn.Module Network(string name) => name switch
    {
        "noise_cnn" => new Cnn(),
        "labels" => new Labelled(),
        _ => new Mlp(),
    };

    private static void Last(Golden golden, string way, Tensor actual) =>
        Close.To(golden["sampled." + way].select(0, -1), actual, $"{golden.Name}: {way}");

    private static object Make(object trainer, string type, Golden golden, string prefix)
    {
        var constructor = trainer.GetType().GetNestedType(type)!
            .GetConstructors(BindingFlags.Public | BindingFlags.Instance).Single();
        return constructor.Invoke([.. constructor.GetParameters().Select(parameter =>
            (object)golden[prefix + (parameter.Name == "LeftOut" ? "left_out" : parameter.Name!.ToLowerInvariant())].alias())]);
    }
}
