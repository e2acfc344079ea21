namespace Bench;

/// <summary>
/// The sides of a workload take blocks of steps in turn, so that all of them meet the same machine in the same minute.
/// </summary>
/// <param name="targets">explicit, autograd or both: how our step gets its gradients.</param>
/// <param name="pytorch">The side outside of this process, where there is one.</param>
/// <param name="threads">Threads inside an operation, on all sides.</param>
/// <param name="blocks">Blocks of each side.</param>
/// <param name="seconds">Length of a block, about.</param>
internal sealed class Contest(IReadOnlyList<string> targets, PyTorchWorker? pytorch, int threads, int blocks, double seconds)
{
    // The first steps are the JIT's and the allocators'.
    private const int FirstSteps = 30;

    /// <summary>Measures our targets beside the other sides, which run once for both.</summary>
    public IEnumerable<Measurement> Measure(Workload workload)
    {
        Action<Batch>[] here = [.. targets.Select(target => Step(workload, target)), workload.Eager.Run];
        int steps = WarmUp(workload, here);

        // A list of blocks for each side: our targets', TorchSharp's, and PyTorch's or none.
        var sides = here.Select(_ => new List<Block>()).ToArray();
        var pytorchBlocks = new List<Block>();
        for (int block = 0; block < blocks; block++)
        {
            for (int side = 0; side < here.Length; side++) sides[side].Add(Block.Run(here[side], workload.Data, steps));
            if (pytorch is not null) pytorchBlocks.Add(new Block(pytorch.Run(workload.Name, steps, threads), 0));
        }

        return targets.Select((target, index) => Row(workload.Name, target, sides[index], sides[^1], pytorchBlocks));
    }

    private static Action<Batch> Step(Workload workload, string target)
    {
        var step = target == "explicit" ? workload.Explicit : workload.Autograd;
        return batch => step.Run(batch);
    }

    // The number of steps of a block is the same for every side: the slowest here sets it.
    private int WarmUp(Workload workload, Action<Batch>[] here)
    {
        double guess = here.Max(step => Block.Run(step, workload.Data, FirstSteps).Microseconds);
        int steps = (int)Math.Clamp(seconds * 1e6 / guess, 10, 2000);
        foreach (var step in here) Block.Run(step, workload.Data, steps);
        pytorch?.Run(workload.Name, FirstSteps, threads);
        return steps;
    }

    private Measurement Row(string workload, string target, List<Block> ours, List<Block> eager, List<Block> theirs) => new(
        workload, target, threads, Time(ours), Bytes(ours), Time(eager), Bytes(eager), Medians.Ratio(ours, eager),
        theirs.Count == 0 ? null : Time(theirs), theirs.Count == 0 ? null : Medians.Ratio(ours, theirs));

    private static double Time(List<Block> blocks) => blocks.Select(block => block.Microseconds).Median();

    private static double Bytes(List<Block> blocks) => blocks.Select(block => block.Bytes).Median();
}
