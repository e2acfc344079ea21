using Digits;
using Dsl.Runtime;
using Xunit;

namespace Dsl.Tests.Behaviour;

/// <summary>
/// The demo's trainings on real digits reach the accuracy of PyTorch's, with fixed seeds: means over three seeds, within two
/// standard deviations of the reference (5 seeds).
/// </summary>
public class DigitsTests
{
    private static readonly long[] Seeds = [0, 1, 2, 3, 4];

    [Fact]
    public void Supervised_and_distilled_without_a_label()
    {
        var supervised = new List<double>();
        var distilled = new List<double>();
        foreach (long seed in Seeds)
        {
            using var recipes = new Digits.Recipes(seed, TrainingDevice.FromEnvironment());
            using var teacher = recipes.Supervised();
            supervised.Add(100 * teacher.Evaluate(recipes.Test).Accuracy);
            using var student = recipes.Distilled(teacher.Model);
            distilled.Add(100 * student.Evaluate(recipes.Test).Accuracy);
        }

        Assert.InRange(supervised.Average(), 99.1 - (2 * 0.3), 100);
        Assert.InRange(distilled.Average(), 96.6 - (2 * 0.7), 100);
    }

    [Fact]
    public void Mean_teacher_on_fifty_labels()
    {
        var accuracies = new List<double>();
        foreach (long seed in Seeds)
        {
            using var recipes = new Digits.Recipes(seed, TrainingDevice.FromEnvironment());
            using var trainer = recipes.MeanTeacher();
            accuracies.Add(100 * trainer.Evaluate(recipes.Test).Accuracy);
        }

        Assert.InRange(accuracies.Average(), 92.2 - (2 * 1.3), 100);
    }

    [Fact]
    public void Fifty_labels_alone()
    {
        var accuracies = new List<double>();
        foreach (long seed in Seeds)
        {
            using var recipes = new Digits.Recipes(seed, TrainingDevice.FromEnvironment());
            using var trainer = recipes.FewLabels();
            accuracies.Add(100 * trainer.Evaluate(recipes.Test).Accuracy);
        }

        Assert.InRange(accuracies.Average(), 87.5 - (2 * 3.1), 87.5 + (2 * 3.1));
    }

    [Fact]
    public void The_same_seed_gives_the_same_network()
    {
        using var recipes = new Digits.Recipes(3, TrainingDevice.FromEnvironment());
        using var first = recipes.FewLabels();
        using var second = recipes.FewLabels();
        Assert.True(first.Model.Arena.Values.Equals(second.Model.Arena.Values));
    }
}
