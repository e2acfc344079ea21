using Digits;
using Dsl.Runtime;
using static TorchSharp.torch;

namespace Recipes.Transfer;

/// <summary>A network that knows the digits 0 to 4 goes on to 5 to 9, and to all digits turned by 90°: with everything, with a
/// new head alone, by low-rank changes and by adapters.</summary>
/// <param name="seed">Decides the split, initial parameters and every draw.</param>
/// <param name="device">Where to train.</param>
/// <param name="epochs">Of each training.</param>
public sealed class TransferRecipe(int seed, Device device, int epochs = 40)
{
    // The layers that are taken over, by their places in the stack.
    private static readonly int[] Taken = [0, 2, 4];

    /// <summary>For each way the accuracies on the digits 5 to 9 and on turned digits, and the share of the network's numbers
    /// that learn, in percent.</summary>
    public IEnumerable<(string Row, double[] Values)> Measure()
    {
        using var scope = NewDisposeScope();
        var (train, test) = HandwrittenDigits.LoadSplit(seed);
        using (train)
        using (test)
        using (var known = Fit(Of(train, digit => digit < 5, turns: 0)))
        {
            var others = (Of(train, digit => digit >= 5, turns: 0), Of(test, digit => digit >= 5, turns: 0));
            var turned = (Of(train, _ => true, turns: 1), Of(test, _ => true, turns: 1));
            foreach (var (name, learn, learned) in Ways())
            {
                yield return (name,
                [
                    100 * learn(known, others.Item1, others.Item2), 100 * learn(known, turned.Item1, turned.Item2),
                    100.0 * learned / Whole.ParameterCount,
                ]);
            }
        }
    }

    private IEnumerable<(string Name, Func<Whole, InMemoryData, InMemoryData, double> Learn, long Learned)> Ways() =>
    [
        ("everything", Everything, Whole.ParameterCount),
        ("a new head", NewHead, Head.TrainableParameterCount),
        ("low-rank changes", Changes, LowRank.TrainableParameterCount),
        ("adapters", Adapters, Adapted.TrainableParameterCount),
    ];

    private double Everything(Whole known, InMemoryData train, InMemoryData test)
    {
        using var net = New<Whole>();
        Take(known, net, place => $"{place}");
        using var trainer = new WholeTrainer(net, device) { Seed = seed, Epochs = epochs };
        trainer.Fit(train);
        return trainer.Evaluate(test).Accuracy;
    }

    private double NewHead(Whole known, InMemoryData train, InMemoryData test)
    {
        using var net = New<Head>();
        Take(known, net, place => $"{place}");
        using var trainer = new HeadTrainer(net, device) { Seed = seed, Epochs = epochs };
        trainer.Fit(train);
        return trainer.Evaluate(test).Accuracy;
    }

    private double Changes(Whole known, InMemoryData train, InMemoryData test)
    {
        using var net = New<LowRank>();
        Take(known, net, place => $"{place}");
        using var trainer = new LowRankTrainer(net, device) { Seed = seed, Epochs = epochs };
        trainer.Fit(train);
        return trainer.Evaluate(test).Accuracy;
    }

    private double Adapters(Whole known, InMemoryData train, InMemoryData test)
    {
        using var net = New<Adapted>();
        Take(known, net, place => $"{place}.0");
        using var trainer = new AdaptedTrainer(net, device) { Seed = seed, Epochs = epochs };
        trainer.Fit(train);
        return trainer.Evaluate(test).Accuracy;
    }

    private Whole Fit(InMemoryData data)
    {
        var net = New<Whole>();
        using var trainer = new WholeTrainer(net, device) { Seed = seed, Epochs = epochs };
        trainer.Fit(data);
        return net;
    }

    private static void Take(Whole known, nn.Module net, Func<int, string> path)
    {
        using var noGrad = no_grad();
        Dictionary<string, Tensor> given = known.state_dict(), own = net.state_dict();
        foreach (int place in Taken)
            foreach (string name in (string[])["weight", "bias"]) own[$"{path(place)}.{name}"].copy_(given[$"{place}.{name}"]);
    }

    private TModel New<TModel>()
        where TModel : nn.Module
    {
        using var generator = new Generator((ulong)seed);
        return (TModel)Activator.CreateInstance(typeof(TModel), generator)!;
    }

    private static InMemoryData Of(InMemoryData data, Func<long, bool> label, int turns)
    {
        using var some = data.WhereLabel(label);
        return new InMemoryData(some.Inputs.rot90(turns, (2, 3)).flatten(1).clone(), some.Labels.clone());
    }
}
