using System.Buffers;
using System.Numerics.Tensors;
using static TorchSharp.torch;
using Tensor = TorchSharp.torch.Tensor;

namespace Dsl.Runtime;

/// <summary>The length of a gradient that lies in one or several tensors.</summary>
public static unsafe class GradientNorm
{
    // Numbers whose squares are added up in single precision.
    private const long Part = 4096;

    /// <summary>g ← g · min(1, most / (‖g‖ + 10⁻⁶)), ‖g‖ over all numbers of all tensors (Pascanu et al. 2013; the
    /// constant is PyTorch's). On a device the factor stays there.</summary>
    /// <param name="most">The length that stays as it is.</param>
    /// <param name="gradients">Written over.</param>
    public static void Clip(double most, params ReadOnlySpan<Tensor> gradients)
    {
        if (GradientNormKernel.TryClip(most, gradients)) return;
        bool isPlain = LoopChoice.CanRun;
        foreach (var gradient in gradients) isPlain = isPlain && TensorLayout.TryOf(gradient, out var layout) && layout.IsPlain;
        if (!isPlain)
        {
            ClipByOperators(most, gradients);
            return;
        }

        double squares = 0;
        foreach (var gradient in gradients) squares += Squares(gradient);
        double factor = most / (Math.Sqrt(squares) + 1e-6);

        // What is no number is not less either: it spoils the gradient, as it should.
        if (factor >= 1) return;
        foreach (var gradient in gradients)
        {
            TensorLayout.TryOf(gradient, out var layout);
            var work = new Work { Count = layout.Count, Gradient = layout.Data, Factor = (float)factor };
            ParallelLoop.Run((work.Count + Part - 1) / Part, Part, &Multiply, &work);
            GC.KeepAlive(gradient);
        }
    }

    private static double Squares(Tensor gradient)
    {
        TensorLayout.TryOf(gradient, out var layout);
        int parts = checked((int)((layout.Count + Part - 1) / Part));
        double[] sums = ArrayPool<double>.Shared.Rent(parts);
        double sum = 0;
        fixed (double* each = sums)
        {
            var work = new Work { Count = layout.Count, Gradient = layout.Data, Sums = each };
            ParallelLoop.Run(parts, Part, &AddSquares, &work);
            for (int i = 0; i < parts; i++) sum += each[i];
        }

        ArrayPool<double>.Shared.Return(sums);
        GC.KeepAlive(gradient);
        return sum;
    }

    private static void ClipByOperators(double most, ReadOnlySpan<Tensor> gradients)
    {
        using var noGrad = Aten.no_grad();
        using var scope = NewDisposeScope();
        var norms = new Tensor[gradients.Length];
        for (int i = 0; i < norms.Length; i++) norms[i] = gradients[i].norm();
        var norm = norms.Length == 1 ? norms[0] : stack(norms).norm();
        var factor = Aten.clamp_max_(Aten.div(most, Aten.add(norm, 1e-6)), 1);
        foreach (var gradient in gradients) gradient.mul_(factor);
    }

    private static void AddSquares(long begin, long end, void* context)
    {
        ref var work = ref *(Work*)context;
        for (long part = begin; part < end; part++) work.Sums[part] = TensorPrimitives.SumOfSquares<float>(work.Span(part));
    }

    private static void Multiply(long begin, long end, void* context)
    {
        ref var work = ref *(Work*)context;
        for (long part = begin; part < end; part++) TensorPrimitives.Multiply(work.Span(part), work.Factor, work.Span(part));
    }

    private struct Work
    {
        public long Count;
        public float* Gradient;
        public double* Sums;
        public float Factor;

        public readonly Span<float> Span(long part) =>
            new(Gradient + part * Part, (int)Math.Min(Part, Count - part * Part));
    }
}
