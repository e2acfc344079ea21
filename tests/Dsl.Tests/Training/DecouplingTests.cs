using Dsl.Runtime;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace Dsl.Tests.Decoupling;

[Block, Linear(12, Bias = false), BatchNorm1d, ReLU]
public partial class Backbone;

[Model(6), Use<Backbone>, Linear(4)]
public partial class Joint;

[Model(6), Use<Backbone>, Frozen, Linear(4)]
public partial class Retrained;

[Model(6), Use<Backbone>, Linear(4), Frozen, LearnedScale]
public partial class Rescaled;

[Trainer<Joint>, CrossEntropy, Adam(1e-2), BatchSize(16), Epochs(5)]
public partial class JointTrainer;

[Trainer<Retrained>, CrossEntropy, ClassSampling, Adam(1e-2), BatchSize(16), Epochs(5)]
public partial class RetrainedTrainer;

[Trainer<Rescaled>, CrossEntropy, ClassSampling, Adam(1e-2), BatchSize(16), Epochs(5)]
public partial class RescaledTrainer;

[Trainer<Rescaled>(Backward = Backward.Autograd), CrossEntropy, ClassSampling, Adam(1e-2), BatchSize(16), Epochs(5)]
public partial class RescaledByAutograd;

/// <summary>Second stages: the head alone is trained, on features that stay as they are.</summary>
public class DecouplingTests
{
    [Fact]
    public void A_retrained_head_stands_on_the_features_of_the_first_stage()
    {
        using var data = Data();
        using var first = First(data);
        using var second = new RetrainedTrainer(new Retrained(new Generator(2)));
        var copied = NetworkWeights.Copy(first.Model, second.Model, "0");
        Assert.Equal(
            ["0.0.weight", "0.1.bias", "0.1.num_batches_tracked", "0.1.running_mean", "0.1.running_var", "0.1.weight"], copied);
        using var head = second.Model.state_dict()["1.weight"].clone();
        Assert.False(Same(head, first.Model.state_dict()["1.weight"]));
        second.Fit(data);
        Assert.False(Same(head, second.Model.state_dict()["1.weight"]));
        foreach (string name in copied)
            Assert.True(Same(first.Model.state_dict()[name], second.Model.state_dict()[name]), name);
    }

    [Fact]
    public void Scales_are_learned_of_a_head_that_stays()
    {
        using var data = Data();
        using var first = First(data);
        using var second = new RescaledTrainer(new Rescaled(new Generator(2)));
        using var other = new RescaledByAutograd(new Rescaled(new Generator(3)));
        foreach (var network in new[] { second.Model, other.Model }) NetworkWeights.Copy(first.Model, network);
        first.Model.eval();
        second.Model.eval();
        Close.To(first.Model.forward(data.Inputs), second.Model.forward(data.Inputs), "before");
        second.Fit(data);
        other.Fit(data);
        Close.To(other.Model.Arena.Values, second.Model.Arena.Values, "both targets", 1e-4);
        second.Model.eval();
        using var scale = second.Model.state_dict()["2.weight"].clone();
        Assert.True(scale.sub(1).abs().max().ToDouble() > 0.01);
        Close.To(first.Model.forward(data.Inputs).mul(scale), second.Model.forward(data.Inputs), "scaled");
    }

    [Fact]
    public void What_does_not_fit_is_told_and_nothing_is_copied()
    {
        using var first = new Joint(new Generator(1));
        using var second = new Rescaled(new Generator(2));
        using var before = second.Arena.Values.clone();
        var unknown = Assert.Throws<ArgumentException>(() => NetworkWeights.Copy(first, second, "0", "9"));
        Assert.Contains("\"9\" fits no tensor", unknown.Message, StringComparison.Ordinal);
        Assert.Contains("'2.weight' is [4]",
            Assert.Throws<ArgumentException>(() => NetworkWeights.Copy(second, first)).Message, StringComparison.Ordinal);
        Assert.True(Same(before, second.Arena.Values));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0.7)]
    [InlineData(1)]
    public void Rows_of_a_head_are_divided_by_a_power_of_their_length(double tau)
    {
        using var model = new Joint(new Generator(1));
        var head = model.state_dict();
        using var before = head["1.weight"].clone();
        using (no_grad())
        {
            before[2].zero_();
            head["1.weight"].copy_(before);
        }

        TauNormalization.Apply(head["1.weight"], head["1.bias"], tau);
        for (int row = 0; row < 4; row++)
        {
            float length = before[row].norm().ToSingle();
            var expected = length == 0 ? before[row] : before[row].div(Math.Pow(length, tau));
            Close.To(expected, head["1.weight"][row], $"row {row}");
        }

        Assert.Equal(0, head["1.bias"].abs().max().ToDouble());
        Assert.Throws<ArgumentOutOfRangeException>(() => TauNormalization.Apply(head["1.weight"], tau: 2.5));
        Assert.Throws<ArgumentException>(() => TauNormalization.Apply(head["1.bias"]));
    }

    [Theory]
    [InlineData(EmbeddingDistance.Cosine)]
    [InlineData(EmbeddingDistance.Euclidean)]
    public void The_nearest_mean_is_the_class(EmbeddingDistance distance)
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(4);
        Tensor features = randn([30, 5], generator: generator).add(0.5), test = randn([11, 5], generator: generator);
        var labels = arange(30).remainder(3).mul(2);
        using var means = NearestClassMean.Fit(features, labels, distance);
        Assert.Equal([0, 2, 4], means.Classes);
        var predicted = means.Predict(test);
        for (int i = 0; i < 11; i++)
        {
            // By the formula, class for class.
            var scores = new long[] { 0, 2, 4 }.Select(label =>
            {
                var rows = features[labels.eq(label)];
                if (distance == EmbeddingDistance.Euclidean) return -test[i].sub(rows.mean([0])).norm().ToSingle();
                var mean = rows.div(rows.norm(1, keepdim: true)).mean([0]);
                return mean.dot(test[i]).ToSingle() / (mean.norm().ToSingle() * test[i].norm().ToSingle());
            }).ToList();
            Assert.Equal(2 * scores.IndexOf(scores.Max()), predicted[i]);
        }
    }

    private static bool Same(Tensor left, Tensor right)
    {
        using var scope = NewDisposeScope();
        return left.eq(right).all().ToBoolean();
    }

    private static JointTrainer First(InMemoryData data)
    {
        var trainer = new JointTrainer(new Joint(new Generator(1)));
        trainer.Fit(data);
        return trainer;
    }

    private static InMemoryData Data()
    {
        using var generator = new Generator(7);
        var inputs = randn([90, 6], generator: generator);
        return new InMemoryData(inputs, inputs.narrow(1, 0, 4).argmax(1));
    }
}
