namespace Dsl.Runtime;

/// <summary>What a recurrence's step does beside its products, for some samples of 32-bit numbers.</summary>
/// <typeparam name="TGradients">Where the tensors of a backward pass lie.</typeparam>
internal interface IRowCells<TGradients>
{
    /// <summary>Elements of an elementwise loop that a sample is worth.</summary>
    long Work { get; }

    /// <summary>One element of the sequences, out of another, for samples [begin, end).</summary>
    void Forward(long place, long before, long begin, long end);

    /// <summary>The gradient of one element's sums, for samples [begin, end).</summary>
    void Backward(long place, long before, in TGradients gradients, long givenPlace, long begin, long end);
}

/// <summary>A recurrence of which each thread has some of the samples, with all of their steps, and waits for nobody.</summary>
internal unsafe struct RowRecurrence<TCells, TGradients>
    where TCells : unmanaged, IRowCells<TGradients>
    where TGradients : unmanaged
{
    public TCells Cells;
    public TGradients Gradients;

    /// <summary>What a step adds from the one before; and what it adds besides, in the forward pass of some.</summary>
    public RowProduct Product, Second;
    public bool HasSecond;

    /// <summary>The first step that is not there already, and the number of all.</summary>
    public int First, Count;
    public bool IsReverse;

    private readonly long Work => Math.Max(1, Count * (Cells.Work + Product.Work));

    public void Forward(long samples)
    {
        var own = this;
        ParallelLoop.Run(samples, RowProduct.Together, Work, &Forward, &own);
    }

    public void Backward(long samples)
    {
        var own = this;
        ParallelLoop.Run(samples, RowProduct.Together, Work, &Backward, &own);
    }

    private static void Forward(long begin, long end, void* context)
    {
        ref var work = ref *(RowRecurrence<TCells, TGradients>*)context;
        for (int step = work.First; step < work.Count; step++)
        {
            if (step > 0)
            {
                work.Product.Add(step, step - 1, begin, end);
                if (work.HasSecond) work.Second.Add(step, step - 1, begin, end);
            }

            work.Cells.Forward(work.Place(step, work.Count), step > 0 ? work.Place(step - 1, work.Count) : -1, begin, end);
        }
    }

    // The gradient has no steps before the first one.
    private static void Backward(long begin, long end, void* context)
    {
        ref var work = ref *(RowRecurrence<TCells, TGradients>*)context;
        int count = work.Count, first = work.First;
        for (int step = count - 1; step >= first; step--)
        {
            if (step < count - 1) work.Product.Add(0, step + 1, begin, end);
            work.Cells.Backward(
                work.Place(step, count), step > 0 ? work.Place(step - 1, count) : -1, work.Gradients,
                work.Place(step - first, count - first), begin, end);
        }
    }

    private readonly int Place(int step, int steps) => IsReverse ? steps - 1 - step : step;
}
