using Dsl.Runtime;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace Dsl.Tests.Tables;

/// <summary>Predictions for rows: what they say, that they disturb nothing, and that a file keeps them.</summary>
public sealed class PredictionTests : IDisposable
{
    private static readonly TableData<Cloud> Data = Cloud.From(Enumerable.Range(0, 96).Select(row =>
        new Cloud((row % 2 * 4) + MathF.Sin(row), 100 * MathF.Cos(row), row, row % 2 == 0 ? "left" : "right")));

    private readonly string _folder = Directory.CreateTempSubdirectory("dsl-predictions").FullName;

    private string File => Path.Combine(_folder, "new", "model.safetensors");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_class_has_a_name_and_probabilities()
    {
        using var trainer = Trained();
        var prediction = trainer.Predict(new Cloud(4, 0));
        Assert.Equal("right", prediction.Class);
        Assert.Equal(["left", "right"], prediction.Classes);
        Assert.Equal(1, prediction.Probabilities.Sum(), 12);
        Assert.Equal(prediction.Probability, prediction["right"]);
        Assert.Throws<ArgumentException>(() => prediction["up"]);
        Assert.Equal(prediction.Probabilities, trainer.Predict(new Cloud(4, 0, 0, "no class")).Probabilities);
        Assert.StartsWith("right (", prediction.ToString(), StringComparison.Ordinal);
        Assert.Equal("left", trainer.Model.Predict(new Cloud(0, 0)).Class);
        Assert.True(trainer.Evaluate(Data).Accuracy > 0.95);
    }

    [Fact]
    public void Predictions_are_those_of_the_network_in_evaluation_mode()
    {
        using var trainer = Trained();
        var model = trainer.Model;
        model.train();
        var predictions = model.Predict(Data.Rows);
        Assert.True(model.training);
        Assert.Equal(predictions[5].Probabilities, model.Predict(Data.Rows[5]).Probabilities, (left, right) =>
            Math.Abs(left - right) < 1e-6);
        model.eval();
        using var encoded = model.Preprocessing.Encode(Data);
        using var noGrad = no_grad();
        using var expected = model.forward(encoded.Inputs).softmax(1).to_type(ScalarType.Float64);
        Assert.Equal(expected.data<double>().ToArray(), predictions.SelectMany(prediction => prediction.Probabilities),
            (left, right) => Math.Abs(left - right) < 1e-6);
    }

