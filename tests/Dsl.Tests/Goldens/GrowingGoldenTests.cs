using Dsl.Runtime;
using Dsl.Tests.Growing;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace Dsl.Tests.Growing
{
    [Model(6), Linear(12), Reshape(3, 2, 2), LeakyReLU(0.2), Tag("at2"), Conv2d(1, 1), Upsample(2), Tag("from2")]
    [From("at2"), Upsample(2), Conv2d(3, 3, Padding = 1), LeakyReLU(0.2), Tag("at4"), Conv2d(1, 1), FadeIn("from2", 1)]
    [Upsample(2), Tag("from4"), From("at4"), Upsample(2), Conv2d(2, 3, Padding = 1), LeakyReLU(0.2), Conv2d(1, 1)]
    [FadeIn("from4", 2)]
    public partial class GrowingPainter;

    [Model(1, 8, 8), Tag("at8"), AvgPool2d(2), Tag("at4"), AvgPool2d(2), Conv2d(3, 1), LeakyReLU(0.2), Tag("read2")]
    [From("at4"), Conv2d(3, 1), LeakyReLU(0.2), Tag("read4")]
    [From("at8"), Conv2d(2, 1), LeakyReLU(0.2), Conv2d(3, 3, Padding = 1), LeakyReLU(0.2), AvgPool2d(2), FadeIn("read4", 2)]
    [Conv2d(3, 3, Padding = 1), LeakyReLU(0.2), AvgPool2d(2), FadeIn("read2", 1), Flatten, Linear(1)]
    public partial class GrowingJudge;

    [Model(6), Linear(48), Reshape(3, 4, 4), LeakyReLU(0.2), Tag("at4"), Conv2d(1, 1), Upsample(2), Tag("from4")]
    [From("at4"), Upsample(2), Conv2d(2, 3, Padding = 1), LeakyReLU(0.2), Conv2d(1, 1), FadeIn("from4", 1)]
    public partial class TwoSizes;

    [Model(1, 8, 8), Tag("at8"), AvgPool2d(2), Conv2d(3, 1), LeakyReLU(0.2), Tag("read4")]
    [From("at8"), Conv2d(2, 1), LeakyReLU(0.2), Conv2d(3, 3, Padding = 1), LeakyReLU(0.2), AvgPool2d(2), FadeIn("read4", 1)]
    [Flatten, Linear(1)]
    public partial class TwoSizesJudge;

    [Trainer<TwoSizes>, Gan<TwoSizesJudge>, ProgressiveGrowing(hold: 1, fade: 2), Steps(3)]
    [Sgd(0.05, Momentum = 0.5), Sgd(0.05, Momentum = 0.5, For = "Discriminator")]
    public partial class GrowingGan;

    [Trainer<TwoSizes>(Backward = Backward.Autograd), Gan<TwoSizesJudge>, ProgressiveGrowing(hold: 1, fade: 2), Steps(3)]
    [Sgd(0.05, Momentum = 0.5), Sgd(0.05, Momentum = 0.5, For = "Discriminator")]
    public partial class GrowingGanAutograd;

    [Trainer<GrowingPainter>, WganGp<GrowingJudge>(CriticSteps = 3), ProgressiveGrowing(hold: 5, fade: 4), WeightAverage]
    [Adam(1e-2, Epsilon = 1e-12), Adam(1e-2, For = "Critic"), Steps(20), BatchSize(4)]
    public partial class SlowlyGrowing;

    [Model(1, 8, 8), Tag("at8"), AvgPool2d(2), Upsample(2), Tag("blurred")]
    [From("at8"), Conv2d(1, 3, Padding = 1), FadeIn("blurred", 1)]
    public partial class Sharpener;

    [Trainer<Sharpener>, MeanSquaredError, Sgd(0.1), ProgressiveGrowing(hold: 1, fade: 1), Steps(4)]
    public partial class SharpenerTrainer;
}

