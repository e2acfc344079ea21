using Dsl.Generator.Checking;
using Dsl.Generator.Declarations;
using Dsl.Generator.Diagnostics;
using Dsl.Generator.Graph;
using Dsl.Generator.Graph.Operations;
using Dsl.Generator.Lowering;
using Dsl.Generator.Passes;
using Dsl.Generator.Programs;
using Dsl.Generator.Reading;
using Dsl.Generator.Trainers;
using Xunit;

namespace Dsl.Generator.Tests;

/// <summary>What is proved of gradients on the graph: where they arrive, and where they cannot.</summary>
public class GradientFlowTests
{
    private const string TwoHeads =
        "[Model(6), Linear(8), GELU, Tag(\"features\"), Linear(10), Output(\"Digit\"), From(\"features\"), Linear(2), "
        + "Output(\"Parity\")]";

    [Theory]
    [InlineData("[Model(6), GELU]", "{|DSL471:CrossEntropy|}")]
    [InlineData("[Model(6), Linear(10), StopGradient]", "{|DSL471:CrossEntropy|}")]
    [InlineData("[Model(6), Linear(8), Frozen, GELU, Tag(\"early\"), Linear(10)]",
        "CrossEntropy, {|DSL471:CrossEntropy(Of = \"early\")|}")]
    [InlineData("[Model(6), Linear(8), GELU, Tag(\"early\"), StopGradient, Tag(\"stopped\"), Linear(10)]",
        "CrossEntropy, CrossEntropy(Of = \"early\"), {|DSL471:CrossEntropy(Of = \"stopped\")|}")]
    [InlineData("[Model(6), Linear(8), GELU, Tag(\"early\"), Linear(10)]", "CrossEntropy, CrossEntropy(Of = \"early\")")]
    public Task An_objective_trains_something(string model, string objectives) => Check(model, objectives);

    [Theory]
    [InlineData(
        "every layer with parameters before it is frozen", "[Model(6), Linear(8), Frozen, Tag(\"early\"), GELU, Linear(10)]")]
    [InlineData("a [StopGradient] stands between it and the parameters",
        "[Model(6), Linear(8), StopGradient, Tag(\"early\"), GELU, Linear(10)]")]
    [InlineData("no layer before it has parameters", "[Model(6), GELU, Tag(\"early\"), Linear(10)]")]
    public Task The_reason_is_said(string reason, string model) => Verify.Message(
        $$"""
        using Dsl;
        {{model}} public partial class Net;
        [Trainer<Net>, {|DSL471:CrossEntropy(Of = "early")|}, Adam(1e-3), Epochs(10)] public partial class NetTrainer;
        """,
        said => Assert.EndsWith($"reaches no trained parameter of 'Net': {reason}", said, StringComparison.Ordinal));

    [Fact]
    public async Task Something_trains_every_parameter()
    {
        await Untrained(TwoHeads, "CrossEntropy(Of = \"Digit\")");
        await Untrained("[Model(6), Linear(8), GELU, StopGradient, Linear(10)]", "CrossEntropy");
        await Check(TwoHeads, "CrossEntropy(Of = \"Digit\"), ConfidencePenalty(Of = \"Parity\")");
        await Check("[Model(6), Linear(8), Frozen, GELU, StopGradient, Linear(10)]", "CrossEntropy");
    }

    [Fact]
    public Task Untrained_parameters_are_named() => Verify.Message(
        $$"""
        using Dsl;
        {{TwoHeads}} public partial class Net;
        [{|DSL472:Trainer<Net>|}, CrossEntropy(Of = "Digit"), Adam(1e-3), Epochs(10)] public partial class NetTrainer;
        """,
        "No objective reaches \"6.weight\", \"6.bias\" of 'Net' (18 numbers): "
        + "add an objective for what they compute, or freeze them");

    [Theory]
    [InlineData("Ask")]
    [InlineData("AskEach")]
    [InlineData("AskMean")]
    public void A_teacher_is_behind_every_gradient(string operation)
    {
        var input = new TensorType(Shape.Of(Dim.Batch("N"), 6));
        var logits = new TensorType(Shape.Of(Dim.Batch("N"), 10));
        var computation = new Computation();
        Value x = computation.Add(new Input("x", input), "x");
        Value taught = operation switch
        {
            "Ask" => computation.Add(new Ask("_teacher", new([logits])), "taught", x),
            "AskEach" => computation.Add(new AskEach("_teachers", logits), "taught", x),
            _ => computation.Add(new AskMean("_teachers", Ensemble.Geometric, new Scalar.Constant(1), 1, logits), "taught", x),
        };
        Value loss = computation.Add(new Mean(), "loss", taught);
        Value seed = computation.Add(new Input("seed", loss.Type), "seed");

        // Even where a gradient of the teacher's input is wanted, none passes.
        bool arrived = false;
        Differentiate.Run(computation, [(loss, seed)], value => value == x, (_, _) => arrived = true);
        Assert.False(arrived);
    }

