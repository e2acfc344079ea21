using System.Collections.Immutable;
using Dsl.Generator.Graph;
using Dsl.Generator.Graph.Operations;
using Dsl.Generator.Passes;
using Dsl.Generator.Tests.Inspecting;
using Dsl.Inspect;
using Dsl.Inspect.Projects;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace Dsl.Generator.Tests.Architecture;

/// <summary>
/// The rules of computations hold after each pass, for every model and trainer that the documentation, the samples and the
/// tests of trained networks declare; and a fault of each kind is found.
/// </summary>
public class VerifierTests
{
    private const string ImplicitUsings =
        "global using System; global using System.Collections.Generic; global using System.Linq;";

    public static TheoryData<string> Sources => ["docs", "samples", "tests/Dsl.Tests"];

    [Theory]
    [MemberData(nameof(Sources))]
    public void Every_pass_keeps_the_rules(string source)
    {
        var faults = new List<string>();
        int models = 0, trainers = 0;
        foreach (var compilation in Compilations(source))
        {
            foreach (var type in Inspection.Of(compilation, new ProjectOptions(ImmutableDictionary<string, string>.Empty)).Types)
            {
                if (type is InspectedTrainer trainer)
                {
                    Verify(trainer, faults);
                    trainers++;
                }
                else
                {
                    Verify((InspectedModel)type, faults);
                    models++;
                }
            }
        }

        Assert.True(models > 10 && trainers > 10, $"{models} models and {trainers} trainers");
        Assert.True(faults.Count == 0, string.Join("\n", faults.Distinct().Take(40)));
    }

    [Fact]
    public void What_is_read_before_it_is_defined()
    {
        var (c, values) = Chain();
        c.Replace(c.Nodes.Reverse().ToList());
        Assert.Contains("ReLU(x) reads x before anything defines it", Verifier.Faults(c, [values[^1]]));
    }

    [Fact]
    public void What_nothing_defines()
    {
        var (c, values) = Chain();
        c.Replace(c.Nodes.Where(node => node.Operation is not ReLU).ToList());
        Assert.Equal(["AddNumber(relu) reads relu before anything defines it"], Verifier.Faults(c, [values[^1]]));
        Assert.Equal(["relu is read outside, and nothing defines it"],
            Verifier.Faults(new Computation(), [values[1]]));
    }

    [Fact]
    public void A_shape_that_the_operation_does_not_give()
    {
        var (c, values) = Chain();
        var node = values[1].Producer;
        node.Outputs = [new Value(node, 0, new TensorType(Shape.Of(3)), "relu", "relu2")];
        Assert.Contains(Verifier.Faults(c, [values[^1]]), fault => fault.Contains("but ReLU(x) gives", StringComparison.Ordinal));
    }

    [Fact]
    public void Shapes_that_an_operation_refuses()
    {
        var (c, values) = Chain();
        Value other = c.Add(new Input("other", new TensorType(Shape.Of(7))), "other");
        Value sum = c.Add(new Add(), "sum", values[0], values[1]);
        sum.Producer.Inputs = [values[0], other];
        Assert.Contains(
            Verifier.Faults(c, [sum]), fault => fault.StartsWith("Add(x, other) refuses its inputs", StringComparison.Ordinal));
    }

    [Fact]
    public void A_result_of_another_node()
    {
        var (c, values) = Chain();
        var node = new Node(new ReLU(), [values[0]], null) { Outputs = [values[1]] };
        c.Replace([c.Nodes[0], node, .. c.Nodes.Skip(2)]);
        Assert.Contains("relu is not result 0 of ReLU(x), which has it", Verifier.Faults(c, [values[^1]]));
    }

    [Fact]
    public void Values_that_are_defined_twice_or_called_alike()
    {
        var (c, values) = Chain();
        c.Replace([.. c.Nodes, c.Nodes[1]]);
        Assert.Contains("relu is defined twice", Verifier.Faults(c, [values[^1]]));
        (c, values) = Chain();
        values[1].Name = "x";
        Assert.Contains("two values are called x", Verifier.Faults(c, [values[^1]]));
    }

    [Fact]
    public void Two_writers()
    {
        var (c, values) = Chain();
        Value state = c.Add(new Input("_state", new TensorType(Shape.Of(5, 4))), "state");
        Value places = c.Add(new Input("places", new TensorType(Shape.Of(3), ElementType.Int64)), "places");
        c.AddEffect(new WriteRows(), state, places, values[1]);
        c.AddEffect(new WriteRows(), state, places, values[0]);
        Assert.Contains("_state has two writers", Verifier.Faults(c, [values[^1]]));
    }

    [Fact]
    public void A_state_that_is_read_after_it_was_written()
    {
        var (c, values) = Chain();
        Value state = c.Add(new Input("_state", new TensorType(Shape.Of(5, 4))), "state");
        Value places = c.Add(new Input("places", new TensorType(Shape.Of(3), ElementType.Int64)), "places");
        c.AddEffect(new WriteRows(), state, places, values[1]);
        Assert.Empty(Verifier.Faults(c, [values[^1]]));
        Value late = c.Add(new ReLU(), "late", state);
        Assert.Contains("ReLU(state) reads _state after it was written", Verifier.Faults(c, [late]));
    }