namespace Dsl.Tests
{
    /// <summary>Networks that grow against tests/goldens/growing.py, in both targets.</summary>
    public class GrowingGoldenTests
    {
        private static readonly Dictionary<string, string> Draws = new()
        {
            ["DiscriminatorNoise"] = "discriminator_latent",
            ["GeneratorNoise"] = "generator_latent",
        };

        [Fact] public void Generator() => LayerGoldenTests.Check<GrowingPainter, GrowingPainter.Tape>("growing/generator");

        [Fact] public void Judge() => LayerGoldenTests.Check<GrowingJudge, GrowingJudge.Tape>("growing/critic");

        [Fact]
        public void Data_in_the_resolution_that_stages_have_reached()
        {
            using var scope = NewDisposeScope();
            var golden = Golden.Load("growing/blend");
            var shares = golden["shares"];
            for (int i = 0; i < shares.size(0); i++)
            {
                double[] row = [.. shares[i].data<float>().ToArray().Select(share => (double)share)];
                golden.Matches($"seen{i}", GrowingImages.Blend(golden["input"], row));
            }
        }

        [Fact]
        public void Images_that_do_not_halve_are_refused()
        {
            using var scope = NewDisposeScope();
            Assert.Contains("multiples of 4", Assert.Throws<ArgumentException>(
                () => GrowingImages.Blend(zeros(1, 1, 8, 6), 1, 0.5)).Message, StringComparison.Ordinal);
            Assert.Throws<ArgumentException>(() => GrowingImages.Blend(zeros(1, 8, 8), 1));
            Assert.Throws<ArgumentException>(() => GrowingImages.Blend(zeros(1, 1, 8, 8), 1.5));
            Assert.Throws<ArgumentException>(() => GrowingImages.Blend(zeros(1, 1, 8, 8), double.NaN));
        }

        [Theory]
        [InlineData(typeof(GrowingGan))]
        [InlineData(typeof(GrowingGanAutograd))]
        public void Three_steps(Type type)
        {
            using var generator = new TwoSizes();
            using var judge = new TwoSizesJudge();
            var constructor = type.GetConstructors().Single();
            using var trainer = (IDisposable)constructor.Invoke(
                [generator, judge, .. constructor.GetParameters().Skip(2).Select(parameter => parameter.DefaultValue)]);
            var run = new PhaseRun(
                Golden.Load("growing/training"), trainer, Draws, "generator",
                ("discriminator", "Discriminator", judge, judge.Arena),
                ("generator", "Generator", generator, generator.Arena));
            run.CheckSteps();
        }

        /// <summary>Hold of 5 steps, fade of 4: stages begin at the steps 5 and 14.</summary>
        [Fact]
        public void The_ramp()
        {
            using var trainer = new SlowlyGrowing(new GrowingPainter(), new GrowingJudge());
            double[] first = [.. Enumerable.Range(0, 20).Select(step => trainer.Stage1At(step))],
                second = [.. Enumerable.Range(0, 20).Select(step => trainer.Stage2At(step))];
            Assert.Equal([0, 0, 0, 0, 0, 0.25, 0.5, 0.75, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1], first);
            Assert.Equal([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0.25, 0.5, 0.75, 1, 1, 1], second);
            Assert.Equal([0, 0, 0, 0, 0, 5, 5, 5, 5, 5, 5, 5, 5, 5, 14, 14, 14, 14, 14, 14],
                Enumerable.Range(0, 20).Select(step => trainer.StageBeginAt(step)));
        }

