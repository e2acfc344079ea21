namespace Bench;

/// <summary>
/// The sides of a workload take blocks of steps in turn, so that all of them meet the same machine in the same minute.
/// </summary>
/// <param name="targets">explicit, autograd or both: how our step gets its gradients.</param>
/// <param name="pytorch">The side outside of this process, where there is one.</param>
/// <param name="threads">Threads inside an operation, on all sides.</param>
/// <param name="blocks">Blocks of each side.</param>
/// <param name="seconds">Length of a block, about.</param>
/// <param name="withTrials">Whether each side first shows, in a process of its own, that it does the same.</param>
internal sealed class Contest(
    IReadOnlyList<string> targets, PyTorchWorker? pytorch, int threads, int blocks, double seconds, bool withTrials)
{
    // The first steps are the JIT's and the allocators'.
    private const int FirstSteps = 30;

    // Of a block: a median of fewer says nothing.
    private const int FewestSteps = 2;

    /// <summary>Measures our targets beside the other sides, which run once for both.</summary>
    /// <exception cref="InvalidOperationException">A side does other work than ours.</exception>
    public IEnumerable<Measurement> Measure(string name)
    {
        var workload = Workload.Find(name);
        var folder = Directory.CreateTempSubdirectory("dsl-bench-");
        try
        {
            string path = Path.Combine(folder.FullName, "start.safetensors");
            StartingPoint.Write(workload, path);
            var trials = withTrials ? Trials(name, path) : [];
            var sides = Blocks(name, workload, path);
            return targets.Select(target => Row(name, target, workload.Flops, sides, trials));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private Dictionary<string, Trial> Trials(string name, string path)
    {
        string[] sides = [Side.Explicit, .. targets.Where(target => target != Side.Explicit), Side.TorchSharp];
        var trials = sides.ToDictionary(side => side, side => Trial.Start(name, side, path, threads));
        if (pytorch is not null) trials.Add(Side.PyTorch, pytorch.Trial(name, path, threads));
        foreach (var (side, trial) in trials) trials[Side.Explicit].RequireEqual(trial, name, side);
        return trials;
    }

    private Dictionary<string, List<Block>> Blocks(string name, Workload workload, string path)
    {
        using var start = StartingPoint.Read(path);
        var data = start.Batches(withDraws: false);
        var here = targets.Append(Side.TorchSharp).ToDictionary(side => side, side =>
        {
            var runner = Side.Create(workload, side);
            start.Load(runner.Networks);
            return runner.Run;
        });
        int steps = WarmUp(name, data, here.Values, path);
        var blocksOf = here.Keys.ToDictionary(side => side, _ => new List<Block>());
        if (pytorch is not null) blocksOf.Add(Side.PyTorch, []);
        for (int block = 0; block < blocks; block++)
        {
            foreach (var (side, run) in here) blocksOf[side].Add(Block.Run(run, data, steps, TimeSpan.MaxValue));
            if (pytorch is not null) blocksOf[Side.PyTorch].Add(new Block(pytorch.Run(name, steps, threads, path), 0));
        }

        return blocksOf;
    }

    // The number of steps of a block is the same for every side: the slowest here sets it.
    private int WarmUp(string name, Batch[] data, IEnumerable<Action<Batch>> here, string path)
    {
        var limit = TimeSpan.FromSeconds(seconds);
        double slowest = here.Max(step => Block.Run(step, data, FirstSteps, limit).Microseconds);
        int steps = (int)Math.Clamp(seconds * 1e6 / slowest, FewestSteps, 2000);
        foreach (var step in here) Block.Run(step, data, steps, limit);
        pytorch?.Run(name, Math.Min(FirstSteps, steps), threads, path);
        return steps;
    }

    private Measurement Row(
        string workload, string target, double flops, Dictionary<string, List<Block>> blocksOf, Dictionary<string, Trial> trials)
    {
        var (ours, eager) = (blocksOf[target], blocksOf[Side.TorchSharp]);
        var theirs = blocksOf.GetValueOrDefault(Side.PyTorch);
        var (our, twin, other) =
            (trials.GetValueOrDefault(target), trials.GetValueOrDefault(Side.TorchSharp),
                trials.GetValueOrDefault(Side.PyTorch));
        return new Measurement
        {
            Workload = workload, Target = target, Threads = threads, Flops = flops,
            OursUs = Time(ours), OursSpread = Spread(ours), OursBytes = Bytes(ours), OursPeakBytes = our?.PeakBytes,
            OursTensors = our?.Tensors, OursOperators = our?.Operators,
            TorchSharpUs = Time(eager), TorchSharpSpread = Spread(eager), TorchSharpBytes = Bytes(eager),
            TorchSharpPeakBytes = twin?.PeakBytes, TorchSharpTensors = twin?.Tensors,
            RatioTorchSharp = Block.Ratio(ours, eager), RatioTorchSharpSpread = Block.RatioSpread(ours, eager),
            PytorchUs = theirs is null ? null : Time(theirs), PytorchSpread = theirs is null ? null : Spread(theirs),
            PytorchPeakBytes = other?.PeakBytes, Ratio = theirs is null ? null : Block.Ratio(ours, theirs),
            RatioSpread = theirs is null ? null : Block.RatioSpread(ours, theirs),
        };
    }

    private static double Time(List<Block> blocks) => blocks.Select(block => block.Microseconds).Median();

    private static double Spread(List<Block> blocks) => blocks.Select(block => block.Microseconds).Spread();

    private static double Bytes(List<Block> blocks) => blocks.Select(block => block.Bytes).Median();
}
