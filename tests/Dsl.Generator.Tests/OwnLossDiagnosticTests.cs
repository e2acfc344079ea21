using Xunit;

namespace Dsl.Generator.Tests;

/// <summary>Losses and metrics in plain C#: what is analysed, what is called as it stands, what is neither.</summary>
public class OwnLossDiagnosticTests
{
    // For information where a method is not analysed: unmarked, it fails a test.
    [Theory]
    [InlineData("return maximum(Quantile * (target - prediction), (Quantile - 1) * (target - prediction));")]
    [InlineData("var e = (prediction - target).abs(); return where(e < 1, 0.5 * e * e, e - 0.5).mean();")]
    [InlineData("return where(prediction > target, prediction, target).sum() / 3;")]
    [InlineData("return (prediction - target).clamp(-1, 1).square() + prediction.clamp(max: 2) + prediction.clamp_min(0);")]
    [InlineData(
        "return (prediction[.., 0] - target[.., 0]).square() + (prediction[.., 1..].sum(1) - target.select(1, -1)).pow(1.5);")]
    [InlineData("return prediction[TensorIndex.Colon, 2] * target.narrow(1, 0, 2).mean([1]);")]
    [InlineData("var e = prediction - target; for (int i = 0; i < 2; i++) e = e * e; return e.mean([1]);")]
    [InlineData("return -(prediction.log_softmax(1) * target).sum(1);")]
    public Task Analysed(string body) =>
        Check($"[Objective] private static Tensor Own(Tensor prediction, Tensor target) {{ {body} }}");

    [Theory]
    [InlineData("{|DSL452:nn.functional.mse_loss(prediction, target)|}")]
    [InlineData("({|DSL452:Scale|} * (prediction - target)).square()")]
    [InlineData("{|DSL452:Inner(prediction, target)|}")]
    [InlineData("{|DSL452:prediction[0]|} - target")]
    public Task Called(string result) => Check($$"""
        private static double Scale { get; set; } = 1;
        private static Tensor Inner(Tensor a, Tensor b) => a - b;
        [Objective] private static Tensor Own(Tensor prediction, Tensor target) => {{result}};
        """);

    [Theory]
    [InlineData("[Objective] private Tensor {|DSL451:Own|}(Tensor prediction, Tensor target) => prediction;")]
    [InlineData("[Objective] private static double {|DSL451:Own|}(Tensor prediction, Tensor target) => 1;")]
    [InlineData("[Objective] private static Tensor {|DSL451:Own|}(Tensor prediction, Tensor target, double x) => prediction;")]
    [InlineData("[Objective] private static Tensor {|DSL451:Own|}() => null!;")]
    [InlineData("[Objective] private static Tensor {|DSL451:Own|}<T>(Tensor prediction, Tensor target) => prediction;")]
    [InlineData("[Objective] private static Tensor {|DSL451:Own|}(Tensor prediction, Tensor[] target) => prediction;")]
    [InlineData(
        "[Objective] private static Tensor Own(Tensor a, Tensor b) => a; [Objective] private static Tensor "
        + "{|DSL451:Own|}(Tensor a) => a;")]
    [InlineData("[Objective({|DSL105:Weight = -1|})] private static Tensor Own(Tensor prediction) => prediction;")]
    [InlineData("[Objective({|DSL409:Of = \"Nothing\"|})] private static Tensor Own(Tensor prediction) => prediction;")]
    [InlineData(
        "[Objective] private static Tensor Own(Tensor prediction, Tensor target) => {|DSL232:prediction + target.narrow(1, "
        + "0, 2)|};")]
    [InlineData("[Objective] private static Tensor Own(Tensor prediction, Tensor target) => {|DSL232:prediction.select(1, 3)|};")]
    [InlineData("[{|DSL471:Objective|}] private static Tensor Own(Tensor prediction, Tensor target) => target.square();")]
    public Task Wrong(string member) => Check(member);

    [Theory]
    [InlineData("[Metric] private double {|DSL454:Covered|}(Tensor predictions, Tensor labels) => 1;")]
    [InlineData("[Metric] private static int {|DSL454:Covered|}(Tensor predictions, Tensor labels) => 1;")]
    [InlineData("[Metric] private static double {|DSL454:Covered|}(Tensor predictions) => 1;")]
    [InlineData("[Metric] private static double Covered(Tensor predictions, Tensor labels) => 1;")]
    public Task Metrics(string member) => Check(
        "[Objective] private static Tensor Own(Tensor prediction, Tensor target) => (prediction - target).square();" + member);

    [Theory]
    [InlineData("{|DSL453:(prediction - target).square().mean()|}.sqrt()")]
    [InlineData("{|DSL452:{|DSL453:nn.functional.mse_loss(prediction, target)|}|}")]
    [InlineData("(prediction - target).square()")]
    public Task Several_batches(string result) => Check(
        $"[Objective] private static Tensor Own(Tensor prediction, Tensor target) => {result};", recipe: ", Accumulate(4)");

    [Fact]
    public Task The_message_names_the_construct() => Verify.Message(Source("""
        [Objective] private static Tensor Own(Tensor prediction, Tensor target) => {|DSL452:nn.functional.mse_loss(prediction, target)|};
        """, ""),
        "The compiler does not analyse 'mse_loss(...)': 'Own' is called as it stands, and the trainer goes through autograd");

    private static Task Check(string members, string recipe = "") => Verify.Diagnostics(Source(members, recipe));

    private static string Source(string members, string recipe) => $$"""
        using Dsl;
        using TorchSharp;
        using static TorchSharp.torch;
        [Model(4), Linear(8), Tanh, Linear(3)]
        public partial class Net;
        [Trainer<Net>, Adam(1e-3), Epochs(10){{recipe}}]
        public partial class NetTrainer
        {
            private const double Quantile = 0.9;
            {{members}}
        }
        """;
}
