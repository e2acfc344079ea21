using System.Runtime.Intrinsics;

namespace Dsl.Runtime;

/// <summary>
/// The gradient of the kernels of a convolution of few channels without strides: for each output channel and each element of
/// the window the sum goes along the places as they lie (<see cref="ColumnPlanes"/>), nothing is laid out across. Parts of
/// the samples have sums of their own, which are added in order: their number depends on the sizes alone, and the result not
/// on the number of threads.
/// </summary>
internal static unsafe class DirectKernelGradient
{
    private const long OfAnElement = 64;

    // Sums of 8 output channels stand beside each other.
    private const int Lanes = 8;

    // Parts at most, and elements of a group's gradients in a tile, about: half of the first cache.
    private const long MostParts = 16, OfAGroup = 6144;

    /// <summary>result[o, c] = Σ_n x[n, c] * gradient[n, o].</summary>
    /// <param name="sizes">A sound convolution without strides.</param>
    /// <param name="x">[N, C, H, W] without gaps.</param>
    /// <param name="gradient">[N, O, Oh, Ow] without gaps.</param>
    /// <param name="result">[O, C, Kh, Kw] without gaps.</param>
    public static void Run(in ConvolutionSizes sizes, float* x, float* gradient, float* result)
    {
        var work = new Work(sizes, x, gradient);
        work.Sums = Panels.Mine.Kernels(work.Parts * work.SumsOf + 2 * sizes.Window);
        work.Offsets = (long*)(work.Sums + work.Parts * work.SumsOf);
        var planes = new ColumnPlanes(sizes);
        long place = 0;
        for (long c = 0; c < sizes.Channels; c++)
        {
            for (long y = 0; y < sizes.KernelHeight; y++)
            {
                for (long column = 0; column < sizes.KernelWidth; column++) work.Offsets[place++] = planes.Offset(c, y, column);
            }
        }

        long products = sizes.Samples * sizes.Places * sizes.Window * sizes.Outputs / work.Parts;
        ParallelLoop.Run(work.Parts, Math.Max(1, products / OfAnElement), &RunParts, &work);
        AddParts(work, result);
    }

    private static void RunParts(long begin, long end, void* context)
    {
        ref var work = ref *(Work*)context;
        var sizes = work.Sizes;
        var planes = new ColumnPlanes(sizes);
        var panels = Panels.Mine;
        float* laid = panels.Points(work.SamplesAtOnce * (planes.Size + (work.IsInPlace ? 0 : work.GradientOf)));
        new Span<float>(laid, checked((int)(work.SamplesAtOnce * planes.Size))).Clear();
        float* ownGradients = laid + work.SamplesAtOnce * planes.Size;
        for (long part = begin; part < end; part++)
        {
            float* sums = work.Sums + part * work.SumsOf;
            long first = work.Groups * part / work.Parts, last = work.Groups * (part + 1) / work.Parts;
            for (long group = first; group < last; group++)
            {
                long sample = group * work.SamplesAtOnce, count = Math.Min(work.SamplesAtOnce, sizes.Samples - sample);
                for (long n = 0; n < count; n++)
                {
                    planes.Lay(work.X, sample + n, panels, laid + n * planes.Size);
                    if (!work.IsInPlace) LayGradient(work, sample + n, ownGradients + n * work.GradientOf);
                }

                float* gradients = work.IsInPlace ? work.Gradient + sample * work.GradientOf : ownGradients;
                var extent = new DirectGradientKernel.Extent(count, work.Row, work.GradientOf, planes.Size);
                RunGroup(work, extent, gradients, laid, sums, group > first);
            }
        }
    }

    // Rows of whole vectors, and rows of zeros for missing channels.
    private static void LayGradient(in Work work, long sample, float* to)
    {
        long places = work.Sizes.Places;
        float* from = work.Gradient + sample * work.Sizes.Outputs * places;
        for (long o = 0; o < work.Sizes.Outputs; o++, from += places, to += work.Row)
        {
            new ReadOnlySpan<float>(from, (int)places).CopyTo(new Span<float>(to, (int)places));
            new Span<float>(to + places, (int)(work.Row - places)).Clear();
        }

        new Span<float>(to, checked((int)((work.Blocks * work.Height - work.Sizes.Outputs) * work.Row))).Clear();
    }