    [Fact]
    public void Memory_that_is_gone()
    {
        var (c, values) = Chain();
        var plan = new PlanMemory(c.Nodes, [values[^1]], []);
        Assert.True(plan.IsInPlace(values[2].Producer));
        Assert.Empty(Verifier.Faults(c.Nodes, plan, [values[^1]], []));

        // A reader that the plan did not know, of what was written over and of what was freed.
        c.Add(new Tanh(), "late", values[1]);
        Assert.Contains("Tanh(relu) reads relu, which is written over by AddNumber(relu)",
            Verifier.Faults(c.Nodes, plan, [values[^1]], []));

        (c, values) = Chain();
        Value mean = c.Add(new Mean(), "mean", values[2]);
        plan = new PlanMemory(c.Nodes, [mean], []);
        Assert.Empty(Verifier.Faults(c.Nodes, plan, [mean], []));
        Value late = c.Add(new Tanh(), "late", values[2]);
        var faults = Verifier.Faults(c.Nodes, plan, [mean], []);
        Assert.Contains("Tanh(sum) reads sum, which is freed after Mean(sum)", faults);
        Assert.Contains("nobody frees late", faults);
        Assert.Contains("sum is freed after Mean(sum), but outlives the method",
            Verifier.Faults(c.Nodes, plan, [mean, values[2], late], []));
    }

    [Fact]
    public void Memory_that_is_not_the_methods()
    {
        var (c, values) = Chain();
        var plan = new PlanMemory(c.Nodes, [values[^1]], []);
        Assert.Contains(
            "AddNumber(relu) writes over relu, which outlives the method",
            Verifier.Faults(c.Nodes, plan, [values[1], values[^1]], []));
        var tail = c.Nodes.Skip(2).ToList();
        Assert.Contains(
            "AddNumber(relu) writes over relu, which is not the method's", Verifier.Faults(tail, plan, [values[^1]], []));
    }

    /// <summary>x [3, 4], max(x, 0), that + 1.</summary>
    private static (Computation Computation, Value[] Values) Chain()
    {
        var c = new Computation();
        Value x = c.Add(new Input("x", new TensorType(Shape.Of(3, 4))), "x"), relu = c.Add(new ReLU(), "relu", x);
        return (c, [x, relu, c.Add(new AddNumber(1), "sum", relu)]);
    }

    private static void Verify(InspectedModel model, List<string> faults)
    {
        var network = model.Network();
        if (network.IsOpaque) return;
        var roots = network.Results.Concat(network.Features).Select(port => port.Value).ToList();
        string name = model.Type.Name;
        if (!model.HasPair(network))
        {
            Add(faults, name, Verifier.Faults(network.Computation, roots));
            return;
        }

        var pair = new NetworkPair(
            network, (pass, computation) => Add(faults, $"{name}, {pass}", Verifier.Faults(computation, roots)));
        Add(faults, $"{name}, memory forward", Verifier.Faults(
            pair.Forward, pair.PlanForward(network), [.. pair.Saved, .. network.Results.Select(result => result.Value)], []));
        Add(faults, $"{name}, memory backward", Verifier.Faults(
            [.. pair.ParameterPart, .. pair.InputPart], pair.PlanBackward(),
            [.. pair.InputGradients.Select(input => input.Value)],
            [.. pair.Owned]));
    }

    private static void Verify(InspectedTrainer trainer, List<string> faults)
    {
        var program = trainer.Program();
        string name = trainer.Type.Name;
        Add(faults, $"{name}, after the update", Verifier.Faults(program.AfterUpdate, []));
        foreach (var procedure in program.Procedures)
            Add(faults, $"{name}.{procedure.Name}", Verifier.Faults(procedure.Computation, [procedure.Result]));
        foreach (var phase in program.Phases)
        {
            var roots = program.ResultsOf(phase).Select(result => result.Value).ToList();
            var plan = new StepPlan(
                program, phase, (pass, computation) => Add(faults, $"{name}, {pass}", Verifier.Faults(computation, roots)));
            if (phase.IsExplicit) Add(faults, $"{name}, memory", Verifier.Faults(plan.Nodes, plan.Memory, plan.Losses, []));
        }
    }

    private static void Add(List<string> faults, string where, IReadOnlyList<string> found) =>
        faults.AddRange(found.Select(fault => $"{where}: {fault}"));

    private static IEnumerable<CSharpCompilation> Compilations(string source)
    {
        if (source == "docs")
        {
            return Directory.GetFiles(Pages.Folder, "*.md", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
                .Select(page => Path.GetRelativePath(Pages.Folder, page)).Where(page => page != "adding-a-technique.md")
                .SelectMany(page => Pages.Examples(page, page.StartsWith("diagnostics", StringComparison.Ordinal) ? "Right"
                    : null)).Select(example => Declared.Compile(example));
        }

        // Tests use blocks of the zoo.
        string[] folders = source == "samples" ? [source] : [source, "samples/Zoo"];
        return [Declared.Compile([ImplicitUsings, .. folders.SelectMany(Files)])];
    }

    private static IEnumerable<string> Files(string source)
    {
        string folder = Path.Combine(CompilerSources.Root, source);
        // The web sample declares the table of another one once more.
        string[] excluded = ["Generated", "bin", "obj", "Serve"];
        return Directory.GetFiles(folder, "*.cs", SearchOption.AllDirectories)
            .Where(file => !Path.GetRelativePath(folder, file).Split(Path.DirectorySeparatorChar).Intersect(excluded).Any())
            .Order(StringComparer.Ordinal).Select(File.ReadAllText);
    }
}
