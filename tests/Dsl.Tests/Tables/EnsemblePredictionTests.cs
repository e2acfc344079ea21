using Dsl.Runtime;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace Dsl.Tests.Tables;

[Model<Cloud>, Linear]
public partial class WeakCloudNet;

[Trainer<WeakCloudNet>, CrossEntropy, Sgd(0.02), BatchSize(32), Epochs(1)]
public partial class WeakCloudTrainer;

[Model<Cloud>, Linear(8), ReLU, Linear]
public partial class SmoothCloudNet;

[Trainer<SmoothCloudNet>, CrossEntropy, Sgd(0.1), CosineRestarts(T0Epochs = 2), BatchSize(32), Epochs(6)]
public partial class SmoothCloudTrainer;

// A number, in its own unit.
[Table, Standardize]
public partial record Slope(float X, [Label] float? Height = null);

[Model<Slope>, Linear]
public partial class SlopeNet;

[Trainer<SlopeNet>, MeanSquaredError, Adam(0.05), BatchSize(32), Epochs(10)]
public partial class SlopeTrainer;

/// <summary>An ensemble of models for a table predicts for rows: what its members say, as one, also from a file.</summary>
public sealed class EnsemblePredictionTests : IDisposable
{
    private static readonly TableData<Cloud> Data = Cloud.From(Enumerable.Range(0, 96).Select(row =>
        new Cloud((row % 2 * 4) + MathF.Sin(row), 100 * MathF.Cos(row), row, row % 2 == 0 ? "left" : "right")));

    private readonly string _folder = Directory.CreateTempSubdirectory("dsl-ensembles").FullName;

    private string Saved => Path.Combine(_folder, "new", "ensemble.safetensors");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_deep_ensemble_predicts_the_mean_of_its_members_probabilities()
    {
        using var ensemble = Deep();
        var row = new Cloud(1.7f, 30);
        var each = ensemble.Members.Select(member => member.Predict(row)).ToList();
        ClassPrediction<string> together = ensemble.Predict(row);
        Assert.Equal(["left", "right"], together.Classes);
        Assert.Equal(1, together.Probabilities.Sum(), 12);
        Assert.Equal(each.Average(one => one["right"]), together["right"], 12);
        Assert.True(each.Max(one => one["right"]) - each.Min(one => one["right"]) > 1e-3);
        var all = ensemble.Predict(Data.Rows);
        Assert.Equal(Data.Count, all.Length);
        Assert.Equal(ensemble.Predict(Data.Rows[7])["left"], all[7]["left"], 1e-6);

        // Trained alike on the same rows, members encode them alike, and the ensemble's logits say the same.
        using var encoded = ensemble.Members[0].Preprocessing.Encode(Data);
        using var expected = ensemble.Predict(encoded.Inputs).exp().to_type(ScalarType.Float64);
        Assert.Equal(expected.data<double>().ToArray(), all.SelectMany(one => one.Probabilities),
            (left, right) => Math.Abs(left - right) < 1e-6);
    }

    [Fact]
    public void One_file_keeps_members_statistics_and_weights()
    {
        using var deep = Deep();
        using var ensemble = new Ensemble<CloudNet>(deep.Members, [1, 2, 5]);
        ensemble.Save(Saved);
        using var again = Ensemble<CloudNet>.Load(Saved, () => new CloudNet());
        var row = new Cloud(2.1f, -40);
        Assert.Equal(ensemble.Predict(row).Probabilities, again.Predict(row).Probabilities);
        double[] right = [.. ensemble.Members.Select(member => member.Predict(row)["right"])];
        Assert.Equal((right[0] + 2 * right[1] + 5 * right[2]) / 8, again.Predict(row)["right"], 1e-9);
        using var file = Safetensors.Read(Saved);
        Assert.Equal("[\"left\",\"right\"]", file.Metadata["dsl.classes"]);
        Assert.Equal([4, 3], file["2.preprocessing"].shape);
    }

    [Fact]
    public void Members_keep_the_statistics_that_each_was_trained_with()
    {
        var halves = new[] { Data.Subset(Enumerable.Range(0, 40)), Data.Subset(Enumerable.Range(30, 66)) };
        using var ensemble = new Ensemble<CloudNet>([.. halves.Select((half, seed) => Trained(half, seed))]);
        ensemble.Save(Saved);
        using var again = Ensemble<CloudNet>.Load(Saved, () => new CloudNet());
        Assert.NotEqual(Values(again.Members[0].Preprocessing.State), Values(again.Members[1].Preprocessing.State));
        var row = new Cloud(1.9f, 12);
        Assert.Equal(
            ensemble.Members.Average(member => member.Predict(row)["right"]), again.Predict(row)["right"], 1e-9);

        static double[] Values(Tensor state) => state.data<double>().ToArray();
    }

