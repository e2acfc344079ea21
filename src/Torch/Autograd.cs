using Tensor = TorchSharp.torch.Tensor;

namespace Dsl.Torch;

/// <summary>libtorch's autograd engine: for the autograd target, and as the explicit target's oracle.</summary>
public static unsafe class Autograd
{
    /// <summary>Accumulates gradients of <paramref name="tensors"/> into the <c>grad</c> of leaves.</summary>
    /// <param name="tensors">What to differentiate.</param>
    /// <param name="gradients">One for each tensor, null for ones; empty for ones everywhere (scalars only).</param>
    /// <param name="retainGraph">Whether the graph can be run backward again; as <paramref name="createGraph"/> when not given.</param>
    /// <param name="createGraph">Whether the gradients can be differentiated again.</param>
    /// <param name="inputs">The leaves to accumulate into; empty for all.</param>
    /// <exception cref="TorchException">libtorch's error, also when a backward function fails.</exception>
    public static void Backward(
        ReadOnlySpan<Tensor> tensors, ReadOnlySpan<Tensor?> gradients = default, bool? retainGraph = null,
        bool createGraph = false, ReadOnlySpan<Tensor> inputs = default)
    {
        RequireOneEach(tensors, gradients);
        fixed (nint* tensorPointer = Handles(tensors), gradientPointer = Handles(gradients), inputPointer = Handles(inputs!))
        {
            NativeStatus.Check(NativeMethods.AutogradBackward(
                tensorPointer, gradientPointer, tensors.Length, Tristate(retainGraph), createGraph ? 1 : 0,
                inputPointer, inputs.Length));
        }

        TensorList.KeepAlive(tensors!);
        TensorList.KeepAlive(gradients);
        TensorList.KeepAlive(inputs!);
    }

    /// <summary>The gradients of <paramref name="outputs"/> with respect to <paramref name="inputs"/>.</summary>
    /// <param name="outputs">What to differentiate.</param>
    /// <param name="inputs">What to differentiate by.</param>
    /// <param name="gradients">One for each output, null for ones; empty for ones everywhere (scalars only).</param>
    /// <param name="retainGraph">Whether the graph can be run backward again; as <paramref name="createGraph"/> when not given.</param>
    /// <param name="createGraph">Whether the gradients can be differentiated again.</param>
    /// <param name="allowUnused">Whether an input that no output depends on is allowed; its gradient is null then.</param>
    /// <exception cref="TorchException">libtorch's error, also when a backward function fails.</exception>
    public static Tensor?[] Gradients(
        ReadOnlySpan<Tensor> outputs, ReadOnlySpan<Tensor> inputs, ReadOnlySpan<Tensor?> gradients = default,
        bool? retainGraph = null, bool createGraph = false, bool allowUnused = false)
    {
        RequireOneEach(outputs, gradients);
        var results = new nint[inputs.Length];
        fixed (nint* outputPointer = Handles(outputs!), gradientPointer = Handles(gradients), inputPointer = Handles(inputs!),
            resultPointer = results)
        {
            NativeStatus.Check(NativeMethods.AutogradGrad(
                outputPointer, gradientPointer, outputs.Length, inputPointer, inputs.Length,
                Tristate(retainGraph), createGraph ? 1 : 0, allowUnused ? 1 : 0, resultPointer));
        }

        TensorList.KeepAlive(outputs!);
        TensorList.KeepAlive(gradients);
        TensorList.KeepAlive(inputs!);
        return Array.ConvertAll(results, handle => handle == 0 ? null : TensorWrapper.Wrap(handle));
    }

    private static void RequireOneEach(ReadOnlySpan<Tensor> tensors, ReadOnlySpan<Tensor?> gradients)
    {
        if (!gradients.IsEmpty && gradients.Length != tensors.Length)
        {
            throw new ArgumentException($"{tensors.Length} tensors need as many gradients, but {gradients.Length} were given.", nameof(gradients));
        }
    }

    private static nint[] Handles(ReadOnlySpan<Tensor?> tensors)
    {
        var handles = new nint[tensors.Length];
        TensorList.Fill(tensors, handles);
        return handles;
    }

    private static int Tristate(bool? value) => value is { } given ? (given ? 1 : 0) : -1;
}
