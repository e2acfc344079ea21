using Dsl.Runtime;
using Dsl.Tests.Distillation;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace Dsl.Tests;

/// <summary>Adapters in a run: started by the seed, saved and resumed with the run, no part of the student.</summary>
public class AdapterRunTests
{
    [Fact]
    public void A_resumed_run_equals_the_uninterrupted_one_in_network_and_adapter()
    {
        using var data = Images();
        string path = Path.Combine(Path.GetTempPath(), $"dsl-{Guid.NewGuid():n}.safetensors");
        try
        {
            using var whole = new SlimExplicit(Student(), Teacher());
            whole.Fit(data, new SaveAt(3, () => whole.Save(path)));
            using var resumed = new SlimExplicit(Student(9), Teacher()) { Seed = 77 };
            Assert.False(whole.Adapters.Values.Equals(resumed.Adapters.Values));
            resumed.Resume(path);
            Assert.Equal((3L, 3L), (resumed.StepCount, resumed.Seed));
            resumed.Fit(data);
            Assert.Equal(6, resumed.StepCount);
            Assert.True(whole.Model.Arena.Values.Equals(resumed.Model.Arena.Values));
            Assert.True(whole.Adapters.Values.Equals(resumed.Adapters.Values));
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void An_adapter_that_was_set_before_the_first_step_is_resumed_as_it_was()
    {
        string path = Path.Combine(Path.GetTempPath(), $"dsl-{Guid.NewGuid():n}.safetensors");
        try
        {
            using var trainer = new SlimAutograd(Student(), Teacher());
            using (no_grad()) trainer.AdapterMiddleBias.fill_(7);
            trainer.Save(path);
            using var resumed = new SlimAutograd(Student(), Teacher()) { Seed = 5 };
            resumed.Resume(path);
            Assert.True(trainer.Adapters.Values.Equals(resumed.Adapters.Values));
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void Adapters_start_as_layers_do_by_the_seed_alone()
    {
        using var first = new SlimExplicit(Student(), Teacher());
        using var second = new SlimAutograd(Student(8), Teacher());
        Assert.True(first.Adapters.Values.Equals(second.Adapters.Values));
        using var weight = first.AdapterMiddleWeight.abs();
        double bound = 1 / Math.Sqrt(3);
        Assert.InRange(weight.max().ToDouble(), bound / 2, bound);
        Assert.InRange(weight.min().ToDouble(), 0, bound / 2);

        using var before = first.Adapters.Values.clone();
        first.Seed = 4;
        Assert.False(before.Equals(first.Adapters.Values));
        first.Seed = 3;
        Assert.True(before.Equals(first.Adapters.Values));
        using var data = Images();
        first.Step(new(data.Inputs));
        Assert.False(before.Equals(first.Adapters.Values));
        using var learned = first.Adapters.Values.clone();
        first.Seed = 4;
        Assert.True(learned.Equals(first.Adapters.Values));
    }

    [Fact]
    public void A_student_is_saved_and_used_without_its_adapter()
    {
        using var data = Images();
        using var trainer = new SlimExplicit(Student(), Teacher());
        trainer.Fit(data);
        Assert.Equal(new Slim().state_dict().Keys, trainer.Model.state_dict().Keys);
        Assert.Equal([14L, 5], trainer.Model.forward(data.Inputs).shape);
        Assert.Null(typeof(HintExplicit).GetProperty("Adapters"));
    }

    [Fact]
    public void Both_targets_train_alike_with_parts_norms_clipping_and_accumulation()
    {
        using var seeded = new Generator(11);
        using var data = new InMemoryData(randn([22, 6], generator: seeded), zeros([22], ScalarType.Int64));
        var teacher = new WideRow(seeded);
        using var trainer = new RowParts(Row(), teacher);
        using var autograd = new RowPartsAutograd(Row(), teacher);
        using var start = trainer.Adapters.Values.clone();
        trainer.Fit(data);
        autograd.Fit(data);
        Assert.Equal(9, trainer.StepCount);
        Close.To(trainer.Model.Arena.Values, autograd.Model.Arena.Values, "the network", 1e-5);
        Close.To(trainer.Adapters.Values, autograd.Adapters.Values, "the adapter", 1e-5);
        Assert.True((start - trainer.Adapters.Values).abs().max().ToDouble() > 0.01);

        static SlimRow Row()
        {
            using var generator = new Generator(5);
            return new SlimRow(generator);
        }
    }

    private static InMemoryData Images()
    {
        using var seeded = new Generator(7);
        return new InMemoryData(randn([14, 2, 6, 6], generator: seeded), zeros([14], ScalarType.Int64));
    }

    private static Slim Student(ulong seed = 1)
    {
        using var seeded = new Generator(seed);
        return new Slim(seeded);
    }

    private static Wide Teacher()
    {
        using var seeded = new Generator(2);
        return new Wide(seeded);
    }

    private sealed class SaveAt(long at, Action save) : ITrainingProgress
    {
        public void Started(TrainingRun run)
        {
        }

        public void Stepped(long step, Tensor loss)
        {
            if (step == at) save();
        }

        public void Finished(TrainingReport report)
        {
        }
    }
}
