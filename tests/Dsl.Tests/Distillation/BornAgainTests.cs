using Dsl.Runtime;
using Dsl.Tests.Distillation;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace Dsl.Tests;

/// <summary>Generations of networks, and their ensemble.</summary>
public class BornAgainTests
{
    [Fact]
    public void Each_generation_learns_from_the_one_before_it()
    {
        using var data = Separable(64);
        var taught = new List<(Small Network, Small Teacher)>();
        var generations = BornAgain.Train(3, Create, First, (network, teacher) =>
        {
            taught.Add((network, teacher));
            using var trainer = new NextGeneration(network, teacher);
            trainer.Fit(data);
        });
        Assert.Equal(3, generations.Length);
        Assert.Equal([(generations[1], generations[0]), (generations[2], generations[1])], taught);

        using var ensemble = new NetworkEnsemble(generations);
        double accuracy = Classification.Evaluate(ensemble, data, CPU).Accuracy;
        Assert.True(accuracy > 0.9, $"{accuracy}");
        Assert.All(generations, network => Assert.True(Classification.Evaluate(network, data, CPU).Accuracy > 0.85));

        void First(Small network)
        {
            using var trainer = new FirstGeneration(network);
            trainer.Fit(data);
        }
    }

    [Fact]
    public void One_generation_has_no_teacher()
    {
        int trained = 0;
        Assert.Single(
            BornAgain.Train(1, Create, _ => trained++, (_, _) => Assert.Fail("there is no generation before the first")));
        Assert.Equal(1, trained);
        Assert.Throws<ArgumentOutOfRangeException>(() => BornAgain.Train(0, Create, _ => { }, (_, _) => { }));
    }

    [Fact]
    public void An_ensemble_s_probabilities_are_the_mean()
    {
        var (one, other) = (Create(0), Create(1));
        using var ensemble = new NetworkEnsemble(one, other);
        using var input = randn([5, 6]);
        using var probabilities = ensemble.forward(input).exp();
        using var mean = (one.forward(input).softmax(1) + other.forward(input).softmax(1)) / 2;
        Close.To(mean, probabilities, "probabilities");
        Assert.False(one.training);
        Assert.Throws<ArgumentException>(() => new NetworkEnsemble());
    }

    private static Small Create(int generation)
    {
        using var seeded = new Generator((ulong)generation);
        return new Small(seeded);
    }

    private static InMemoryData Separable(long count)
    {
        using var seeded = new Generator(7);
        var inputs = randn([count, 6], generator: seeded);
        using var first = inputs.narrow(1, 0, 4);
        return new InMemoryData(inputs, first.argmax(1));
    }
}
