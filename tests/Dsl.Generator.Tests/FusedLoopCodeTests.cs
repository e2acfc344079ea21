using Xunit;

namespace Dsl.Generator.Tests;

/// <summary>Which operators are emitted as one call of a loop, and which are left alone.</summary>
public class FusedLoopCodeTests
{
    [Fact]
    public void A_cross_entropy_comes_with_its_gradient()
    {
        string step = Step("CrossEntropy");
        Contains(step, "(Tensor crossEntropy, Tensor dLogits) = ");
        Contains(step, "Aten.cross_entropy_and_gradient(logits, batch.Label, null, 1, -100);");
        Lacks(step, "log_softmax");
        Lacks(step, "nll_loss");
        Lacks(step, "_one");
        Contains(
            Step("CrossEntropy(ClassWeights = new double[] { 1, 2, 3 })"),
            "Aten.cross_entropy_and_gradient(logits, batch.Label, _");
    }

    [Fact]
    public void The_weight_of_a_term_scales_its_gradient()
    {
        string step = Step("CrossEntropy(Weight = 0.5)");
        Contains(step, "Tensor dCrossEntropyUnit) =");
        Contains(step, "Tensor dLogits = Aten.mul_(dCrossEntropyUnit, CrossEntropyWeight);");
    }

    [Fact]
    public void Log_probabilities_that_are_read_elsewhere_stay()
    {
        string step = Step("CrossEntropy(LabelSmoothing = 0.1)");
        Contains(step, "log_softmax");
        Lacks(step, "and_gradient");
    }

    [Fact]
    public void Divergences_and_squared_errors_come_with_theirs()
    {
        string step = Step("Distill(Temperature = 4)");
        Contains(step, "Tensor dDivergenceUnit) =");
        Contains(step, "Aten.divergence_and_gradient(softLogits, teacherProbabilities);");
        Contains(step, "DistillLoop(dDivergenceUnit, DistillTemperature * DistillTemperature / n, DistillTemperature);");
        Lacks(step, "expand_as");
        Contains(Step("MeanSquaredError"), "Aten.mse_loss_and_gradient(");
        Contains(Step("Huber"), "Aten.huber_loss_and_gradient(logits, targets, 1, HuberDelta);");
    }

    [Fact]
    public void Gradients_of_biases_are_added_with_the_derivative_before_them()
    {
        string backward = Backward("[Model(4), Linear(5), ReLU, Linear(6), Tanh, Linear(3)]");
        Contains(backward, "Aten.add_rows_(gradients.Linear4Bias, outputGradient);");
        Contains(backward, "Aten.tanh_backward_(dTanh3, tape.Tanh3, gradients.Linear2Bias);");
        Contains(backward, "Aten.threshold_backward_(dRelu1, tape.ReLU1, 0, gradients.Linear0Bias);");
        Contains(backward, "Aten.addmm_transposed_(gradients.Linear0Weight, dLinear0, tape.Input);");
        Lacks(backward, ".sum(0L)");
        Lacks(backward, ".t()");
    }

    [Fact]
    public void A_derivative_without_a_bias_before_it_stays_alone()
    {
        string backward = Backward("[Model(4), Linear(5, Bias = false), ReLU, Linear(6), Mish, Linear(3)]");
        Contains(backward, "Aten.threshold_backward_(dRelu1, tape.ReLU1, 0);");
        Contains(backward, "Aten.mish_backward(dMish3, tape.Linear2);");
        Contains(backward, "Aten.add_rows_(gradients.Linear2Bias, dLinear2);");
    }

    [Fact]
    public void Nothing_is_joined_across_blocks()
    {
        string file = Declared.Generate(Samples.Header + """
            [Block, ReLU, Linear(5), Tanh, Linear(5)] public partial class Stage;
            [Model(4), Linear(5), Use<Stage>(Times = 2), Linear(3)] public partial class Net;
            """)["Demo.Net.Model.g.cs"];
        Contains(file, "Aten.tanh_backward_(");
        Contains(file, "Aten.add_rows_(gradients.Linear0Bias,");
        Lacks(file, ", 0, gradients.Linear");
    }

    [Fact]
    public void Maxima_are_taken_before_rectifiers()
    {
        string file = Network("Conv2d(4, 3, Padding = 1), ReLU, MaxPool2d(2), MaxPool2d(2), Flatten, Linear(3)");
        Contains(file, "Aten.max_pool2d_with_indices(conv2d0, ");
        Contains(file, "Aten.max_pool2d_with_indices(maxPool2d2, ");
        Contains(file, "Tensor relu1 = tape.ReLU1 = Aten.relu_(maxPool2d3);  // [N, 4, 2, 2]");
        Contains(file, "Aten.max_pool2d_with_indices_backward(dMaxPool2d2, [8, 8], ");
    }

    [Theory]
    [InlineData("Conv2d(4, 3, Padding = 1), ReLU, Tag(\"a\"), MaxPool2d(2), Flatten, Linear(3)")]
    [InlineData("Conv2d(4, 3, Padding = 1), ReLU, AvgPool2d(2), Flatten, Linear(3)")]
    [InlineData("Conv2d(4, 3, Padding = 1), ReLU, MaxPool2d(2), Tag(\"a\"), Flatten, Linear(3)")]
    public void What_is_read_elsewhere_stays_where_it_is(string layers) =>
        Contains(Network(layers), "Aten.relu_(conv2d0);  // [N, 4, 8, 8]");

    private static string Network(string layers) => Declared.Generate(
        $"{Samples.Header}[Model(1, 8, 8), {layers}] public partial class Net;")["Demo.Net.Model.g.cs"];

    private static string Step(string objective)
    {
        const string net = "[Model(4), Linear(5), ReLU, Linear(3)]";
        string trainer = $"[Trainer<Net>, {objective}, Adam(1e-3), Steps(9)] public partial class T;";
        string file = Declared.Generate($"{Samples.Header}{net} public partial class Net; {trainer}")["Demo.T.Trainer.g.cs"];
        int start = file.IndexOf("public Losses ComputeGradients", StringComparison.Ordinal);
        return file[start..file.IndexOf("private void Require", start, StringComparison.Ordinal)];
    }

    private static string Backward(string model)
    {
        string file = Declared.Generate(Samples.Header + model + " public partial class Net;")["Demo.Net.Model.g.cs"];
        int start = file.IndexOf("public Tensor? Backward", StringComparison.Ordinal);
        return file[start..file.IndexOf("if (!inputGradient)", start, StringComparison.Ordinal)];
    }

    private static void Contains(string text, string part) => Assert.Contains(part, text, StringComparison.Ordinal);

    private static void Lacks(string text, string part) => Assert.DoesNotContain(part, text, StringComparison.Ordinal);
}
