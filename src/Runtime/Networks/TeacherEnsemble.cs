using TorchSharp;
using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>Several teachers as one, by a mean of their predictions (Hinton, Vinyals and Dean 2015, arXiv 1503.02531, section
/// 2).</summary>
public static class TeacherEnsemble
{
    /// <summary>The teachers on a device, in evaluation mode.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    public static T[] Of<T>(IReadOnlyList<T> teachers, Device device)
        where T : nn.Module<Tensor, Tensor>
    {
        ArgumentNullException.ThrowIfNull(teachers);
        if (teachers.Count == 0) throw new ArgumentException("An ensemble has at least one teacher.", nameof(teachers));
        var all = teachers.Select(teacher => teacher.to(device)).ToArray();
        foreach (var teacher in all) teacher.eval();
        return all;
    }

    /// <summary>The geometric mean: logits (1/M) Σₘ zₘ, whose softmax is the geometric mean of the teachers' probabilities,
    /// normalised.</summary>
    /// <param name="teachers">At least one.</param>
    /// <param name="input">A batch [N, ...].</param>
    /// <param name="sample">The sizes of the trained network's output for one sample.</param>
    /// <returns>Logits [N, <paramref name="sample"/>]; the caller frees them.</returns>
    public static Tensor Geometric(
        IReadOnlyList<nn.Module<Tensor, Tensor>> teachers, Tensor input, params ReadOnlySpan<long> sample)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        return stack(All(teachers, input, sample)).mean([0L]).MoveToOuterDisposeScope();
    }

    /// <summary>The arithmetic mean, as logits: z with softmax(z/T) = (1/M) Σₘ softmax(zₘ/T), that is T·log of the
    /// mean.</summary>
    /// <param name="teachers">At least one.</param>
    /// <param name="input">A batch [N, ...].</param>
    /// <param name="temperature">T above 0: the mean depends on it.</param>
    /// <param name="classDimension">The dimension that counts the classes.</param>
    /// <param name="sample">The sizes of the trained network's output for one sample.</param>
    /// <returns>Logits [N, <paramref name="sample"/>]; the caller frees them.</returns>
    public static Tensor Arithmetic(
        IReadOnlyList<nn.Module<Tensor, Tensor>> teachers, Tensor input, double temperature, int classDimension,
        params ReadOnlySpan<long> sample)
    {
        using var each = Each(teachers, input, sample);
        return Arithmetic(each, temperature, classDimension);
    }

    /// <summary>The arithmetic mean of predictions that are known.</summary>
    /// <param name="each">The logits of M teachers, [N, M, ...].</param>
    /// <param name="temperature">T above 0.</param>
    /// <param name="classDimension">The dimension of one teacher's logits [N, ...] that counts the classes, at least 1.</param>
    /// <returns>Logits [N, ...]; the caller frees them.</returns>
    public static Tensor Arithmetic(Tensor each, double temperature, int classDimension)
    {
        ArgumentNullException.ThrowIfNull(each);
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();

        // In logarithms throughout: the probability of a class may be too small for a float.
        var logs = Aten.div(each, temperature).log_softmax(classDimension + 1);
        return Aten.mul_(Aten.sub(logs.logsumexp(1), Math.Log(each.size(1))), temperature).MoveToOuterDisposeScope();
    }

    /// <summary>What each teacher predicts.</summary>
    /// <param name="teachers">At least one, M.</param>
    /// <param name="input">A batch [N, ...].</param>
    /// <param name="sample">The sizes of the trained network's output for one sample.</param>
    /// <returns>Logits [N, M, <paramref name="sample"/>]; the caller frees them.</returns>
    public static Tensor Each(IReadOnlyList<nn.Module<Tensor, Tensor>> teachers, Tensor input, params ReadOnlySpan<long> sample)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        return stack(All(teachers, input, sample), 1).MoveToOuterDisposeScope();
    }

    private static List<Tensor> All(IReadOnlyList<nn.Module<Tensor, Tensor>> teachers, Tensor input, ReadOnlySpan<long> sample)
    {
        var all = new List<Tensor>(teachers.Count);
        foreach (var teacher in teachers) all.Add(FrozenNetwork.Forward(teacher, input, sample));
        return all;
    }
}
