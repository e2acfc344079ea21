using Dsl.Runtime;
using Dsl.Tests.Distillation;
using Dsl.Tests.Objectives;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace Dsl.Tests;

/// <summary>Limits of what teachers do, and runs with them.</summary>
public class TeacherTests
{
    [Fact]
    public void An_ensemble_of_one_is_its_teacher()
    {
        using var seeded = new Generator(4);
        var (model, teacher) = (new Logits(seeded), new Logits(seeded));
        using var single = new DistillExplicit(model, teacher);
        using var arithmetic = new ArithmeticExplicit(model, [teacher]);
        using var geometric = new GeometricExplicit(model, [teacher]);
        using var input = randn([5, 8], generator: seeded);
        double expected = single.ComputeGradients(new(input), new()).Total.ToDouble();
        Assert.True(expected > 0);
        Assert.Equal(expected, arithmetic.ComputeGradients(new(input), new()).Total.ToDouble(), 1e-5);
        Assert.Equal(expected, geometric.ComputeGradients(new(input), new()).Total.ToDouble(), 1e-5);
    }

    [Fact]
    public void The_two_means_differ_where_teachers_contradict_each_other()
    {
        using var input = eye(2, 8);
        var (one, other) = (new Logits(), new Logits());
        using (no_grad())
        {
            one.Linear0Weight.zero_();
            other.Linear0Weight.zero_();
            one.Linear0Weight[0, 0] = 100;
            other.Linear0Weight[1, 0] = 100;
        }

        // Each is sure of another class. Arithmetic: half and half; the logits' mean says the same here, but not with a third
        // of 0.
        Logits[] teachers = [one, other];
        using var arithmetic = TeacherEnsemble.Arithmetic(teachers, input, 1, 1, 10);
        using var probabilities = arithmetic.softmax(1);
        Assert.Equal(0.5, probabilities[0, 0].ToDouble(), 1e-5);
        Assert.Equal(0.5, probabilities[0, 1].ToDouble(), 1e-5);

        // A teacher that rules all but one class out, beside an undecided one: 1/2 (1 + 1/10) and 1.
        using (no_grad()) other.Linear0Weight.zero_();
        using var mean = TeacherEnsemble.Arithmetic(teachers, input, 1, 1, 10).softmax(1);
        using var geometric = TeacherEnsemble.Geometric(teachers, input, 10).softmax(1);
        Assert.Equal(0.55, mean[0, 0].ToDouble(), 1e-5);
        Assert.Equal(1, geometric[0, 0].ToDouble(), 1e-5);
    }

    [Fact]
    public void An_ensemble_of_none_is_refused() =>
        Assert.Throws<ArgumentException>(() => new ArithmeticExplicit(new Logits(), []));

    [Fact]
    public void A_network_does_not_teach_itself()
    {
        var model = new Logits();
        var single = Assert.Throws<ArgumentException>(() => new DistillExplicit(model, model));
        Assert.Contains("BornAgain", single.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new ArithmeticExplicit(model, [new Logits(), model]));
    }

    [Fact]
    public void Noise_of_deviation_0_or_probability_0_is_none()
    {
        using var seeded = new Generator(4);
        var (model, teacher) = (new Logits(seeded), new Logits(seeded));
        using var input = randn([5, 8], generator: seeded);
        using var plain = new DistillExplicit(model, teacher);
        double expected = plain.ComputeGradients(new(input), new()).Total.ToDouble();
        using var noisy = new NoisyExplicit(model, teacher) { DistillTeacherNoise = 0 };
        Assert.Equal(expected, Loss(noisy, input), 2e-6);
        noisy.DistillTeacherNoise = 1;
        noisy.DistillTeacherNoiseProbability = 0;
        Assert.Equal(expected, Loss(noisy, input), 2e-6);
        noisy.DistillTeacherNoiseProbability = 1;
        Assert.NotEqual(expected, Loss(noisy, input), 3);
    }