    private static void RunGroup(
        in Work work, in DirectGradientKernel.Extent extent, float* gradients, float* images, float* sums, bool add)
    {
        long window = work.Sizes.Window;
        for (long block = 0; block < work.Blocks; block++, gradients += work.Height * work.Row)
        {
            long k = 0;
            for (; k + work.Width <= window; k += work.Width, sums += work.Width * Lanes)
            {
                if (work.Height == DirectGradientKernel.Rows)
                    DirectGradientKernel.Large(extent, gradients, images, work.Offsets + k, sums, add);
                else DirectGradientKernel.LowLarge(extent, gradients, images, work.Offsets + k, sums, add);
            }

            for (; k < window; k++, sums += Lanes)
            {
                if (work.Height == DirectGradientKernel.Rows)
                    DirectGradientKernel.Narrow(extent, gradients, images, work.Offsets + k, sums, add);
                else DirectGradientKernel.LowNarrow(extent, gradients, images, work.Offsets + k, sums, add);
            }
        }
    }

    private static void AddParts(in Work work, float* result)
    {
        long window = work.Sizes.Window;
        float* sums = work.Sums;
        for (long block = 0; block < work.Blocks; block++)
        {
            long row = block * work.Height, rows = Math.Min(work.Height, work.Sizes.Outputs - row);
            for (long k = 0; k < window; k++, sums += Lanes)
            {
                var sum = Vector256.Load(sums);
                for (long part = 1; part < work.Parts; part++) sum += Vector256.Load(sums + part * work.SumsOf);
                float* to = result + row * window + k;
                for (int r = 0; r < rows; r++) to[r * window] = sum.GetElement(r);
            }
        }
    }

    private struct Work
    {
        public readonly ConvolutionSizes Sizes;
        public readonly float* X, Gradient;

        /// <summary>Output channels and elements of the window of a tile.</summary>
        public readonly int Height, Width;

        /// <summary>Tiles from the first output channel to the last.</summary>
        public readonly long Blocks;

        /// <summary>Elements of a channel of the outputs' gradients as they are laid out, and of a sample of them.</summary>
        public readonly long Row, GradientOf;

        /// <summary>Whether they are read where they lie: there is nothing to fill up.</summary>
        public readonly bool IsInPlace => GradientOf == Sizes.Outputs * Sizes.Places;

        /// <summary>Samples that are laid out at once, and how often that is.</summary>
        public readonly long SamplesAtOnce, Groups;

        /// <summary>Elements of the sums of a part, and the number of parts.</summary>
        public readonly long SumsOf, Parts;

        public float* Sums;

        /// <summary>Where what each element of the window reads begins.</summary>
        public long* Offsets;

        public Work(in ConvolutionSizes sizes, float* x, float* gradient)
        {
            Sizes = sizes;
            X = x;
            Gradient = gradient;
            bool isLow = DirectSizes.IsLow(sizes.Outputs);
            Height = isLow ? DirectGradientKernel.FewRows : DirectGradientKernel.Rows;
            Width = isLow ? DirectGradientKernel.ManyColumns : DirectGradientKernel.Columns;
            Blocks = (sizes.Outputs + Height - 1) / Height;
            Row = (sizes.Places + 15) / 16 * 16;
            GradientOf = Blocks * Height * Row;
            SamplesAtOnce = Math.Clamp(OfAGroup / (Height * Row), 1, sizes.Samples);
            Groups = (sizes.Samples + SamplesAtOnce - 1) / SamplesAtOnce;
            SumsOf = Blocks * sizes.Window * Lanes;
            Parts = Math.Min(MostParts, Groups);
        }
    }
}
