using Digits;
using Dsl.Runtime;
using static TorchSharp.torch;

namespace Recipes.Continual;

/// <summary>Handwritten digits as tasks one after another: the same digits with their pixels permuted, or two digits at a
/// time.</summary>
/// <param name="seed">Decides the split, the permutations, initial parameters and every draw.</param>
/// <param name="device">Where to train.</param>
/// <param name="epochs">Of each task.</param>
public sealed class ContinualRecipe(int seed, Device device, int epochs = 40)
{
    /// <summary>PyTorch 1.13 on permuted digits, by these permutations, in percent: mean accuracy of three tasks, and of the
    /// first, and their deviations over 9 seeds.</summary>
    public static IReadOnlyList<(double Mean, double Deviation)[]> References { get; } =
    [
        [(55.4, 3.2), (25.8, 6.2)], [(77.6, 4.2), (66.8, 10.9)], [(75.2, 6.3), (70.9, 12.6)], [(52.4, 4.1), (35.9, 8.7)],
        [(96.4, 0.8), (96.5, 0.9)],
    ];

    private delegate IEnumerable<Net> Learn(IReadOnlyList<InMemoryData> tasks);

    /// <summary>In percent: mean accuracy on permuted digits and that of the first task; mean accuracy on pairs of digits by
    /// parity, by class, and by class where the network is told the pair.</summary>
    public IEnumerable<(string Row, double[] Values)> Measure()
    {
        using var scope = NewDisposeScope();
        var (train, test) = HandwrittenDigits.LoadSplit(seed);
        using (train)
        using (test)
        {
            List<(InMemoryData Train, InMemoryData Test)> permuted = [.. Permuted(train, test)],
                parity = [.. Pairs(train, test, digit => digit.remainder(2))], classes = [.. Pairs(train, test, digit => digit)];
            foreach (var (name, learn) in Ways())
            {
                var (pixels, _) = Run(learn, permuted);
                var (evenOrOdd, _) = Run(learn, parity);
                var (which, told) = Run(learn, classes);
                double[] shares = [pixels.AverageAccuracy, pixels[pixels.Tasks - 1, 0], evenOrOdd.AverageAccuracy,
                    which.AverageAccuracy, told.AverageAccuracy, pixels.Forgetting, which.Forgetting];
                yield return (name, [.. shares.Select(share => 100 * share)]);
            }
        }
    }

    /// <summary>The tasks of permuted pixels alone, learned one way.</summary>
    /// <param name="name">The row of <see cref="Measure"/>.</param>
    public ContinualEvaluation OnPermutedPixels(string name)
    {
        using var scope = NewDisposeScope();
        var (train, test) = HandwrittenDigits.LoadSplit(seed);
        using (train)
        using (test) return Run(Ways().First(way => way.Name == name).Learn, [.. Permuted(train, test)]).Plain;
    }

    private IEnumerable<(string Name, Learn Learn)> Ways() =>
    [
        ("one after another", Finetune),
        ("EWC, λ = 100", tasks => Tasks(new Consolidating(New(), device), 100, tasks)),
        ("EWC, λ = 1000", tasks => Tasks(new Consolidating(New(), device), 1000, tasks)),
        ("learning without forgetting", Unforget),
        ("all at once", Together),
        ("online EWC, λ = 100", Online),
        ("rehearsal of 200", Rehearse),
    ];

    private IEnumerable<Net> Finetune(IReadOnlyList<InMemoryData> tasks)
    {
        using var net = New();
        for (int task = 0; task < tasks.Count; task++)
        {
            using var trainer = new Plain(net, device) { Seed = (tasks.Count * seed) + task, Epochs = epochs };
            trainer.Fit(tasks[task]);
            yield return net;
        }
    }

    private IEnumerable<Net> Together(IReadOnlyList<InMemoryData> tasks)
    {
        using var net = New();
        using var trainer = new Plain(net, device) { Seed = seed, Epochs = epochs };
        using var all = new InMemoryData(
            cat([.. tasks.Select(task => task.Inputs)], 0), cat([.. tasks.Select(task => task.Labels)], 0));
        trainer.Fit(all);
        foreach (var _ in tasks) yield return net;
    }