    [Theory]
    [InlineData("[Model(6), Linear(10)]", false, null)]
    [InlineData("[Model(6), Linear(10)]", true, "it holds everything that it reads of the network constant")]
    public void A_term_of_a_scheme_trains_something(string model, bool isDetached, string? reason)
    {
        var trainer = Trainer(model);
        var step = new StepContext(trainer, trainer.Main);
        Value student = step.Call(step.Model, step.View(step.Unlabeled, "Student"), "student");
        if (isDetached) student = step.Computation.Add(new StopGradient(), "detached", student);
        var findings = new Findings();
        Value loss = step.Computation.Add(new Mean(), "loss", step.Computation.Add(new Square(), "square", student));
        GradientFlowChecker.CheckTerm(trainer, trainer.Main, "NewScheme", trainer.Declaration.Type.Site, loss, findings);
        Assert.Equal(
            reason is null ? [] : ["NewScheme", "Net", reason], findings.ToArray().SelectMany(finding => finding.Arguments));
    }

    [Fact]
    public Task Terms_of_schemes_and_mixtures_are_proved_where_they_are_declared() => Verify.Diagnostics("""
        using Dsl;
        [Model(3, 8, 8), Flatten, Linear(10), Tag("early"), StopGradient] public partial class Net;
        [Augmentation, GaussianNoise(0.1)] public partial class Weak;
        [Trainer<Net>, CrossEntropy(Of = "early"), {|DSL471:AugMix|}, Adam, Epochs(3)] public partial class Mixed;
        [Trainer<Net>, CrossEntropy(Of = "early"), {|DSL471:MeanTeacher|}, Augment<Weak>, Adam, Epochs(3)] public partial class Taught;
        """);

    [Fact]
    public void A_gradient_passes_a_call_to_its_input()
    {
        // What the network computed goes through it once more: the gradient passes both calls.
        var trainer = Trainer("[Model(10), Linear(10)]");
        var step = new StepContext(trainer, trainer.Main);
        Value first = step.Call(step.Model, step.View(step.Unlabeled, "Student"), "first");
        Value loss = step.Computation.Add(new Mean(), "loss", step.Call(step.Model, first, "second"));
        Value seed = step.Computation.Add(new Input("seed", loss.Type), "seed");
        Differentiate.Run(step.Computation, [(loss, seed)], _ => false, (_, _) => { }, _ => true);
        var calls = step.Computation.Nodes.Select(node => node.Operation).OfType<CallBackward>().ToList();
        Assert.Equal(["_unlabeledTape2", "_unlabeledTape"], calls.Select(call => call.Tape));
        Assert.Equal([true, false], calls.Select(call => call.Asked.Count > 0));
        Assert.All(calls, call => Assert.True(call.Learns));
    }

    [Fact]
    public void A_network_that_a_descent_does_not_train_passes_its_input_s_gradient_alone()
    {
        var trainer = Trainer("[Model(10), Linear(10)]");
        var step = new StepContext(trainer, trainer.Main);
        Value input = step.View(step.Unlabeled, "Student");
        Value loss = step.Computation.Add(new Mean(), "loss", step.Call(step.Model, input, "logits"));
        Value seed = step.Computation.Add(new Input("seed", loss.Type), "seed");
        var gradients = new List<Value>();
        Differentiate.Run(step.Computation, [(loss, seed)], value => value == input, (_, gradient) => gradients.Add(gradient));
        Assert.Equal(input.Shape, Assert.Single(gradients).Shape);
        Assert.False(Assert.IsType<CallBackward>(gradients[0].Producer.Operation).HasEffect);
    }

    [Fact]
    public void No_two_calls_of_the_network_share_a_tape()
    {
        var trainer = Trainer("[Model(10), Linear(10)]");
        var step = new StepContext(trainer, trainer.Main);
        for (int i = 0; i < 3; i++) step.Call(step.Model, step.View(step.Unlabeled, "Student"), "call");
        var calls = step.Computation.Nodes.Select(node => node.Operation).OfType<Call>().ToList();
        Assert.Equal(["_tape", "_unlabeledTape", "_unlabeledTape2", "_unlabeledTape3"], calls.Select(call => call.Tape));
        Assert.Equal(trainer.Tapes.Select(tape => tape.Field), calls.Select(call => call.Tape));
    }

    private static TrainerProgram Trainer(string model)
    {
        string source = $$"""
            using Dsl;
            {{model}} public partial class Net;
            [Trainer<Net>, CrossEntropy, Adam(1e-3), Epochs(10)] public partial class NetTrainer;
            """;
        var declaration = new ProjectReader().Read(Declared.Compile(source), CancellationToken.None).Trainers.Single()
            .Declaration;
        var findings = new Findings();
        var trainer = TrainerChecker.Check(declaration, new CompilerOptions(Backward.Explicit), findings);
        return trainer ?? throw new InvalidOperationException(string.Join(", ", findings.ToArray()));
    }

    private static Task Untrained(string model, string objectives) => Verify.Diagnostics($$"""
        using Dsl;
        {{model}} public partial class Net;
        [{|DSL472:Trainer<Net>|}, {{objectives}}, Adam(1e-3), Epochs(10)] public partial class NetTrainer;
        """);

    private static Task Check(string model, string objectives) => Verify.Diagnostics($$"""
        using Dsl;
        {{model}} public partial class Net;
        [Trainer<Net>, {{objectives}}, Adam(1e-3), Epochs(10)] public partial class NetTrainer;
        """);
}
