using Dsl.Runtime;
using Dsl.Tests.Recipes;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace Dsl.Tests;

/// <summary>Twenty steps of training with gradients taken elsewhere, or with averages of weights, against PyTorch.</summary>
public class PlacesAndAveragesTests
{
    public static TheoryData<ScalarType> Types => [ScalarType.Float32, ScalarType.Float64];

    [Theory, MemberData(nameof(Types))]
    public void Schedule_free(ScalarType type)
    {
        Check<Smooth, ScheduleFree>("schedule_free", type, new(), m => new(m), (t, x, y) => t.Step(new(x, y)).Total);
        Check<Smooth, ScheduleFreeAutograd>("schedule_free", type, new(), m => new(m), (t, x, y) => t.Step(new(x, y)).Total);
        Check<Smooth, ScheduleFreeWarmup>(
            "schedule_free_warmup", type, new(), m => new(m), (t, x, y) => t.Step(new(x, y)).Total);
    }

    [Theory, MemberData(nameof(Types))]
    public void Sharpness_aware(ScalarType type)
    {
        Check<SmoothNormalized, SharpnessTrainer>(
            "sharpness_aware", type, new(), m => new(m), (t, x, y) => t.Step(new(x, y)).Total);
        Check<SmoothNormalized, SharpnessAutograd>(
            "sharpness_aware", type, new(), m => new(m), (t, x, y) => t.Step(new(x, y)).Total);
    }

    [Theory, MemberData(nameof(Types))]
    public void Lookahead(ScalarType type)
    {
        Check<Smooth, LookaheadTrainer>("lookahead", type, new(), m => new(m), (t, x, y) => t.Step(new(x, y)).Total);
        Check<Smooth, LookaheadAutograd>("lookahead", type, new(), m => new(m), (t, x, y) => t.Step(new(x, y)).Total);
    }

    [Theory, MemberData(nameof(Types))]
    public void Stochastic_weight_averaging(ScalarType type)
    {
        CheckAverages<Averaged>(type, m => new(m) { StepsPerEpoch = 4 }, t => t.Average, (t, x, y) => t.Step(new(x, y)),
            (t, data) => t.MeasureStatistics(data));
        CheckAverages<AveragedAutograd>(type, m => new(m) { StepsPerEpoch = 4 }, t => t.Average,
            (t, x, y) => t.Step(new(x, y)), (t, data) => t.MeasureStatistics(data));
    }

    [Fact]
    public void An_average_of_the_last_epochs_is_evaluated_with_statistics_of_its_own()
    {
        using var data = new InMemoryData(randn([24, 4], generator: new Generator(3)) + 2, arange(24).remainder(3));
        using var model = new SmoothNormalized(new Generator(1));
        using var trainer = new AveragedTail(model);
        var ends = new EpochWeights(trainer, model.Arena, 4);
        trainer.Fit(data, ends);
        using var mean = (ends.Weights[2] + ends.Weights[3] + ends.Weights[4]) / 3;
        Close.To(mean, trainer.Average.Arena.Values, "the mean of the last three epochs");

        // Two passes in batches of equal size have one mean, whatever their order; so that of all samples is it.
        using var hidden = data.ReadInputs(arange(24)).matmul(trainer.Average.Linear0Weight.t());
        Close.To(hidden.mean([0]), trainer.Average.BatchNorm1d1RunningMean, "the running mean");
        Assert.False(trainer.Average.training);

        // A checkpoint holds the average.
        string path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        trainer.Save(path);
        using var other = new SmoothNormalized(new Generator(2));
        using var resumed = new AveragedTail(other);
        resumed.Resume(path);
        File.Delete(path);
        Assert.True(trainer.Average.Arena.Values.Equals(resumed.Average.Arena.Values));
        Assert.Equal(trainer.Evaluate(data).Loss, resumed.Evaluate(data).Loss);
    }

