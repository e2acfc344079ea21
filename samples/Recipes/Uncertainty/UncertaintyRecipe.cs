using System.Diagnostics;
using Digits;
using Dsl.Runtime;
using Recipes.Handwriting;
using TorchSharp;
using static TorchSharp.torch;
using Mlp = Recipes.Handwriting.Mlp;

namespace Recipes.Uncertainty;

/// <summary>
/// What networks trained on 300 handwritten digits know of their errors: scaled by 200 further ones, as ensembles of five, with
/// dropout that stays on.
/// </summary>
public sealed class UncertaintyRecipe : IDisposable
{
    private const int Labels = 300, Validation = 200, Members = 5;

    private readonly InMemoryData _train, _validation, _test, _strange;
    private readonly int _seed;
    private readonly Device _device;
    private readonly int? _epochs;

    private UncertaintyRecipe(int seed, Device device, int? epochs)
    {
        (_seed, _device, _epochs) = (seed, device, epochs);
        var (all, test) = HandwrittenDigits.LoadSplit(seed);
        _test = test;
        using (all)
        using (var scope = NewDisposeScope())
        {
            _train = all.Subset(arange(Labels));
            _validation = all.Subset(arange(Labels, Labels + Validation));

            // The same pixels in another order: what no digit looks like.
            using var generator = new Generator((ulong)seed);
            var order = randperm(64, ScalarType.Int64, generator: generator);
            Tensor pixels = test.Inputs.reshape(-1, 64).index_select(1, order).reshape(-1, 1, 8, 8);
            _strange = new InMemoryData(pixels, test.Labels.clone());
        }
    }

    /// <summary>PyTorch 1.13 on other random splits: 100 times the mean cross-entropy of the first rows, over 5 seeds.</summary>
    public static IReadOnlyList<double> Losses { get; } = [19.2, 17.9, 19.9, 19.1, 24.6, 18.3, 22.7, 19.7];

    /// <summary>Rows of a seed: 100 times the mean cross-entropy; accuracy, calibration error, accuracy of the surest 80 %, AUROC
    /// of errors and of strange images, in percent.</summary>
    /// <param name="seed">Decides the split, initial parameters and every draw.</param>
    /// <param name="device">Where to train.</param>
    /// <param name="epochs">Epochs of every run; null for the recipe's own.</param>
    /// <param name="curves">Takes rejection curves; null for none.</param>
    public static IReadOnlyList<(string Row, double[] Values)> Measure(
        int seed, Device device, int? epochs = null, Action<string, RejectionCurve>? curves = null)
    {
        using var recipe = new UncertaintyRecipe(seed, device, epochs);
        return [.. recipe.Rows(curves)];
    }

    /// <summary>Seconds that the ensemble takes: one member after the other, and two at a time.</summary>
    /// <param name="device">Where to train.</param>
    public static (double OneByOne, double TwoAtATime) Times(Device device)
    {
        using var recipe = new UncertaintyRecipe(0, device, null);
        return (Time(1), Time(2));

        double Time(int parallel)
        {
            var clock = Stopwatch.StartNew();
            using var ensemble = EnsembleTraining.Deep(
                Members, 0, seed => recipe.Trained(recipe._train, seed), parallel);
            return clock.Elapsed.TotalSeconds;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var data in new[] { _train, _validation, _test, _strange }) data.Dispose();
    }

    private List<(string Row, double[] Values)> Rows(Action<string, RejectionCurve>? curves)
    {
        var rows = new List<(string Row, double[] Values)>();
        using var single = Trained(_train, _seed);
        using var fitting = LabelledLogits.Of(single, _validation, _device);
        using var temperature = TemperatureScaling.Fit(fitting);
        Add("one network", single);
        using var scaled = temperature.Behind(single);
        Add("one network, its temperature", scaled);

        using var ensemble = EnsembleTraining.Deep(Members, _seed, seed => Trained(_train, seed));
        AddMembers("members of the ensemble", ensemble);
        Add("ensemble", ensemble);
        using var bagging = EnsembleTraining.Bag(_train, Members, _seed, Trained);
        AddMembers("members of the bagging", bagging.Ensemble);
        Add("bagging", bagging.Ensemble);

        using (var generator = new Generator((ulong)_seed))
        using (var network = new Mlp(generator))
        using (var trainer = new Cyclic(network, _device) { Seed = _seed })
        using (var snapshots = new Snapshots<Mlp>(trainer, network, () => new Mlp()))
        {
            if (_epochs is { } epochs) trainer.Epochs = epochs;
            trainer.Fit(_train, snapshots);
            using var cycles = snapshots.ToEnsemble();
            Add("last snapshot", network);
            Add("snapshots", cycles);
        }

        using (var generator = new Generator((ulong)_seed))
        using (var network = new DroppingMlp(generator))
        using (var trainer = new Dropping(network, _device) { Seed = _seed })
        {
            if (_epochs is { } epochs) trainer.Epochs = epochs;
            trainer.Fit(_train);
            Add("dropout, off", network);
            using var sampled = new MonteCarloDropout(network, passes: 50, seed: _seed);
            Add("dropout, 50 passes", sampled);
        }

        using (var outOfBag = bagging.OutOfBag(_device))
            rows.Add(("out of bag", [100 * outOfBag.Loss, 100 * outOfBag.Accuracy, 100 * outOfBag.CalibrationError,
                double.NaN, double.NaN, double.NaN]));

        using (var generator = new Generator((ulong)_seed))
        using (var network = new StudentMlp(generator))
        using (var trainer = new Student(network, ensemble, _device) { Seed = _seed })
        {
            if (_epochs is { } epochs) trainer.Epochs = epochs;
            trainer.Fit(_train);
            Add("a student of the ensemble", network);
        }

        return rows;

        void Add(string row, nn.Module<Tensor, Tensor> network) => rows.Add((row, Values(network, row, curves)));

        void AddMembers(string row, Ensemble<Mlp> ensemble)
        {
            var each = ensemble.Members.Select(member => Values(member, row, null)).ToList();
            rows.Add((row, [.. Enumerable.Range(0, each[0].Length).Select(column => each.Average(values => values[column]))]));
        }
    }

    private double[] Values(nn.Module<Tensor, Tensor> network, string row, Action<string, RejectionCurve>? curves)
    {
        using var said = LabelledLogits.Of(network, _test, _device);
        using var strange = LabelledLogits.Of(network, _strange, _device);
        var curve = RejectionCurve.Of(said);
        curves?.Invoke(row, curve);
        using Tensor own = said.Confidence, other = strange.Confidence;
        return
        [
            100 * said.Loss, 100 * said.Accuracy, 100 * said.CalibrationError, 100 * curve.AccuracyAt(0.8),
            100 * curve.MisclassificationAuroc, 100 * OutlierDetection.Of(own, other).Auroc,
        ];
    }

    private Mlp Trained(ILabeledDataSource data, long seed)
    {
        using var generator = new Generator((ulong)seed);
        var network = new Mlp(generator);
        using var trainer = new Plain(network, _device) { Seed = seed };
        if (_epochs is { } epochs) trainer.Epochs = epochs;
        trainer.Fit(data);
        return network;
    }
}
