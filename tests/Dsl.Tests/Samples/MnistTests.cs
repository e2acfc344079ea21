using Recipes;
using Recipes.Generation;
using Recipes.Latents;
using Recipes.Robustness;
using Recipes.SemiSupervised;
using Xunit;
using static TorchSharp.torch;

namespace Dsl.Tests.Samples;

/// <summary>The recipe on MNIST's test images, where they are.</summary>
public class MnistTests
{
    [MnistFact]
    public void FixMatch_at_least_halves_the_error_of_a_hundred_labels()
    {
        var (alone, matched) = MnistRecipe.Errors(seed: 0, CPU);

        // 8 and 2 percent, with about one from seed to seed.
        Assert.InRange(alone, 5, 12);
        Assert.InRange(matched, 0, alone / 2);
    }

    [MnistFact]
    public void An_autoencoder_comes_near_its_bound_in_five_epochs()
    {
        double[] bound = MnistVariational.Measure(seed: 0, CPU, epochs: 5).Single().Values;

        // 206 nats of pixels that are told by their means alone; 114 after 30 epochs.
        Assert.InRange(bound[0], 110, 150);
        Assert.True(bound[2] > 10, $"the latent numbers say {bound[2]:0.0} nats");
        Assert.True(bound[3] < bound[0], "more draws have the better bound");
    }

    [MnistFact]
    public void Few_steps_already_make_what_a_classifier_knows()
    {
        var rows = new MnistGeneration(seed: 0, CPU, steps: 300).Measure().ToDictionary(row => row.Row, row => row.Values);
        double[] real = rows["training images"];
        Assert.True(real[0] > 95 && real[5] == 10);
        foreach (string row in rows.Keys.Where(row => row != "training images"))
            Assert.True(rows[row][2] > real[2], $"{row}: distance {rows[row][2]:0.0}, real images {real[2]:0.0}");
    }

    [MnistFact]
    public void A_ball_that_grows_trains_a_network_that_withstands()
    {
        var rows = MnistRobustness.Measure(seed: 0, CPU, epochs: 3).ToDictionary(row => row.Row, row => row.Values);
        double[] natural = rows["as they are"], byPgd = rows["PGD, 5 steps"];
        Assert.True(natural[0] > 93 && byPgd[0] > 85, $"told rightly: {natural[0]:0.0} and {byPgd[0]:0.0}");
        Assert.True(byPgd[2] > natural[2] + 5, $"PGD at 0.1: {natural[2]:0.0} and {byPgd[2]:0.0}");
    }

    /// <summary>A test that needs the files of MNIST.</summary>
    [AttributeUsage(AttributeTargets.Method)]
    private sealed class MnistFactAttribute : FactAttribute
    {
        public MnistFactAttribute()
        {
            if (!DataFolder.Has(MnistImages.DataSet))
                Skip = $"{DataFolder.Variable} names no folder with {MnistImages.DataSet} in it.";
        }
    }
}