    [Fact]
    public async Task Threads_predict_at_once()
    {
        using var trainer = Trained();
        var model = trainer.Model;
        model.train();
        var expected = model.Predict(Data.Rows).Select(prediction => prediction.Probability).ToArray();
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() =>
        {
            for (int i = 0; i < 50; i++)
            {
                int row = i % Data.Count;
                Assert.Equal(expected[row], model.Predict(Data.Rows[row]).Probability, 2e-6);
            }
        })));
        Assert.True(model.training);
    }

    [Fact]
    public void A_file_holds_network_statistics_and_classes()
    {
        using var trainer = Trained();
        trainer.SaveModel(File);
        using var loaded = CloudNet.Load(File);
        Assert.False(loaded.training);
        Assert.Equal(Probabilities(trainer.Predict(Data.Rows)), Probabilities(loaded.Predict(Data.Rows)));
        using var file = Safetensors.Read(File);
        Assert.Equal("[\"left\",\"right\"]", file.Metadata["dsl.classes"]);
        Assert.Contains("X: feature number, standardized\nY: feature", file.Metadata["dsl.columns"], StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_no_file_of_the_model_is_refused()
    {
        using var trainer = Trained();
        using var fresh = new CloudNet();
        Assert.Contains("not known", Assert.Throws<InvalidOperationException>(() => fresh.Save(File)).Message,
            StringComparison.Ordinal);
        Assert.Contains("not known", Assert.Throws<InvalidOperationException>(() => fresh.Predict(new Cloud(1, 2))).Message,
            StringComparison.Ordinal);
        trainer.Save(File);
        Assert.Contains("a trainer's checkpoint, for Resume: SaveModel", Refusal(() => CloudNet.Load(File)),
            StringComparison.Ordinal);
        trainer.SaveModel(File);
        Assert.Contains("holds a Dsl.Tests.Tables.CloudNet, and not a Dsl.Tests.Tables.YesNet.", Refusal(() => YesNet.Load(File)),
            StringComparison.Ordinal);
        byte[] bytes = System.IO.File.ReadAllBytes(File);
        bytes[^5] ^= 1;
        System.IO.File.WriteAllBytes(File, bytes);
        Assert.Contains("damaged", Refusal(() => CloudNet.Load(File)), StringComparison.Ordinal);

        static string Refusal(Func<IDisposable> load) => Assert.Throws<InvalidDataException>(load).Message;
    }

    [Fact]
    public void A_resumed_trainer_has_its_statistics()
    {
        using var trainer = Trained();
        trainer.Save(File);
        using var resumed = new CloudTrainer(new CloudNet());
        resumed.Resume(File);
        Assert.Equal(Probabilities(trainer.Predict(Data.Rows)), Probabilities(resumed.Predict(Data.Rows)));
    }

    [Fact]
    public void An_average_predicts_with_the_same_statistics()
    {
        using var trainer = new AveragedCloudTrainer(new CloudNet());
        var (train, validation) = Data.StratifiedSplit(0.3);
        trainer.Fit(train, validation);
        Assert.Equal("right", trainer.Predict(new Cloud(5, 0)).Class);
        trainer.SaveModel(File);
        using var loaded = CloudNet.Load(File);
        Assert.Equal(Probabilities(trainer.Predict(Data.Rows)), Probabilities(loaded.Predict(Data.Rows)));
        Assert.NotEqual(Probabilities(trainer.Model.Predict(Data.Rows)), Probabilities(loaded.Predict(Data.Rows)));
    }

    [Fact]
    public void Yes_or_no_has_a_probability()
    {
        using var trainer = new YesTrainer(new YesNet(new Generator(1)));
        trainer.Fit(Yes.From(Data.Rows.Select(row => new Yes(row.X, row.Y / 100, row.Side == "right"))));
        Assert.True(trainer.Predict(new Yes(5, 0)).Value);
        Assert.InRange(trainer.Predict(new Yes(-1, 0)).Probability, 0, 0.5);
    }

    [Fact]
    public void Several_labels_have_each_their_own()
    {
        using var trainer = new SignsTrainer(new SignsNet(new Generator(1)));
        trainer.Fit(Signs.From(Data.Rows.Select(row => new Signs(row.X - 2, row.Y / 100, row.X > 2, row.Y > 0))));
        var prediction = trainer.Predict(new Signs(3, -1));
        Assert.True(prediction["IsRight"].Value);
        Assert.False(prediction["IsAbove"].Value);
        Assert.Equal(["IsRight"], prediction.Holding);
        Assert.Throws<ArgumentException>(() => prediction["IsBelow"]);
    }

    [Fact]
    public void Numbers_are_in_the_unit_of_the_table()
    {
        var data = Price.From(Data.Rows.Select(row => new Price(row.Group, 1900 + row.Group % 7, 200_000 + (3000 * row.Group))));
        using var trainer = new PriceTrainer(new PriceNet(new Generator(1)));
        trainer.Fit(data);
        Assert.InRange(trainer.Predict(new Price(50, 1903)), 340_000, 360_000);
        var evaluation = trainer.Evaluate(data);
        Assert.InRange(evaluation.Determination, 0.99, 1);
        double[] errors =
            [.. trainer.Predict(data.Rows).Zip(data.Rows, (predicted, row) => Math.Abs(predicted - row.Euros!.Value))];
        Assert.Equal(errors.Average(), evaluation.MeanAbsoluteError, evaluation.MeanAbsoluteError * 1e-5);
        var validation = PriceTrainer.CrossValidate(data, folds: 3);
        Assert.InRange(validation.Mean(fold => fold.Determination), 0.9, 1);
    }

    [Fact]
    public void Several_numbers_stand_in_the_order_of_the_labels()
    {
        using var trainer = new MotionTrainer(new MotionNet(new Generator(1)));
        trainer.Fit(Motion.From(Enumerable.Range(0, 64).Select(i => new Motion(i / 64f, i / 64f, 1000 + i))));
        double[] predicted = trainer.Predict(new Motion(0.5f));
        Assert.Equal(2, predicted.Length);
        Assert.InRange(predicted[1], 900, 1200);
    }

    [Fact]
    public void Cross_validation_follows_its_seed_and_says_mean_and_deviation()
    {
        var first = CloudTrainer.CrossValidate(Data, folds: 3, seed: 1);
        var again = CloudTrainer.CrossValidate(Data, folds: 3, seed: 1);
        Assert.Equal(first.Folds, again.Folds);
        Assert.Equal(first.Folds.Average(fold => fold.Accuracy), first.Mean(fold => fold.Accuracy), 12);
        Assert.Matches(@"^loss 0\.\d+ ± 0\.\d+, accuracy [01][.\d]* ± 0[.\d]* \(3 splits\)$", first.ToString());
        var grouped = OpenCloudTrainer.CrossValidate(Data.GroupedFolds(3, row => row.Group % 10), epochs: 2);
        Assert.Equal(3, grouped.Folds.Count);
    }

    private static CloudTrainer Trained()
    {
        using var initialization = new Generator(1);
        var trainer = new CloudTrainer(new CloudNet(initialization)) { Seed = 1 };
        trainer.Fit(Data);
        return trainer;
    }

    private static double[] Probabilities(ClassPrediction<string>[] predictions) =>
        [.. predictions.SelectMany(prediction => prediction.Probabilities)];
}
