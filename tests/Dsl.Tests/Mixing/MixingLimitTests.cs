using Dsl.Runtime;
using Dsl.Tests.Layers;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace Dsl.Tests.Mixings;

/// <summary>What a mixture must do at the ends of its range, whatever the data.</summary>
public class MixingLimitTests
{
    private static readonly long[] Order = [2, 4, 0, 3, 5, 1];

    [Fact]
    public void Mixup_with_all_of_each_sample_is_plain_training()
    {
        var (x, y) = Rows();
        using var plain = new PlainTrainer(Seeded<Mlp>());
        var expected = plain.ComputeGradients(new(x, y), new()).Total;
        using var first = new MixupTrainer(Seeded<Mlp>());
        Close.To(expected, first.ComputeGradients(new(x, y), new(tensor(1f), tensor(Order))).Total, "loss");
        Close.To(plain.Model.Arena.Gradients, first.Model.Arena.Gradients, "gradients");
        using var second = new MixupAutograd(Seeded<Mlp>());
        Close.To(expected, second.ComputeGradients(new(x, y), new(tensor(1f), tensor(Order))).Total, "loss of autograd");
        Close.To(plain.Model.Arena.Gradients, second.Model.Arena.Gradients, "gradients of autograd");
    }

    [Fact]
    public void Mixup_with_none_of_each_sample_is_plain_training_on_the_partners()
    {
        var (x, y) = Rows();
        var order = tensor(Order);
        using var plain = new PlainTrainer(Seeded<Mlp>());
        var expected = plain.ComputeGradients(new(x.index_select(0, order), y.index_select(0, order)), new()).Total;
        using var mixup = new MixupTrainer(Seeded<Mlp>());
        Close.To(expected, mixup.ComputeGradients(new(x, y), new(tensor(0f), order)).Total, "loss");
        Close.To(plain.Model.Arena.Gradients, mixup.Model.Arena.Gradients, "gradients");
    }

    [Theory]
    [InlineData(0.1f)]
    [InlineData(0.5f)]
    [InlineData(0.9f)]
    public void Samples_mixed_with_themselves_are_themselves(float share)
    {
        var (x, y) = Rows();
        using var plain = new PlainTrainer(Seeded<Mlp>());
        var expected = plain.ComputeGradients(new(x, y), new()).Total;
        using var mixup = new MixupTrainer(Seeded<Mlp>());
        Close.To(expected, mixup.ComputeGradients(new(x, y), new(tensor(share), arange(6, ScalarType.Int64))).Total, "loss");
        Close.To(plain.Model.Arena.Gradients, mixup.Model.Arena.Gradients, "gradients");
    }

    [Fact]
    public void Alpha_decides_between_one_sample_and_the_mean_of_two()
    {
        var (x, y) = Rows();
        using var trainer = new MixupTrainer(Seeded<Mlp>());
        Assert.All(Shares(1e-6), share => Assert.True(share is < 1e-6 or > 1 - 1e-6, $"{share}"));
        Assert.Contains(Shares(1e-6), share => share < 0.5);
        Assert.Contains(Shares(1e-6), share => share > 0.5);
        Assert.All(Shares(1e6), share => Assert.Equal(0.5, share, 0.01));
        Assert.Equal(0.5, Shares(1).Average(), 0.05);
        Assert.Equal(1.0 / 12, Shares(1).Average(share => (share - 0.5) * (share - 0.5)), 0.02);

        List<double> Shares(double alpha)
        {
            trainer.MixupAlpha = alpha;
            var shares = new List<double>();
            for (int seed = 0; seed < 400; seed++)
            {
                trainer.Seed = seed;
                using var draws = trainer.SampleDraws(new(x, y));
                Assert.Equal([0, 1, 2, 3, 4, 5], draws.MixupPartners.data<long>().Order());
                shares.Add(draws.MixupShare.ToDouble());
            }

            return shares;
        }
    }

