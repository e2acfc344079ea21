using System.Runtime.CompilerServices;
using System.Text.Json;
using Dsl.Bench;
using Dsl.Inspect;
using Dsl.Inspect.Projects;
using Xunit;

namespace Dsl.Generator.Tests.Inspecting;

/// <summary>Steps of a project that are timed on random numbers.</summary>
public class BenchTests
{
#if DEBUG
    private const string Configuration = "Debug";
#else
    private const string Configuration = "Release";
#endif

    private static readonly Lazy<LoadedProject> Loaded = new(
        () => ProjectLoader.Load(ProjectLoader.Find(TablesFolder()), Configuration, build: false));

    // The sample is built with the tests.
    private static LoadedProject Tables => Loaded.Value;

    [Fact]
    public void A_batch_is_what_the_declarations_say()
    {
        var planned = Plan("""
            [Trainer<Cnn>, CrossEntropy, MeanTeacher, Adam(1e-3), BatchSize(32, Unlabeled = 64), Epochs(2)]
            public partial class Taught;
            """);
        Assert.Equal("explicit", planned.Target);
        Assert.Null(planned.Reason);
        Assert.Empty(planned.Assumptions);
        Assert.Equal(("Demo.Taught", "Demo.Cnn", 32L), (planned.Plan!.Trainer, planned.Plan.Model, planned.Plan.BatchSize));
        Assert.Equal(["Input", "Label", "Unlabeled"], planned.Plan.Fields.Select(field => field.Name));
        Assert.Equal([32, 1, 8, 8], planned.Plan.Fields[0].Sizes);
        Assert.Equal((Content.Classes, 10L), (planned.Plan.Fields[1].Content, planned.Plan.Fields[1].Limit));
        Assert.Equal([64, 1, 8, 8], planned.Plan.Fields[2].Sizes);
    }

    [Fact]
    public void Another_batch_size_is_that_of_the_first_data()
    {
        var planned = Plan("""
            [Trainer<Cnn>, CrossEntropy, MeanTeacher, Adam(1e-3), BatchSize(32, Unlabeled = 64), Epochs(2)]
            public partial class Taught;
            """, batchSize: 8);
        Assert.Equal([8, 8, 64], planned.Plan!.Fields.Select(field => field.Sizes[0]));
        Assert.Equal(8, planned.Plan.BatchSize);
    }

    [Fact]
    public void An_update_has_its_batches()
    {
        var planned = Plan("""
            [Trainer<Cnn>, CrossEntropy, Sgd(0.1), BatchSize(16), Accumulate(4), Epochs(2)]
            public partial class Accumulating;
            """);
        Assert.Equal((4, 16L), (planned.Plan!.BatchesPerUpdate, planned.Plan.BatchSize));
        Assert.Equal(64, new BenchResult(planned, null, null).Samples);
    }

    [Fact]
    public void Whole_numbers_are_rows_of_the_table_that_they_name()
    {
        var planned = Plan("""
            [Model(6, Elements = Elements.Index), Embedding(23, 8), Flatten, Linear(5)]
            public partial class Reader;

            [Trainer<Reader>(Backward = Backward.Autograd), CrossEntropy, Adam(1e-3), SamplesPerClass(4)]
            [BatchSize(32), Epochs(2)]
            public partial class ReaderTrainer;
            """);
        Assert.Equal("autograd", planned.Target);
        Assert.Equal((Content.Classes, 23L), (planned.Plan!.Fields[0].Content, planned.Plan.Fields[0].Limit));

        // Side by side, as the trainer's own sampler has them.
        Assert.Equal((Content.Runs, 5L, 4L),
            (planned.Plan.Fields[1].Content, planned.Plan.Fields[1].Limit, planned.Plan.Fields[1].Alike));
    }

    [Fact]
    public void What_the_declaration_does_not_say_is_told()
    {
        var graph = Plan("""
            [Model(7), EdgeList, GraphConv(16), ReLU, GraphConv(3)]
            public partial class Graph;

            [Trainer<Graph>, CrossEntropy, Adam(0.01), Epochs(2)]
            public partial class GraphTrainer;
            """, batchSize: 100);
        Assert.Equal(["4 edges a node"], graph.Assumptions);
        var edges = graph.Plan!.Fields.Single(field => field.Name == "Edges");
        Assert.Equal([2, 400], edges.Sizes);
        Assert.Equal((Content.Edges, 100L), (edges.Content, edges.Limit));

        var taught = Plan("""
            [Trainer<Cnn>, Distill(Temperature = 4), Adam(1e-3), Epochs(2)]
            public partial class Student;
            """);
        Assert.Equal(["another Cnn as teacher"], taught.Assumptions);
    }

