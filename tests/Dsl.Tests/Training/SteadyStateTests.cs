using Dsl.Runtime;
using Dsl.Tests.Steady;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace Dsl.Tests.Training;

/// <summary>Behind the first steps, a step makes no tensor, allocates no managed memory, and calls no operator through libtorch's
/// dispatcher, which would allocate its result.</summary>
[Collection(nameof(SteadyStateTests))]
public sealed class SteadyStateTests
{
    [OwnFact]
    public void A_dense_network_by_Adam()
    {
        using var trainer = new DenseByAdam(new Dense());
        using var batch = new DenseByAdam.Batch(rand(32, 64), randint(10, [32], ScalarType.Int64));
        Expect(() => trainer.Step(batch));
    }

    [OwnFact]
    public void A_dense_network_by_momentum_with_clipping()
    {
        using var trainer = new DenseBySgd(new Dense());
        using var batch = new DenseBySgd.Batch(rand(32, 64), randint(10, [32], ScalarType.Int64));
        Expect(() => trainer.Step(batch));
    }

    [OwnFact]
    public void A_dense_network_to_numbers()
    {
        using var trainer = new DenseByAdamW(new Dense());
        using var batch = new DenseByAdamW.Batch(rand(32, 64), rand(32, 10));
        Expect(() => trainer.Step(batch));
    }

    [OwnFact]
    public void Batches_of_several_sizes()
    {
        using var trainer = new DenseByAdam(new Dense());
        using var many = new DenseByAdam.Batch(rand(32, 64), randint(10, [32], ScalarType.Int64));
        using var few = new DenseByAdam.Batch(rand(7, 64), randint(10, [7], ScalarType.Int64));
        Expect(() =>
        {
            trainer.Step(many);
            trainer.Step(few);
        });
    }

    [OwnFact(convolves: true)]
    public void A_convolutional_network()
    {
        using var trainer = new PooledTrainer(new Pooled());
        using var batch = new PooledTrainer.Batch(rand(16, 1, 12, 12), randint(10, [16], ScalarType.Int64));
        Expect(() => trainer.Step(batch));
    }

    [OwnFact]
    public void A_transformer_of_characters()
    {
        using var trainer = new CharactersTrainer(new Characters());
        using var batch = new CharactersTrainer.Batch(
            randint(12, [4, 8], ScalarType.Int64), randint(12, [4, 8], ScalarType.Int64));
        Expect(() => trainer.Step(batch));
    }

    [OwnFact]
    public void A_transformer_of_patches()
    {
        using var trainer = new PatchesTrainer(new Patches());
        using var batch = new PatchesTrainer.Batch(rand(4, 16, 8), randint(10, [4], ScalarType.Int64));
        Expect(() => trainer.Step(batch));
    }

    [OwnFact]
    public void A_long_short_term_memory()
    {
        using var trainer = new LongMemoryTrainer(new LongMemory());
        using var batch = new LongMemoryTrainer.Batch(rand(4, 6, 8), randint(10, [4], ScalarType.Int64));
        Expect(() => trainer.Step(batch));
    }

    [OwnFact]
    public void Gated_recurrent_units()
    {
        using var trainer = new GatedTrainer(new Gated());
        using var batch = new GatedTrainer.Batch(rand(4, 6, 8), randint(10, [4], ScalarType.Int64));
        Expect(() => trainer.Step(batch));
    }

    [OwnFact]
    public void A_loss_of_ones_own_which_is_one_loop()
    {
        using var trainer = new SteadyCharbonnier(new Dense());
        using var batch = new SteadyCharbonnier.Batch(rand(32, 64), rand(32, 10));
        Expect(() => trainer.Step(batch));
    }

    [OwnFact]
    public void Diffusion()
    {
        using var trainer = new SteadyDiffusion(new SteadyDenoiser());
        using var batch = new SteadyDiffusion.Batch(rand(8, 1, 4, 4));
        using var draws = trainer.SampleDraws(batch);
        Expect(() => trainer.Step(batch, draws));
    }

    [OwnFact]
    public void Values_of_actions_beside_those_of_a_copy()
    {
        using var trainer = new SteadyDqn(new SteadyValues());
        using var batch = new SteadyDqn.Batch(
            rand(8, 4), randint(2, [8], ScalarType.Int64), rand(8), rand(8, 4), zeros(8));
        Expect(() => trainer.Step(batch));
    }