    [Fact]
    public void Gradients_that_wait_are_added_and_do_not_move_the_place()
    {
        using var generator = new Generator(5);
        using var model = new Smooth(new Generator(2));
        using var trainer = new SharpnessWindows(model);
        var first = new SharpnessWindows.Batch(randn([6, 4], generator: generator), randint(0, 3, [6], generator: generator));
        var second = new SharpnessWindows.Batch(randn([6, 4], generator: generator), randint(0, 3, [6], generator: generator));
        using var counts = trainer.CountWindow([first, second]);
        using var draws = new SharpnessWindows.Draws();
        trainer.ComputeGradients(first, draws, counts);
        using var ofFirst = model.Arena.Gradients.clone();
        using var parameters = model.Arena.Values.clone();
        trainer.ComputeGradients(second, draws, counts);
        using var ofBoth = model.Arena.Gradients.clone();
        using (no_grad()) model.Arena.Gradients.zero_();
        trainer.ComputeGradients(second, draws, counts);
        using var ofSecond = model.Arena.Gradients.clone();
        Close.To(ofFirst + ofSecond, ofBoth, "both batches", 1e-6);
        Assert.True(parameters.Equals(model.Arena.Values));
        using (no_grad()) model.Arena.Gradients.zero_();
    }

    [Fact]
    public void What_is_frozen_stays_where_the_gradient_is_taken()
    {
        using var model = new Smooth(new Generator(2));
        using var other = new Smooth(new Generator(2));
        using var trainer = new SharpnessWindows(model);
        using var unfrozen = new SharpnessWindows(other);
        trainer.Freeze("0");
        using var before = model.Linear0Weight.clone();
        var batch = new SharpnessWindows.Batch(randn([6, 4], generator: new Generator(1)), arange(6).remainder(3));
        trainer.Step(batch);
        unfrozen.Step(batch);
        Assert.True(before.Equals(model.Linear0Weight));
        Assert.False(other.Linear2Weight.Equals(model.Linear2Weight));
    }

    [Fact]
    public void Runs_resume_bit_for_bit()
    {
        Resumes<ScheduleFree>(model => new(model), (trainer, data, watcher) => trainer.Fit(data, watcher));
        Resumes<LookaheadTrainer>(model => new(model), (trainer, data, watcher) => trainer.Fit(data, watcher));
        Resumes<ScheduleFreeLookahead>(model => new(model), (trainer, data, watcher) => trainer.Fit(data, watcher));
    }

    [Fact]
    public void Schedule_free_is_evaluated_at_the_average()
    {
        using var data = new InMemoryData(randn([24, 4], generator: new Generator(3)), arange(24).remainder(3));
        using var model = new Smooth(new Generator(1));
        using var trainer = new ScheduleFree(model);
        trainer.Fit(data);

        // The network that the user has is the average, and so is what is evaluated and saved.
        var held = model.Arena.Values.clone();
        double evaluated = trainer.Evaluate(data).Loss;
        model.eval();
        var logits = model.forward(data.ReadInputs(arange(24)));
        Assert.Equal(nn.functional.cross_entropy(logits, data.ReadLabels(arange(24))).item<float>(), evaluated, 1e-5);
        Assert.True(held.Equals(model.Arena.Values));
    }

    private static void Resumes<TTrainer>(
        Func<Smooth, TTrainer> create, Action<TTrainer, InMemoryData, ITrainingProgress?> fit)
        where TTrainer : Trainer
    {
        using var data = new InMemoryData(randn([24, 4], generator: new Generator(3)), arange(24).remainder(3));
        string path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        using var whole = new Smooth(new Generator(1));
        using (var trainer = create(whole)) fit(trainer, data, null);
        using var first = new Smooth(new Generator(1));
        using (var trainer = create(first)) fit(trainer, data, new SaveAfter(trainer, 7, path));
        using var second = new Smooth(new Generator(2));
        using (var trainer = create(second))
        {
            trainer.Resume(path);
            Assert.Equal(7, trainer.StepCount);
            fit(trainer, data, null);
        }

        File.Delete(path);
        Assert.True(whole.Arena.Values.Equals(second.Arena.Values));
    }