    [Fact]
    public void What_is_no_file_of_the_ensemble_is_refused()
    {
        using var fresh = new Ensemble<CloudNet>([new CloudNet()]);
        Assert.Contains("not known", Assert.Throws<InvalidOperationException>(() => fresh.Save(Saved)).Message,
            StringComparison.Ordinal);
        Assert.Throws<InvalidOperationException>(() => fresh.Predict(new Cloud(1, 2)));
        using var ensemble = Deep();
        ensemble.Save(Saved);
        Assert.Contains("an ensemble of Dsl.Tests.Tables.CloudNet", Assert.Throws<InvalidDataException>(
            () => Ensemble<YesNet>.Load(Saved, () => new YesNet())).Message, StringComparison.Ordinal);
        ensemble.Members[1].Save(Saved);
        Assert.Contains("no ensemble", Assert.Throws<InvalidDataException>(
            () => Ensemble<CloudNet>.Load(Saved, () => new CloudNet())).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Bagging_and_boosting_predict_rows_with_shared_statistics()
    {
        var statistics = new TablePreprocessing<Cloud>();
        statistics.Fit(Data);
        using var encoded = statistics.Encode(Data);
        using var bagging = EnsembleTraining.Bag(encoded, 3, 1, Weak);
        var row = new Cloud(2.2f, 5);
        Assert.Equal(bagging.Ensemble.Members.Average(member => member.Predict(row)["right"]),
            bagging.Ensemble.Predict(row)["right"], 1e-9);
        using var boosted = Boosting.Train(encoded, 4, 2, Weak);
        Assert.Equal(EnsembleVote.Classes, boosted.Vote);

        // Zhu et al. 2009, equations 4 and 9: for two classes a vote counts w for its class and −w for the other.
        double right = boosted.Members.Select((member, i) =>
            boosted.Weights[i] * (member.Predict(row).Class == "right" ? 1 : -1)).Sum();
        Assert.Equal(1 / (1 + Math.Exp(-2 * right)), boosted.Predict(row)["right"], 1e-9);
        using var logits = boosted.Predict(encoded.Inputs).softmax(1).to_type(ScalarType.Float64);
        Assert.Equal(logits.data<double>().ToArray(), boosted.Predict(Data.Rows).SelectMany(one => one.Probabilities),
            (left, other) => Math.Abs(left - other) < 1e-5);

        WeakCloudNet Weak(ILabeledDataSource data, long seed)
        {
            using var generator = new Generator((ulong)seed);
            var network = new WeakCloudNet(generator) { Preprocessing = statistics };
            using var trainer = new WeakCloudTrainer(network) { Seed = seed };
            trainer.Fit(data);
            return network;
        }
    }

    [Fact]
    public void Snapshots_and_drawn_weights_predict_rows()
    {
        using var network = new SmoothCloudNet(new Generator(1));
        using var trainer = new SmoothCloudTrainer(network) { Seed = 1 };
        using var swag = new Swag<SmoothCloudNet>(network, fromEpoch: 3);
        using var snapshots = new Snapshots<SmoothCloudNet>(trainer, network, () => new SmoothCloudNet(), swag);
        trainer.Fit(Data, snapshots);
        var row = new Cloud(1.5f, 3);
        using var cycles = snapshots.ToEnsemble();
        Assert.Equal(3, cycles.Members.Count);
        Assert.Equal(cycles.Members.Average(member => member.Predict(row)["left"]), cycles.Predict(row)["left"], 1e-9);
        Assert.Equal(network.Predict(row)["left"], cycles.Members[2].Predict(row)["left"], 1e-6);
        using var drawn = swag.Sample(4, () => new SmoothCloudNet(), seed: 2);
        Assert.Equal(drawn.Members.Average(member => member.Predict(row)["left"]), drawn.Predict(row)["left"], 1e-9);
    }

    [Fact]
    public void Flags_labels_and_numbers_are_averaged_in_their_kind()
    {
        using var yes = new Ensemble<YesNet>([.. Enumerable.Range(0, 3).Select(seed =>
        {
            var net = new YesNet(new Generator((ulong)seed));
            using var trainer = new YesTrainer(net) { Seed = seed, Epochs = 2 };
            trainer.Fit(Yes.From(Data.Rows.Select(row => new Yes(row.X, row.Y / 100, row.Side == "right"))));
            return net;
        })]);
        var flag = new Yes(1.5f, 0.2f);
        BinaryPrediction said = yes.Predict(flag);
        Assert.Equal(yes.Members.Average(member => member.Predict(flag).Probability), said.Probability, 1e-9);

        using var signs = new Ensemble<SignsNet>([.. Enumerable.Range(0, 2).Select(seed =>
        {
            var net = new SignsNet(new Generator((ulong)seed));
            using var trainer = new SignsTrainer(net) { Seed = seed, Epochs = 2 };
            trainer.Fit(Signs.From(Data.Rows.Select(row => new Signs(row.X - 2, row.Y / 100, row.X > 2, row.Y > 0))));
            return net;
        })]);
        MultiLabelPrediction both = signs.Predict(new Signs(1, -0.3f));
        Assert.Equal(["IsRight", "IsAbove"], both.Names);
        Assert.Equal(signs.Members.Average(member => member.Predict(new Signs(1, -0.3f))["IsAbove"].Probability),
            both["IsAbove"].Probability, 1e-9);

        using var slopes = new Ensemble<SlopeNet>([.. Enumerable.Range(0, 2).Select(seed =>
        {
            var net = new SlopeNet(new Generator((ulong)seed));
            using var trainer = new SlopeTrainer(net) { Seed = seed };
            trainer.Fit(Slope.From(Enumerable.Range(0, 64).Select(row => new Slope(row, 1000 + 3 * row))));
            return net;
        })], [3, 1]);
        double height = slopes.Predict(new Slope(20));
        Assert.Equal(0.75 * slopes.Members[0].Predict(new Slope(20)) + 0.25 * slopes.Members[1].Predict(new Slope(20)),
            height, 1e-6);
        using var voting = new Ensemble<SlopeNet>(slopes.Members, [3, 1], EnsembleVote.Classes);
        Assert.Contains("Numbers", Assert.Throws<InvalidOperationException>(() => voting.Predict(new Slope(20))).Message,
            StringComparison.Ordinal);
    }

    private static Ensemble<CloudNet> Deep() => EnsembleTraining.Deep(3, seed: 1, seed => Trained(Data, seed));

    private static CloudNet Trained(TableData<Cloud> data, long seed)
    {
        using var generator = new Generator((ulong)seed);
        var network = new CloudNet(generator);
        using var trainer = new CloudTrainer(network) { Seed = seed, Epochs = 2 };
        trainer.Fit(data);
        return network;
    }
}
