using Bench;
using Bench.Eager;
using TorchSharp;
using TorchSharp.Modules;
using Xunit;
using static TorchSharp.torch;

namespace Dsl.Tests.Samples;

/// <summary>The benchmark's sides do the same work: from equal parameters they come to equal losses and parameters.</summary>
public class EagerTwinTests
{
    private const int Steps = 4;

    public static IEnumerable<object[]> Sides =>
        from name in Workload.All.Keys
        where name != "mean-teacher"
        from target in new[] { "explicit", "autograd" }
        select new object[] { name, target };

    [Theory]
    [MemberData(nameof(Sides))]
    public void Twins_learn_the_same(string name, string target)
    {
        manual_seed(1);
        var workload = Workload.All[name]();
        var ours = target == "explicit" ? workload.Explicit : workload.Autograd;
        CopyParameters(ours.Networks, workload.Eager.Networks);
        foreach (var batch in workload.Data.Take(Steps)) AssertEqualLosses(ours.Run(batch), workload.Eager, batch);
        AssertEqualParameters(ours.Networks, workload.Eager.Networks);
    }

    [Fact]
    public void Mean_teacher_s_twin_learns_the_same_as_the_explicit_target()
    {
        var trainer = new QuietExplicit(new QuietTeacher());
        CompareMeanTeacher([trainer.Model, trainer.Teacher], (batch, shifts) =>
            trainer.Step(new(batch.Input, batch.Label, batch.Unlabeled), new(shifts[0], shifts[1], shifts[2])).Total);
    }

    [Fact]
    public void Mean_teacher_s_twin_learns_the_same_as_the_autograd_target()
    {
        var trainer = new QuietAutograd(new QuietTeacher());
        CompareMeanTeacher([trainer.Model, trainer.Teacher], (batch, shifts) =>
            trainer.Step(new(batch.Input, batch.Label, batch.Unlabeled), new(shifts[0], shifts[1], shifts[2])).Total);
    }

    // Each side draws dropout's masks from a stream of its own: without dropout, and with given shifts, all else is compared.
    private static void CompareMeanTeacher(nn.Module[] ours, Func<Batch, Tensor[], Tensor> step)
    {
        manual_seed(1);
        var given = new Queue<Tensor>();
        var twin = new MeanTeacherStep(dropout: 0) { DrawOffsets = _ => given.Dequeue() };
        CopyParameters(ours, twin.Networks);
        foreach (var batch in Batch.OfClasses(32, 1, 8, 8).Take(Steps))
        {
            Tensor[] shifts = [RandomShift.DrawOffsets(32), RandomShift.DrawOffsets(64), RandomShift.DrawOffsets(64)];
            foreach (var shift in shifts) given.Enqueue(shift.alias());
            AssertEqualLosses(step(batch, shifts), twin, batch);
        }

        AssertEqualParameters(ours, twin.Networks);
    }

    private static void AssertEqualLosses(Tensor ours, EagerStep twin, Batch batch)
    {
        twin.Run(batch);
        double expected = twin.Loss!.ToDouble();
        Assert.Equal(expected, ours.ToDouble(), 1e-6 + 1e-5 * expected);
    }

    // In the mean: where a derivative is zero but for rounding, as of a key's bias, Adam makes whole steps of noise.
    private static void AssertEqualParameters(IReadOnlyList<nn.Module> ours, IReadOnlyList<nn.Module> twins)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        foreach (var (our, twin) in ours.Zip(twins))
        {
            var pairs = Pairs(our, twin).ToList();
            double apart = pairs.Sum(pair => (pair.Ours - pair.Twin).abs().sum().ToDouble());
            Assert.InRange(apart / pairs.Sum(pair => pair.Ours.numel()), 0, 1e-5);
        }
    }

    private static void CopyParameters(IReadOnlyList<nn.Module> ours, IReadOnlyList<nn.Module> twins)
    {
        using var noGrad = no_grad();
        Assert.Equal(ours.Count, twins.Count);
        foreach (var (our, twin) in ours.Zip(twins))
        {
            foreach (var pair in Pairs(our, twin)) pair.Twin.copy_(pair.Ours);
        }
    }

    // Modules of TorchSharp list their own parameters before those of their parts, wherever these are used: the shape says
    // which one is meant, and among equal shapes the order.
    private static IEnumerable<(Parameter Ours, Parameter Twin)> Pairs(nn.Module ours, nn.Module twin)
    {
        var open = twin.parameters().ToList();
        foreach (var parameter in ours.parameters())
        {
            var match = open.First(candidate => candidate.shape.SequenceEqual(parameter.shape));
            open.Remove(match);
            yield return (parameter, match);
        }

        Assert.Empty(open);
    }
}
