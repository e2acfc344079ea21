using Dsl.Runtime;
using Dsl.Tests.Recipes;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace Dsl.Tests;

/// <summary>Linear regression that is solved, against closed forms and coordinate descent in numpy.</summary>
public class LinearRegressionTests
{
    [Theory]
    [InlineData("ordinary")]
    [InlineData("deficient")]
    [InlineData("ridge")]
    [InlineData("lasso")]
    [InlineData("elastic_net")]
    public void A_trainer_solves_it(string name)
    {
        var golden = Golden.Load("linear_regression/" + name);
        using var data = new InMemoryData(golden["input"], golden["label"]);
        foreach (bool isExplicit in new[] { true, false })
        {
            using var model = new Regressed(new Generator(1));
            using Trainer trainer = isExplicit
                ? new LeastSquaresTrainer(model) { Ridge = golden.Number("ridge"), Lasso = golden.Number("lasso") }
                : new LeastSquaresAutograd(model) { Ridge = golden.Number("ridge"), Lasso = golden.Number("lasso") };
            if (trainer is LeastSquaresTrainer first) first.Fit(data);
            else ((LeastSquaresAutograd)trainer).Fit(data);
            golden.Matches("weight", model.Linear0Weight);
            golden.Matches("bias", model.Linear0Bias);
            Assert.Equal((golden["weight"] == 0).sum().ToInt64(), (model.Linear0Weight == 0).sum().ToInt64());
        }
    }

    [Fact]
    public void A_layer_without_a_bias_and_one_behind_a_flattened_image()
    {
        var golden = Golden.Load("linear_regression/plain");
        using var data = new InMemoryData(golden["input"], golden["label"]);
        using var plain = new RegressedPlain();
        using (var trainer = new RidgePlain(plain)) trainer.Fit(data);
        golden.Matches("weight", plain.Linear0Weight);

        var other = Golden.Load("linear_regression/ridge");
        using var images = new InMemoryData(other["input"].reshape(40, 2, 3), other["label"]);
        using var model = new RegressedImage();
        using (var trainer = new RidgeImage(model)) trainer.Fit(images);
        other.Matches("weight", model.Linear1Weight);
    }

    [Fact]
    public void Descent_finds_the_same()
    {
        var golden = Golden.Load("linear_regression/ordinary");
        using var data = new InMemoryData(golden["input"], golden["label"]);
        using var model = new Regressed(new Generator(1));
        using var trainer = new RegressedByDescent(model);
        trainer.Fit(data);
        golden.Matches("weight", model.Linear0Weight, 1e-3);
        golden.Matches("bias", model.Linear0Bias, 1e-3);
    }

    [Fact]
    public void A_table_is_fitted_in_one_line_and_predicts_rows()
    {
        var random = new Random(4);
        var rows = Enumerable.Range(0, 60).Select(i =>
        {
            var (area, rooms) = (30 + (float)(90 * random.NextDouble()), 1 + random.Next(5));
            string side = i % 2 == 0 ? "north" : "south";
            return new Flat(area, rooms, side, (3000 * area) + (10_000 * rooms) + (side == "south" ? 25_000 : 0));
        }).ToList();
        var flats = Flat.From(rows);
        using var trainer = new FlatTrainer(new FlatModel()) { Ridge = 0 };
        trainer.Fit(flats);
        Assert.True(trainer.Evaluate(flats).Determination > 0.9999999);
        Assert.Equal(385_000, trainer.Predict(new Flat(100, 6, "south", 0)), 0.01 * 385_000);
    }

    [Fact]
    public void What_cannot_be_solved_says_so()
    {
        using var model = new Regressed();
        using var trainer = new LeastSquaresTrainer(model);
        using var few = new InMemoryData(randn(4, 6), randn(4, 3));
        Assert.Contains("label 3", Assert.ThrowsAny<Exception>(() => trainer.Fit(few)).Message, StringComparison.Ordinal);
        trainer.Freeze("0.bias");
        using var data = new InMemoryData(randn(40, 6), randn(40, 2));
        Assert.Contains("frozen", Assert.Throws<InvalidOperationException>(() => trainer.Fit(data)).Message,
            StringComparison.Ordinal);
        using var infinite = full([3, 2], double.PositiveInfinity);
        Assert.Throws<DataMismatchException>(() => LinearSolver.Solve(infinite, randn(3, 1)));
        Assert.Throws<ArgumentOutOfRangeException>(() => LinearSolver.Solve(randn(3, 2), randn(3, 1), lasso: -1));
    }

    [Fact]
    public void Steps_leave_what_was_solved_and_a_checkpoint_has_it()
    {
        var golden = Golden.Load("linear_regression/ridge");
        using var data = new InMemoryData(golden["input"], golden["label"]);
        using var model = new Regressed();
        using var trainer = new LeastSquaresTrainer(model) { Ridge = 20 };
        trainer.Fit(data);
        using var solved = model.Arena.Values.clone();
        trainer.Step(new(golden["input"], golden["label"]));
        Assert.True(solved.Equals(model.Arena.Values));
        string path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        trainer.Save(path);
        using var other = new Regressed();
        using (var resumed = new LeastSquaresTrainer(other) { Ridge = 20 }) resumed.Resume(path);
        File.Delete(path);
        Assert.True(solved.Equals(other.Arena.Values));
    }
}
