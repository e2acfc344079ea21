using Dsl.Runtime;
using Dsl.Tests.Losses;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace Dsl.Tests.Limits;

/// <summary>
/// Predictions so sure that their probabilities are 0 and 1 in a float: every objective has a finite loss and a finite
/// gradient, in both targets, whether the prediction is right or wrong.
/// </summary>
public class SaturationTests
{
    // How far the largest logit lies from the others: at the edge of what an exponential holds, and far beyond.
    private static readonly double[] Distances = [18, 90, 110, 1e4];

    // What needs to know the classes' sizes, a matrix or tasks before it can make a step has limits of its own elsewhere.
    public static TheoryData<string> Trainers() => [.. typeof(Logits).Assembly.GetTypes()
        .Where(type => type.Namespace == typeof(Logits).Namespace
            && type.GetMethods().Count(method => method.Name == "ComputeGradients") == 1
            && type.GetConstructors().Single().GetParameters()[0].ParameterType == typeof(Logits)
            && type.GetProperty("Transition") is null && type.GetMethod("CountClasses") is null
            && !type.Name.StartsWith("Prototypes", StringComparison.Ordinal))
        .Select(type => type.Name).Order(StringComparer.Ordinal)];

    [Theory, MemberData(nameof(Trainers))]
    public void Sure_predictions_have_a_finite_loss_and_gradient(string trainer)
    {
        foreach (double distance in Distances) Check(trainer, distance, []);
    }

    [Theory]
    [InlineData("FocalLossExplicit", "FocalGamma"), InlineData("FocalLossAutograd", "FocalGamma")]
    [InlineData("BinaryFocalExplicit", "SigmoidFocalGamma"), InlineData("BinaryFocalAutograd", "SigmoidFocalGamma")]
    public void A_focal_exponent_below_1_has_no_infinite_derivative(string trainer, string exponent)
    {
        foreach (double distance in Distances)
            foreach (string gamma in new[] { "0", "0.3", "0.5", "1" }) Check(trainer, distance, [new(exponent, gamma)]);
    }

    private static void Check(string trainer, double distance, KeyValuePair<string, string>[] settings)
    {
        using var scope = NewDisposeScope();
        var logits = zeros(8, 10);
        for (int row = 0; row < 8; row++) logits[row, row] = distance;

        // Half of the rows are right.
        var classes = arange(8, ScalarType.Int64);
        classes[TensorIndex.Slice(4, 8)] = 9;
        var likes = new Func<Tensor>[]
        {
            () => classes, () => nn.functional.one_hot(classes, 10).to(ScalarType.Float32), () => arange(8).remainder(4),
        };
        Exception? refused = null;
        foreach (var labels in likes)
        {
            try
            {
                using var run = new LossRun(trainer, name => Part(name, logits, labels()), settings);
                double loss = run["Total"].ToDouble();
                Assert.True(double.IsFinite(loss), $"{trainer} at {distance}: the loss is {loss}");
                Assert.True(run.Gradient.isfinite().all().ToBoolean(), $"{trainer} at {distance}: the gradient is not finite");
                return;
            }
            catch (System.Reflection.TargetInvocationException error) when (error.InnerException is DataMismatchException)
            {
                refused = error;
            }
        }

        Assert.Fail($"{trainer} takes no labels: {refused}");
    }

    private static Tensor Part(string name, Tensor logits, Tensor labels) => name switch
    {
        "logits" => logits,
        "teacher_logits" => logits.flip(0),
        "labels" => labels,
        _ when name.EndsWith("Class", StringComparison.Ordinal) => zeros(8, 1, ScalarType.Int64),
        _ => full([8, 1], 1 << 23, ScalarType.Int64),
    };
}