    private static void Check<TModel, TTrainer>(
        string name, ScalarType type, TModel made, Func<TModel, TTrainer> create, Func<TTrainer, Tensor, Tensor, Tensor> step)
        where TModel : nn.Module
        where TTrainer : Trainer
    {
        var golden = Golden.Load("places_and_averages/" + name);
        using var model = made.to(type);
        var state = model.state_dict();
        Restore(golden, model);
        using var trainer = create(model);
        for (int number = 0; number < 20; number++)
        {
            var loss = step(trainer, golden[$"step{number}.input"].to(type), golden[$"step{number}.label"]);
            if (golden.Names.Contains($"step{number}.loss")) golden.Matches($"step{number}.loss", loss);
            foreach (var (key, value) in state)
            {
                if (golden.Names.Contains($"step{number}.after.{key}"))
                    golden.Matches($"step{number}.after.{key}", value, 2e-5);
            }
        }
    }

    private static void CheckAverages<TTrainer>(
        ScalarType type, Func<SmoothNormalized, TTrainer> create, Func<TTrainer, SmoothNormalized> average,
        Action<TTrainer, Tensor, Tensor> step, Action<TTrainer, InMemoryData> measure)
        where TTrainer : Trainer
    {
        var golden = Golden.Load("places_and_averages/stochastic_weight_averaging");
        using var model = new SmoothNormalized().to(type);
        Restore(golden, model);
        using var trainer = create(model);
        for (int number = 0; number < 20; number++)
        {
            Assert.Equal(golden[$"step{number}.rate"].ToDouble(), trainer.LearningRateAt(number), 2e-6);
            step(trainer, golden[$"step{number}.input"].to(type), golden[$"step{number}.label"]);
            foreach (var (key, value) in model.named_parameters())
            {
                if (golden.Names.Contains($"step{number}.after.{key}")) golden.Matches($"step{number}.after.{key}", value);
            }

            foreach (var (key, value) in average(trainer).named_parameters())
            {
                if (number % 4 == 3) golden.Matches($"step{number}.average.{key}", value);
            }
        }

        using var inputs = cat([.. Enumerable.Range(0, 20).Select(number => golden[$"step{number}.input"])]).to(type);
        using var data = new InMemoryData(inputs, zeros(120, ScalarType.Int64));
        measure(trainer, data);

        // Of any order of the samples the mean is the same; the variances of batches are another matter, below.
        foreach (var (key, value) in average(trainer).named_buffers().Where(entry => entry.name == "1.running_mean"))
            golden.Matches("measured." + key, value);
        using var ordered = new EpochSampler(120, 6, true, 0);
        long batch = 0;
        RunningStatistics.Measure(average(trainer), [("1.running_mean", "1.running_var", 0.1)], ordered, _ =>
            average(trainer).forward(golden[$"step{batch++}.input"].to(type)));
        foreach (var (key, value) in average(trainer).named_buffers().Where(entry => entry.name.Contains("running")))
            golden.Matches("measured." + key, value);
    }

    private static void Restore(Golden golden, nn.Module model)
    {
        using var noGrad = no_grad();
        foreach (var (name, value) in model.named_parameters()) value.copy_(golden["initial." + name]);
    }
}

/// <summary>The weights at the ends of epochs.</summary>
internal sealed class EpochWeights(Trainer trainer, ParameterArena arena, long stepsPerEpoch) : ITrainingProgress
{
    public List<Tensor> Weights { get; } = [];

    /// <inheritdoc/>
    public void Started(TrainingRun run)
    {
    }

    /// <inheritdoc/>
    public void Stepped(long step, Tensor loss)
    {
        if (trainer.StepCount % stepsPerEpoch == 0) Weights.Add(arena.Values.clone());
    }

    /// <inheritdoc/>
    public void Finished(TrainingReport report)
    {
    }
}