    [Fact]
    public void Evaluation_sees_no_mixture()
    {
        var (x, y) = Rows();
        using var data = new InMemoryData(x, y);
        using var plain = new PlainTrainer(Seeded<Mlp>());
        using var mixup = new MixupTrainer(Seeded<Mlp>());
        Assert.Equal(plain.Evaluate(data), mixup.Evaluate(data));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void Manifold_mixup_with_all_of_each_sample_is_plain_training(long place)
    {
        var (x, y) = Images();
        using var plain = new PlainPlaces(Seeded<Places>());
        var expected = plain.ComputeGradients(new(x, y), new()).Total;
        using var first = new ManifoldTrainer(Seeded<Places>());
        Close.To(expected, first.ComputeGradients(new(x, y), new(tensor(1f), tensor(Order), tensor(place))).Total, "loss");
        Close.To(plain.Model.Arena.Gradients, first.Model.Arena.Gradients, "gradients");
        Assert.All(plain.Model.named_buffers().Zip(first.Model.named_buffers()),
            pair => Close.To(pair.First.buffer, pair.Second.buffer, pair.First.name, 0));
    }

    [Fact]
    public void A_network_mixes_where_it_is_told_and_both_targets_agree_on_the_input()
    {
        var model = Seeded<Places>().to(ScalarType.Float64);
        var input = Images().Input.to(ScalarType.Float64);
        var mixing = new Places.Mixing(
            tensor(Order), Early: tensor(0.3, ScalarType.Float64), Late: tensor(0.8, ScalarType.Float64));
        using var tape = new Places.Tape();
        var output = model.Forward(input, tape, mixing);
        var gradient = output.cos();
        var inputGradient = model.Backward(tape, gradient, inputGradient: true)!;
        var watched = input.clone().requires_grad_();
        var expected = model.ForwardFeatures(watched, mixing).Output;
        expected.backward([gradient]);
        Close.To(expected, output, "output", 1e-10);
        Close.To(watched.grad!, inputGradient, "input gradient", 1e-10);
        Assert.True(
            (model.Forward(input, tape) - output).abs().max().ToDouble() > 0.01, "without a mixture the output is another");
    }

    [Fact]
    public void The_place_is_drawn_from_all()
    {
        var (x, y) = Images();
        using var trainer = new ManifoldTrainer(Seeded<Places>());
        var drawn = new int[3];
        for (int seed = 0; seed < 300; seed++)
        {
            trainer.Seed = seed;
            using var draws = trainer.SampleDraws(new(x, y));
            drawn[draws.ManifoldMixupPlace.ToInt64()]++;
        }

        Assert.All(drawn, count => Assert.InRange(count, 60, 140));
    }

    [Fact]
    public void An_average_of_the_network_sees_no_mixture_and_both_targets_agree()
    {
        var (x, y) = Images();
        var unlabeled = 1 - x;
        using var first = new ManifoldMeanTeacher(Seeded<Places>());
        using var draws = first.SampleDraws(new(x, y, unlabeled));
        var losses = first.ComputeGradients(new(x, y, unlabeled), draws);
        using var second = new ManifoldMeanTeacherAutograd(Seeded<Places>());
        var others = second.ComputeGradients(new(x, y, unlabeled), new(
            draws.InputShift, draws.ManifoldMixupShare, draws.ManifoldMixupPartners, draws.StudentShift, draws.TeacherShift));
        Close.To(losses.CrossEntropy, others.CrossEntropy, "cross-entropy");
        Close.To(losses.Consistency, others.Consistency, "consistency");
        Close.To(first.Model.Arena.Gradients, second.Model.Arena.Gradients, "gradients");
    }

    [Fact]
    public void Every_labelled_objective_is_mixed()
    {
        var (x, y) = Rows();
        var (share, order, place) = (tensor(0.3f), tensor(Order), tensor(1L));
        using var first = new TwoHeadsTrainer(Seeded<TwoHeads>());
        var losses = first.ComputeGradients(new(x, y), new(share, order, place));
        using var second = new TwoHeadsAutograd(Seeded<TwoHeads>());
        var others = second.ComputeGradients(new(x, y), new(share, order, place));
        Close.To(losses.Total, others.Total, "total");
        Close.To(first.Model.Arena.Gradients, second.Model.Arena.Gradients, "gradients");

        // The second head by hand.
        using var noGrad = no_grad();
        var (own, hidden) = (y, nn.functional.relu(nn.functional.linear(x, first.Model.Linear0Weight, first.Model.Linear0Bias)));
        var mixed = (hidden * share) + (hidden.index_select(0, order) * (1 - share));
        var logits = nn.functional.linear(mixed, first.Model.Linear6Weight, first.Model.Linear6Bias);
        var expected = (nn.functional.cross_entropy(logits, own) * share)
            + (nn.functional.cross_entropy(logits, own.index_select(0, order)) * (1 - share));
        Close.To(expected, losses.CrossEntropySide, "the side's loss");
    }

    [Theory]
    [InlineData(0f)]
    [InlineData(0.25f)]
    [InlineData(1f)]
    public void Real_targets_are_mixed_as_losses(float share)
    {
        var (x, _) = Rows();
        var y = x.narrow(1, 3, 2).clone();
        using var trainer = new RegressionMixup(Seeded<Line>());
        var order = tensor(Order);
        using var noGrad = no_grad();
        var z = nn.functional.linear(
            (x * share) + (x.index_select(0, order) * (1 - share)), trainer.Model.Linear0Weight, trainer.Model.Linear0Bias);
        var expected = ((z - y).square().mean() * share) + ((z - y.index_select(0, order)).square().mean() * (1 - share));
        Close.To(expected, trainer.ComputeGradients(new(x, y), new(tensor(share), order)).Total, "loss");
    }

    [Fact]
    public void CutMix_that_does_not_happen_is_plain_training()
    {
        var (x, y) = Images();
        using var plain = new PlainCnnTrainer(Seeded<Cnn>());
        var expected = plain.ComputeGradients(new(x, y), new()).Total;
        using var trainer = new SometimesCutMix(Seeded<Cnn>());
        Close.To(expected, trainer.ComputeGradients(
            new(x, y), new(tensor(0.2f), tensor(Order), tensor(4L), tensor(4L), tensor(false))).Total, "loss");
        Close.To(plain.Model.Arena.Gradients, trainer.Model.Arena.Gradients, "gradients");
    }

    [Fact]
    public void A_box_covers_what_its_share_says()
    {
        using var stream = new RandomStream(7, "test");
        for (int step = 0; step < 200; step++)
        {
            using var scope = NewDisposeScope();
            var sampler = new DrawSampler(stream, step, ScalarType.Float32, CPU);
            var (share, row, column) = (sampler.Beta(1, 1), sampler.Integers(9), sampler.Integers(13));
            var kept = CutMixBox.Kept(share, row, column, 9, 13);
            double side = Math.Sqrt(1 - share.ToDouble());
            var (rows, columns) = (Extent(row.ToInt64(), (int)(9 * side), 9), Extent(column.ToInt64(), (int)(13 * side), 13));
            Assert.Equal(1 - (rows * columns / 117.0), kept.mean().ToDouble(), 2e-6);
        }

        static long Extent(long centre, long length, long size) =>
            Math.Min(centre + (length / 2), size) - Math.Max(centre - (length / 2), 0);
    }

    [Fact]
    public void AugMix_without_a_share_of_its_chains_is_plain_training()
    {
        var (x, y) = Images();
        using var plain = new PlainLinears(Seeded<Linears>());
        var expected = plain.ComputeGradients(new(x, y), new()).Total;
        using var trainer = new AugMixLinears(Seeded<Linears>());
        using var draws = trainer.SampleDraws(new(x, y));
        var losses = trainer.ComputeGradients(
            new(x, y), draws with { AugMixFirstShare = zeros(6), AugMixSecondShare = zeros(6) });
        Close.To(expected, losses.CrossEntropy, "loss");
        Assert.Equal(0, losses.JensenShannon.ToDouble(), 2e-6);
        Close.To(plain.Model.Arena.Gradients, trainer.Model.Arena.Gradients, "gradients");
    }

    [Fact]
    public void The_divergence_of_three_predictions_is_at_most_log_3()
    {
        var (x, y) = Images();
        var model = Seeded<Linears>();
        using (no_grad()) model.Linear1Weight.mul_(1000);
        using var trainer = new AugMixLinears(model) { AugMixSeverity = 10 };
        for (int seed = 0; seed < 20; seed++)
        {
            trainer.Seed = seed;
            using var draws = trainer.SampleDraws(new(x, y));
            Assert.InRange(trainer.ComputeGradients(new(x, y), draws).JensenShannon.ToDouble(), -1e-6, Math.Log(3) + 1e-5);
            Assert.False(trainer.Model.Arena.Gradients.isnan().any().ToBoolean());
        }
    }

    [Fact]
    public void Draws_of_weights_and_shares()
    {
        using var stream = new RandomStream(7, "test");
        var sampler = new DrawSampler(stream, 0, ScalarType.Float64, CPU);
        var weights = sampler.Dirichlet(1, 4000, 3);
        Close.To(ones(4000, ScalarType.Float64), weights.sum(1L), "sums", 1e-12);
        Close.To(full([3], 1.0 / 3, ScalarType.Float64), weights.mean([0L]), "means", 0.05);

        // Of Dirichlet(1, 1, 1), each weight is of Beta(1, 2), whose variance is 1/18; with parameters of 100, 1/3 · 2/3 / 301.
        Close.To(full([3], 1.0 / 18, ScalarType.Float64), (weights - (1.0 / 3)).square().mean([0L]), "variances", 0.1);
        Close.To(full([3], 2.0 / 9 / 301, ScalarType.Float64),
            (sampler.Dirichlet(100, 4000, 3) - (1.0 / 3)).square().mean([0L]), "small variances", 0.1);
        Assert.False(sampler.Dirichlet(1e-6, 100, 3).isnan().any().ToBoolean());
        var shares = sampler.Betas(2, 2, 4000);
        Close.To(tensor(0.5, ScalarType.Float64), shares.mean(), "mean", 0.02);
        Close.To(tensor(0.05, ScalarType.Float64), (shares - 0.5).square().mean(), "variance", 0.1);
    }

    private static T Seeded<T>()
        where T : nn.Module
    {
        // Not the global generator, which other tests draw from at the same time.
        using var generator = new Generator(5);
        return (T)Activator.CreateInstance(typeof(T), generator)!;
    }

    private static (Tensor Input, Tensor Label) Rows()
    {
        using var generator = new Generator(1);
        return (rand(6, 12, generator: generator), tensor(new long[] { 0, 1, 2, 3, 4, 0 }));
    }

    private static (Tensor Input, Tensor Label) Images()
    {
        using var generator = new Generator(2);
        return (rand(6, 1, 8, 8, generator: generator), tensor(new long[] { 0, 1, 2, 3, 9, 0 }));
    }
}