    [OwnFact]
    public void A_teacher_that_is_asked()
    {
        using var teacher = new SteadyTeacher();
        teacher.eval();
        using var trainer = new SteadyDistillation(new Dense(), teacher);
        using var batch = new SteadyDistillation.Batch(rand(32, 64));
        Expect(() => trainer.Step(batch));
    }

    [OwnFact]
    public void A_graph()
    {
        using var trainer = new SteadyGraphTrainer(new SteadyGraph());
        using var batch = new SteadyGraphTrainer.Batch(
            rand(20, 12), randint(20, [2, 50], ScalarType.Int64), randint(3, [20], ScalarType.Int64));
        Expect(() => trainer.Step(batch));
    }

    [Fact]
    public void Steps_go_on_alike_with_and_without_a_plan()
    {
        float[] planned = Losses(), other = Losses(changesSize: true);
        Assert.Equal(planned[0], other[0]);

        // The same batches; the plan is left and found again in between.
        static float[] Losses(bool changesSize = false)
        {
            using var generator = new Generator(3);
            using var trainer = new DenseByAdam(new Dense(generator));
            using Tensor x = rand([32, 64], generator: generator), y = arange(32, ScalarType.Int64).remainder(10);
            var losses = new List<float>();
            for (int i = 0; i < 8; i++)
            {
                if (changesSize && i % 3 == 2)
                {
                    // Looks at a part, and learns nothing from it.
                    using var part = new DenseByAdam.Batch(x.narrow(0, 0, 4 + i), y.narrow(0, 0, 4 + i));
                    using var draws = DenseByAdam.SampleDraws(part);
                    trainer.ComputeGradients(part, draws);
                    trainer.Model.Arena.Gradients.zero_();
                }

                using var batch = new DenseByAdam.Batch(x.alias(), y.alias());
                losses.Add(trainer.Step(batch).Total.item<float>());
            }

            return [losses[^1]];
        }
    }

    [Fact]
    public void Losses_are_told_until_the_next_step_alone()
    {
        using var trainer = new DenseByAdam(new Dense());
        using var batch = new DenseByAdam.Batch(rand(32, 64), randint(10, [32], ScalarType.Int64));
        DenseByAdam.Losses before = default;
        var seen = new HashSet<float>();
        for (int i = 0; i < 5; i++)
        {
            var losses = trainer.Step(batch);
            seen.Add(losses.Total.item<float>());
            Assert.Equal(losses.Total.item<float>(), losses.CrossEntropy.item<float>());
            if (i > 0) Assert.ThrowsAny<Exception>(() => before.Total.item<float>());
            before = losses;
        }

        Assert.Equal(5, seen.Count);
        Assert.Contains("next step", Assert.Throws<ObjectDisposedException>(Stale).Message);

        object Stale()
        {
            trainer.Step(batch);
            return before.Total;
        }
    }

    private static void Expect(Action step)
    {
        for (int i = 0; i < 40; i++) step();
        (long tensors, long bytes) = (Made(), GC.GetAllocatedBytesForCurrentThread());
        for (int i = 0; i < 20; i++) step();
        Assert.Equal((0, 0), (Made() - tensors, GC.GetAllocatedBytesForCurrentThread() - bytes));
    }

    private static long Made()
    {
        var statistics = DisposeScopeManager.Statistics.TensorStatistics;
        return statistics.CreatedInScopeCount + statistics.CreatedOutsideScopeCount;
    }

    // Where products are libtorch's, so is their memory.
    private sealed class OwnFactAttribute : FactAttribute
    {
        public OwnFactAttribute(bool convolves = false)
        {
            if (!MemoryChoice.IsPlanned || !LoopChoice.IsOurs) Skip = "DSL_MEMORY or DSL_LOOPS is libtorch.";
            else if (!ProductChoice.IsOurs) Skip = "Products are libtorch's here (DSL_PRODUCTS).";
            else if (convolves && !ProductChoice.AreConvolutionsOurs) Skip = "Convolutions are libtorch's here (DSL_PRODUCTS).";
        }
    }
}

/// <summary>TorchSharp counts the tensors of all threads.</summary>
[CollectionDefinition(nameof(SteadyStateTests), DisableParallelization = true)]
public sealed class CountedAlone;