        /// <summary>Layers of a stage that has not begun stay as they are, those of one that has begin with Adam's first
        /// update, which moves each number by the learning rate, whatever the count of steps; and every network knows its
        /// stages.</summary>
        [Fact]
        public void Optimizers_begin_anew_with_each_stage()
        {
            using var scope = NewDisposeScope();
            using var generator = new Generator(3);
            using var painter = new GrowingPainter(generator);
            using var trainer = new SlowlyGrowing(painter, new GrowingJudge(generator)) { Seed = 1 };
            var late = painter.state_dict()["18.weight"];
            using var start = late.detach().clone();
            var images = randn([4, 1, 8, 8], generator: generator);
            for (int step = 0; step < 14; step++) trainer.Step(new SlowlyGrowing.Batch(images));
            Close.To(start, late, "layers that have not begun", 0);
            Assert.Equal((1.0, 0.0), Shares(painter));

            // Of three steps the generator has one: its first update of the stage is that of step 14.
            Assert.NotNull(trainer.Step(new SlowlyGrowing.Batch(images)).Generator);
            Assert.Equal((1.0, 0.25), Shares(painter));
            Assert.Equal((1.0, 0.25), Shares(trainer.Average));
            var moved = (late.detach() - start).abs();
            Assert.InRange(moved.max().ToDouble(), 0.99e-2, 1.01e-2);
            Assert.InRange(moved.median().ToDouble(), 0.99e-2, 1.01e-2);
        }

        [Fact]
        public void A_resumed_run_goes_on_at_its_stage()
        {
            using var scope = NewDisposeScope();
            using var images = new InMemoryData(randn([8, 1, 8, 8], generator: new Generator(5)), zeros(8, ScalarType.Int64));
            string path = Path.Combine(Path.GetTempPath(), $"growing-{Guid.NewGuid():n}");
            using var whole = New();
            for (int step = 0; step < 16; step++) Step(whole);
            using (var half = New())
            {
                for (int step = 0; step < 12; step++) Step(half);
                half.Save(path);
            }

            using var resumed = New();
            resumed.Resume(path);
            File.Delete(path);
            for (int step = 12; step < 16; step++) Step(resumed);
            foreach (var (name, expected) in whole.Model.state_dict())
                Close.To(expected, resumed.Model.state_dict()[name], name, 0);

            SlowlyGrowing New() =>
                new(new GrowingPainter(new Generator(1)), new GrowingJudge(new Generator(2))) { Seed = 4 };

            void Step(SlowlyGrowing trainer) => trainer.Step(new SlowlyGrowing.Batch(images.Inputs.narrow(0, 0, 4)));
        }

        /// <summary>Not of adversaries alone: a network that is trained by an objective sees blended samples, too.</summary>
        [Fact]
        public void Objectives_see_samples_of_the_stage()
        {
            using var scope = NewDisposeScope();
            using var model = new Sharpener(new Generator(1));
            using var trainer = new SharpenerTrainer(model);
            Tensor images = randn([3, 1, 8, 8], generator: new Generator(2)), zero = zeros_like(images);
            var blurred = nn.functional.upsample_nearest2d(nn.functional.avg_pool2d(images, 2), [8L, 8]);
            var losses = trainer.Step(new SharpenerTrainer.Batch(images, zero));
            Close.To(blurred.square().mean(), losses.Total, "the loss before the stage");
            using (no_grad())
            {
                model.SetStage(1, 1);
                var expected = model.forward(images).square().mean();
                Close.To(expected, trainer.Step(new SharpenerTrainer.Batch(images, zero)).Total, "the loss of the stage");
            }
        }

        [Fact]
        public void Shares_lie_between_0_and_1()
        {
            using var model = new Sharpener();
            Assert.Throws<ArgumentOutOfRangeException>(() => model.SetStage(0, 1));
            Assert.Throws<ArgumentOutOfRangeException>(() => model.SetStage(2, 1));
            Assert.Throws<ArgumentOutOfRangeException>(() => model.SetStage(1, -0.1));
            Assert.Throws<ArgumentOutOfRangeException>(() => model.SetStage(1, double.NaN));
        }

        private static (double First, double Second) Shares(nn.Module model) =>
            (model.state_dict()["13.share"].ToDouble(), model.state_dict()["21.share"].ToDouble());
    }
}