    private IEnumerable<Net> Tasks(Consolidating trainer, double weight, IReadOnlyList<InMemoryData> tasks)
    {
        using var net = trainer.Model;
        using (trainer)
        {
            (trainer.Seed, trainer.Epochs, trainer.EwcWeight) = (seed, epochs, weight);
            foreach (var task in tasks)
            {
                trainer.Fit(task);
                trainer.EndTask(task);
                yield return net;
            }
        }
    }

    private IEnumerable<Net> Online(IReadOnlyList<InMemoryData> tasks)
    {
        using var net = New();
        using var trainer = new ConsolidatingOnline(net, device) { Seed = seed, Epochs = epochs };
        foreach (var task in tasks)
        {
            trainer.Fit(task);
            trainer.EndTask(task);
            yield return net;
        }
    }

    private IEnumerable<Net> Unforget(IReadOnlyList<InMemoryData> tasks)
    {
        using var net = New();
        using var trainer = new Unforgetting(net, device) { Seed = seed, Epochs = epochs };
        foreach (var task in tasks)
        {
            trainer.Fit(task);
            trainer.EndTask(task);
            yield return net;
        }
    }

    private IEnumerable<Net> Rehearse(IReadOnlyList<InMemoryData> tasks)
    {
        using var net = New();
        using var trainer = new Rehearsing(net, device) { Seed = seed, Epochs = epochs };
        foreach (var task in tasks)
        {
            trainer.Fit(task);
            trainer.EndTask(task);
            yield return net;
        }
    }

    private (ContinualEvaluation Plain, ContinualEvaluation Told) Run(
        Learn learn, IReadOnlyList<(InMemoryData Train, InMemoryData Test)> tasks)
    {
        ContinualEvaluation plain = new(tasks.Count), told = new(tasks.Count);
        foreach (var net in learn([.. tasks.Select(task => task.Train)]))
        {
            plain.EndTask(task => Accuracy(net, tasks[task].Test, isTold: false));
            told.EndTask(task => Accuracy(net, tasks[task].Test, isTold: true));
        }

        return (plain, told);
    }

    private double Accuracy(Net net, InMemoryData test, bool isTold)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        net.eval();
        var logits = net.forward(test.Inputs.to(device)).cpu();
        if (isTold)
        {
            var others = ones(logits.size(1), ScalarType.Bool);
            others.index_fill_(0, test.Labels, false);
            logits = logits.masked_fill(others, double.NegativeInfinity);
        }

        return logits.argmax(1).eq(test.Labels).to(ScalarType.Float64).mean().item<double>();
    }

    private Net New()
    {
        using var generator = new Generator((ulong)seed);
        return new Net(generator);
    }

    // The first task has its pixels where they are.
    private IEnumerable<(InMemoryData, InMemoryData)> Permuted(InMemoryData train, InMemoryData test)
    {
        using var generator = new Generator((ulong)(seed + 1000));
        for (int task = 0; task < 3; task++)
        {
            var order = task == 0 ? arange(64, ScalarType.Int64) : randperm(64, ScalarType.Int64, generator: generator);
            yield return (Of(train), Of(test));

            InMemoryData Of(InMemoryData data) =>
                new(data.Inputs.flatten(1).index_select(1, order), data.Labels.clone());
        }
    }

    private static IEnumerable<(InMemoryData, InMemoryData)> Pairs(
        InMemoryData train, InMemoryData test, Func<Tensor, Tensor> label)
    {
        for (long first = 0; first < HandwrittenDigits.Classes; first += 2)
        {
            yield return (Of(train), Of(test));

            InMemoryData Of(InMemoryData data)
            {
                var own = data.Labels.floor_divide(2).eq(first / 2).nonzero().flatten();
                return new InMemoryData(
                    data.Inputs.flatten(1).index_select(0, own), label(data.Labels.index_select(0, own)).clone());
            }
        }
    }
}