    [Fact]
    public void Noise_reaches_its_share_of_samples_and_is_fresh_in_each_step()
    {
        using var trainer = new NoisyExplicit(new Logits(), new Logits()) { DistillTeacherNoiseProbability = 0.3 };
        var batch = new NoisyExplicit.Batch(zeros(4000, 8));
        using var first = trainer.SampleDraws(batch);
        Assert.InRange(first.DistillNoisy.to(ScalarType.Float32).mean().ToDouble(), 0.27, 0.33);
        Assert.Equal([4000L, 10L], first.DistillNoise.shape);

        // E[(1 + σξ)·z] = z, and its deviation is σ·|z|.
        using var perturbed = TeacherNoise.Apply(full([4000, 10], 2.0), first.DistillNoise, ones([4000], ScalarType.Bool), 0.5);
        Assert.Equal(2, perturbed.mean().ToDouble(), 1);
        Assert.Equal(1, perturbed.std().ToDouble(), 1);
        trainer.Step(batch, first);
        using var second = trainer.SampleDraws(batch);
        Assert.False(first.DistillNoise.Equals(second.DistillNoise));
    }

    [Fact]
    public void Remembered_predictions_train_as_asked_ones_do()
    {
        using var data = Data(30);
        using var asking = new Asking(Student(), Teacher());
        using var remembering = new Remembering(Student(), Teacher());
        using var autograd = new RememberingAutograd(Student(), Teacher());
        asking.Fit(data);
        remembering.Fit(data);
        autograd.Fit(data);
        Assert.True(asking.StepCount == 20 && remembering.StepCount == 20);
        Close.To(asking.Model.Arena.Values, remembering.Model.Arena.Values, "parameters", 1e-5);
        Close.To(asking.Model.Arena.Values, autograd.Model.Arena.Values, "parameters", 1e-5);
    }

    [Fact]
    public void Remembered_predictions_of_an_ensemble_train_as_asked_ones_do()
    {
        using var data = Data(30);
        using var asking = new AskingSeveral(Student(), [Teacher(), Teacher(9)]);
        using var remembering = new RememberingSeveral(Student(), [Teacher(), Teacher(9)]);
        asking.Fit(data);
        remembering.Fit(data);
        Close.To(asking.Model.Arena.Values, remembering.Model.Arena.Values, "parameters", 1e-5);
    }

    [Fact]
    public void Remembered_predictions_for_normalised_images_train_as_asked_ones_do()
    {
        using var seeded = new Generator(7);
        using var data = new InMemoryData(rand([14, 1, 4, 4], generator: seeded), zeros([14], ScalarType.Int64));
        var teacher = new LargeImages(seeded);
        using var start = new SmallImages(seeded);
        using var asking = new AskingNormalized(Copy(), teacher);
        using var remembering = new RememberingNormalized(Copy(), teacher);
        using var autograd = new RememberingNormalizedAutograd(Copy(), teacher);
        asking.Fit(data);
        remembering.Fit(data);
        autograd.Fit(data);
        Assert.Equal(9, remembering.StepCount);
        Close.To(asking.Model.Arena.Values, remembering.Model.Arena.Values, "parameters", 1e-5);
        Close.To(asking.Model.Arena.Values, autograd.Model.Arena.Values, "parameters", 1e-5);

        // It is the normalised image that the teacher sees.
        using var expected = teacher.forward((data.Inputs - 0.3) / 0.2);
        Close.To(expected, remembering.Teach(data.Inputs), "what is remembered");

        SmallImages Copy()
        {
            var model = new SmallImages();
            using var noGrad = no_grad();
            model.Arena.Values.copy_(start.Arena.Values);
            return model;
        }
    }

