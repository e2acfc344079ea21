using TorchSharp;
using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>A network that is asked but not trained: a teacher.</summary>
public static class FrozenNetwork
{
    /// <summary>The logits of a module, computed without a gradient, in the mode that the module is in.</summary>
    /// <param name="module">The teacher.</param>
    /// <param name="input">A batch [N, ...].</param>
    /// <param name="sample">The sizes of the trained network's output for one sample: the number K of classes, or more for
    /// sequences and images.</param>
    /// <returns>Logits [N, <paramref name="sample"/>]; the caller frees them.</returns>
    /// <exception cref="InvalidOperationException">The module returns another shape: a [N, 1] would broadcast
    /// unnoticed.</exception>
    public static Tensor Forward(nn.Module<Tensor, Tensor> module, Tensor input, params ReadOnlySpan<long> sample)
    {
        ArgumentNullException.ThrowIfNull(module);
        ArgumentNullException.ThrowIfNull(input);
        using var noGrad = Aten.no_grad();
        using var scope = StepScope.Open();
        int mark = StepMemory.Mark();
        return Answer(module, module.forward(input), mark, input.size(0), sample);
    }

    /// <summary>What a module of any inputs returns, computed without a gradient, in the mode that the module is in.</summary>
    /// <param name="module">The network.</param>
    /// <param name="forward">A pass of it.</param>
    /// <param name="samples">N: the samples of the batch.</param>
    /// <param name="sample">The sizes of its output for one sample.</param>
    /// <returns>[N, <paramref name="sample"/>]; the caller frees it.</returns>
    /// <exception cref="InvalidOperationException">The module returns another shape.</exception>
    public static Tensor Forward(nn.Module module, Func<Tensor> forward, long samples, params ReadOnlySpan<long> sample)
    {
        ArgumentNullException.ThrowIfNull(module);
        ArgumentNullException.ThrowIfNull(forward);
        using var noGrad = Aten.no_grad();
        using var scope = StepScope.Open();
        int mark = StepMemory.Mark();
        return Answer(module, forward(), mark, samples, sample);
    }

    private static Tensor Answer(nn.Module module, Tensor logits, int mark, long samples, ReadOnlySpan<long> sample)
    {
        var sizes = TensorMemory.Sizes(logits);
        if (sizes.IsEmpty || sizes[0] != samples || !sizes[1..].SequenceEqual(sample))
        {
            string wanted = string.Join(", ", sample.ToArray());
            throw new InvalidOperationException(
                $"The teacher '{module.GetName()}' returned [{string.Join(", ", logits.shape)}] for a batch of "
                + $"{samples}, but the "
                + $"trained network returns [{samples}, {wanted}]: give a teacher that returns the same.");
        }

        // A recurrent network may go on from the states of this batch.
        if (module is not IRecurrentModel) StepMemory.GiveBackSince(mark, logits);
        return logits.MoveToOuterDisposeScope();
    }

    /// <summary>The output of a module in evaluation mode, computed without a gradient; its own mode again at the end.</summary>
    /// <param name="module">The network.</param>
    /// <param name="input">A batch [N, ...], on the network's device.</param>
    /// <returns>Its output, [N, ...] as <c>forward</c> gives it: of a classifier logits, unless it ends in a softmax; the caller
    /// frees it.</returns>
    public static Tensor Predict(this nn.Module<Tensor, Tensor> module, Tensor input)
    {
        ArgumentNullException.ThrowIfNull(module);
        return Evaluating(module, () => module.forward(input));
    }

    /// <summary>What is computed with a module in evaluation mode and without a gradient; its own mode again at the
    /// end.</summary>
    /// <param name="module">The network.</param>
    /// <param name="compute">What is computed with it.</param>
    /// <typeparam name="TResult">Its tensors; the caller frees them.</typeparam>
    public static TResult Evaluating<TResult>(nn.Module module, Func<TResult> compute)
    {
        ArgumentNullException.ThrowIfNull(module);
        ArgumentNullException.ThrowIfNull(compute);
        using var noGrad = no_grad();
        var before = new ModuleModes(module);
        module.eval();
        try
        {
            return compute();
        }
        finally
        {
            before.Restore();
        }
    }

    /// <summary>A network cannot teach itself: what it says would move with every update, and agree with it always.</summary>
    /// <param name="teacher">The network that is asked.</param>
    /// <param name="trained">The network that is trained.</param>
    /// <exception cref="ArgumentException">Both are one object.</exception>
    /// <exception cref="ArgumentNullException">There is no teacher.</exception>
    public static void RequireOther(nn.Module teacher, nn.Module trained)
    {
        ArgumentNullException.ThrowIfNull(teacher);
        if (ReferenceEquals(teacher, trained))
        {
            throw new ArgumentException(
                $"The teacher is the trained network '{trained.GetName()}' itself: give another one, such as the network of "
                + $"a finished training, "
                + "or train generations of equal networks with BornAgain.", nameof(teacher));
        }
    }

    /// <summary>What a function of a network returns, computed without a gradient.</summary>
    /// <param name="forward">The function.</param>
    /// <param name="input">A batch [N, ...].</param>
    /// <typeparam name="TResult">Its tensors; the caller frees them.</typeparam>
    public static TResult Ask<TResult>(Func<Tensor, TResult> forward, Tensor input)
    {
        using var noGrad = no_grad();
        return forward(input);
    }
}
