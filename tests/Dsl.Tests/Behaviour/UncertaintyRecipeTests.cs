using Dsl.Runtime;
using Recipes.Sinusoids;
using Recipes.Uncertainty;
using Xunit;

namespace Dsl.Tests.Behaviour;

/// <summary>The recipes of uncertainty and of meta-learning, shortened, show with one seed what their tables show.</summary>
public class UncertaintyRecipeTests
{
    [Fact]
    public void Ensembles_and_scaling_are_more_likely()
    {
        var curves = new List<string>();
        var rows = UncertaintyRecipe.Measure(seed: 0, TrainingDevice.FromEnvironment(), epochs: 40, (row, _) => curves.Add(row))
            .ToDictionary(row => row.Row, row => row.Values);
        Assert.Equal(12, rows.Count);
        Assert.Contains("ensemble", curves);

        // By Jensen's inequality; and no temperature changes a prediction.
        Assert.True(rows["ensemble"][0] <= rows["members of the ensemble"][0]);
        Assert.True(rows["bagging"][0] <= rows["members of the bagging"][0]);
        Assert.Equal(rows["one network"][1], rows["one network, its temperature"][1]);
        Assert.All(rows.Values, values => Assert.InRange(values[1], 85, 100));

        // The surest four fifths are right more often, and shuffled pixels make a network less sure.
        Assert.All(
            rows.Where(row => row.Key != "out of bag"),
            row => Assert.True(row.Value[3] >= row.Value[1] && row.Value[5] > 60, $"{row.Key}: {row.Value[3]}, {row.Value[5]}"));
    }

    [Fact]
    public void A_step_leads_to_a_new_wave_after_meta_learning_alone()
    {
        var rows = SinusoidRecipe.Measure(seed: 0, TrainingDevice.FromEnvironment(), steps: 1000, waves: 100)
            .ToDictionary(row => row.Row, row => row.Values);
        double[] maml = rows["MAML"], pretrained = rows["pretrained"];
        Assert.True(maml[3] < 0.6 * maml[0], $"{maml[0]} and {maml[3]}");
        Assert.True(maml[3] < pretrained[3], $"{maml[3]} and {pretrained[3]}");
        Assert.True(rows["first order"][3] < rows["first order"][0]);
    }
}