    [Fact]
    public void Noise_of_an_ensemble_is_each_teacher_s_own()
    {
        using var trainer = new NoisyMeanExplicit(
            new Logits(), [new Logits(), new Logits(), new Logits()]) { DistillTeacherNoiseProbability = 0.3 };
        using var draws = trainer.SampleDraws(new(zeros(4000, 8)));
        Assert.Equal([4000L, 3, 10], draws.DistillNoise.shape);
        using var shares = draws.DistillNoisy.to(ScalarType.Float32).mean([0L]);
        Assert.All(shares.data<float>().ToArray(), share => Assert.InRange(share, 0.26f, 0.34f));
        using var together = draws.DistillNoisy.all(1).to(ScalarType.Float32).mean();
        Assert.InRange(together.ToDouble(), 0.01, 0.05);
    }

    [Fact]
    public void An_ensemble_without_noise_is_its_mean()
    {
        using var seeded = new Generator(4);
        var model = new Logits(seeded);
        Logits[] teachers = [new(seeded), new(seeded)];
        using var input = randn([5, 8], generator: seeded);
        using var plain = new ArithmeticExplicit(model, teachers);
        double expected = plain.ComputeGradients(new(input), new()).Total.ToDouble();
        using var noisy = new NoisyMeanExplicit(model, teachers) { DistillTeacherNoiseProbability = 0 };
        using var draws = noisy.SampleDraws(new(input));
        Assert.Equal(expected, noisy.ComputeGradients(new(input), draws).Total.ToDouble(), 2e-6);
        Assert.NotEqual(expected, noisy.ComputeGradients(
            new(input), draws with { DistillNoisy = ones([5, 2], ScalarType.Bool) }).Total.ToDouble(), 3);
    }

    [Fact]
    public void A_teacher_is_asked_once_for_each_sample_and_anew_when_the_temperature_changes()
    {
        using var data = Data(10);
        long asked = 0;
        using var cache = new TeacherCache(data, Ask, 4, CPU);
        using var indices = from_array(new long[] { 9, 0, 3 });
        for (int i = 0; i < 3; i++)
        {
            using var read = cache.Read(indices, 2);
            using var expected = data.ReadInputs(indices);
            Assert.True(read.Equals(expected));
        }

        Assert.Equal(10, asked);
        cache.Read(indices, 3).Dispose();
        Assert.Equal(20, asked);

        Tensor Ask(Tensor input)
        {
            asked += input.size(0);
            return input.clone();
        }
    }

    [Fact]
    public void A_teacher_is_in_evaluation_mode_and_stays_as_it_is()
    {
        using var data = Data(30);
        var teacher = Teacher();
        teacher.train();
        using var before = teacher.Arena.Values.clone();
        using var trainer = new Asking(Student(), teacher);
        Assert.False(teacher.training);
        teacher.train();
        trainer.Fit(data);
        Assert.False(teacher.training);
        Assert.True(teacher.Arena.Values.Equals(before));
    }

    [Fact]
    public void A_given_teacher_beside_the_average_of_mean_teacher()
    {
        using var data = Data(20);
        using var trainer = new TwoTeachers(Student(), Teacher());
        using var autograd = new TwoTeachersAutograd(Student(), Teacher());
        trainer.Fit(data, data);
        autograd.Fit(data, data);
        Close.To(trainer.Model.Arena.Values, autograd.Model.Arena.Values, "parameters", 1e-5);
        Close.To(trainer.Teacher.Arena.Values, autograd.Teacher.Arena.Values, "the average", 1e-5);
        Assert.False(trainer.Teacher.Arena.Values.Equals(trainer.Model.Arena.Values));
    }

    private static double Loss(NoisyExplicit trainer, Tensor input)
    {
        var batch = new NoisyExplicit.Batch(input);
        using var draws = trainer.SampleDraws(batch);
        return trainer.ComputeGradients(batch, draws).Total.ToDouble();
    }

    private static Small Student()
    {
        using var seeded = new Generator(1);
        return new Small(seeded);
    }

    private static Large Teacher(ulong seed = 2)
    {
        using var seeded = new Generator(seed);
        return new Large(seeded);
    }

    private static InMemoryData Data(long count)
    {
        using var seeded = new Generator(7);
        return new InMemoryData(
            randn([count, 6], generator: seeded), randint(0, 4, [count], ScalarType.Int64, generator: seeded));
    }
}