    [Fact]
    public void Steps_of_a_project_are_measured()
    {
        using var host = new StepHost(Tables, "Tables.csproj");
        var inspection = Inspection.Of(Tables.Compilation, Tables.Options);
        var trainer = Assert.Single(BenchCommand.Choose(inspection, null, "Tables.csproj"));
        var planned = StepPlanner.Plan(trainer, "Tables", batchSize: null);
        var plan = planned.Plan! with { Seconds = 0.1, Threads = 1 };
        var (times, reason) = host.Measure(plan);
        Assert.Null(reason);
        Assert.InRange(times!.Milliseconds, 1e-3, 1e3);

        // None, where the products are of our own: the steps were planned.
        Assert.InRange(times.ManagedBytes, 0, 1e6);
        Assert.InRange(times.PeakBytes, 1, 1L << 31);
        Assert.Equal(1, times.Threads);

        using var json = JsonDocument.Parse(BenchReport.Json([new BenchResult(planned, times, null)]));
        Assert.Equal("FruitTrainer", json.RootElement[0].GetProperty("name").GetString());
        Assert.Equal(32, json.RootElement[0].GetProperty("batchSize").GetInt64());
        Assert.Equal(
            32 / times.Milliseconds * 1000, json.RootElement[0].GetProperty("samplesPerSecond").GetDouble(), 1e-6);

        // What a trainer refuses is said in its words, and ends nobody else's measurement.
        (times, reason) = host.Measure(plan with { Fields = [plan.Fields[0] with { Sizes = [32, 99] }, plan.Fields[1]] });
        Assert.Null(times);
        Assert.StartsWith("FruitNet takes ", reason, StringComparison.Ordinal);
    }

    [Fact]
    public void What_has_no_steps_to_measure_is_told_so()
    {
        Assert.Contains("'FruitTrainr'; did you mean \"FruitTrainer\"?", Refused("FruitTrainr"), StringComparison.Ordinal);
        Assert.Equal("FruitNet is a model: name a [Trainer], whose steps are measured.", Refused("FruitNet"));
        Assert.Contains("DSL", Assert.Throws<InspectionException>(() => BenchCommand.Choose(Inspected.Of(
            Samples.Header + "[Model(1, 8, 8), Linear] public partial class Net;"), null, "Demo.csproj")).Message,
            StringComparison.Ordinal);
        Assert.Equal("Demo.csproj declares no [Trainer]: there are no steps to measure.", Assert.Throws<InspectionException>(
            () => BenchCommand.Choose(Inspected.Of(Samples.Header + Samples.Cnn), null, "Demo.csproj")).Message);
    }

    [Fact]
    public void A_project_whose_steps_cannot_run_is_told_so()
    {
        var folder = Directory.CreateTempSubdirectory("dsl-bench-tests-");
        try
        {
            var library = Tables with { Output = Path.Combine(folder.FullName, "Demo.dll") };
            Assert.StartsWith("Demo.csproj has not been built: ", Message(library), StringComparison.Ordinal);
            File.WriteAllText(library.Output, "");
            File.WriteAllText(Path.Combine(folder.FullName, "Demo.deps.json"), "{}");
            Assert.StartsWith(
                "Demo.csproj is not a program with TorchSharp in its output", Message(library), StringComparison.Ordinal);
        }
        finally
        {
            folder.Delete(recursive: true);
        }

        static string Message(LoadedProject project) =>
            Assert.Throws<InspectionException>(() => new StepHost(project, "Demo.csproj")).Message;
    }

    private static PlannedTrainer Plan(string source, long? batchSize = null)
    {
        var trainer = Inspected.Of(Samples.Header + Samples.Cnn + source).Types.OfType<InspectedTrainer>().Single();
        return StepPlanner.Plan(trainer, "Demo", batchSize);
    }

    private static string Refused(string name) => Assert.Throws<InspectionException>(
        () => BenchCommand.Choose(Inspection.Of(Tables.Compilation, Tables.Options), name, "Tables.csproj")).Message;

    private static string TablesFolder([CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "..", "samples", "Tables"));
}
