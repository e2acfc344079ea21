using System.Text.Json;
using Dsl.Inspect;
using Dsl.Inspect.Reports;
using Spectre.Console;
using Xunit;

namespace Dsl.Generator.Tests.Inspecting;

/// <summary>What the tool prints, reviewed like code.</summary>
public class InspectionTests
{
    [Theory]
    [InlineData("Cnn")]
    [InlineData("SmallResNet")]
    [InlineData("Mlp")]
    [InlineData("DistillTrainer")]
    [InlineData("SemiSupervised")]
    [InlineData("Autograd")]
    public void A_table_for_the_terminal(string name) =>
        Verify.Text(Inspected.Snapshot($"{name}.txt"), Printed(Inspected.One(Samples.All, name)));

    [Fact]
    public void A_trainer_with_a_mixture() =>
        Verify.Text(Inspected.Snapshot("MixedTrainer.txt"), Printed(Inspected.One(Inspected.Mixed, "MixedTrainer")));

    [Theory]
    [InlineData("SmallResNet")]
    [InlineData("DistillTrainer")]
    [InlineData("SemiSupervised")]
    public void A_diagram_as_mermaid(string name) =>
        Verify.Text(Inspected.Snapshot($"{name}.mmd"), InspectCommand.Text(Inspected.One(Samples.All, name), Form.Mermaid));

    [Fact]
    public void The_step_of_a_mixture_as_mermaid() =>
        Verify.Text(Inspected.Snapshot("MixedTrainer.mmd"),
            InspectCommand.Text(Inspected.One(Inspected.Mixed, "MixedTrainer"), Form.Mermaid));

    [Theory]
    [InlineData("Mlp")]
    [InlineData("DistillTrainer")]
    [InlineData("Autograd")]
    public void The_stages(string name) =>
        Verify.Text(Inspected.Snapshot($"{name}.stages.txt"), InspectCommand.Text(Inspected.One(Samples.All, name), Form.Stages));

    [Fact]
    public void Numbers_as_json()
    {
        using var json = JsonDocument.Parse(JsonReport.Write(Inspected.Of(Samples.All).Types));
        var mlp = json.RootElement.EnumerateArray().Single(type => type.GetProperty("name").GetString() == "Demo.Mlp");
        Assert.Equal((784 * 256) + 256 + (256 * 10) + 10, mlp.GetProperty("parameters").GetInt64());
        Assert.Equal("[N, 10]", mlp.GetProperty("outputs")[0].GetProperty("shape").GetString());
        var distill = json.RootElement.EnumerateArray()
            .Single(type => type.GetProperty("name").GetString() == "Demo.DistillTrainer");
        Assert.Equal("4", distill.GetProperty("settings").GetProperty("DistillTemperature").GetString());
    }

    [Fact]
    public void Warnings_of_the_declarations_are_shown_with_their_place()
    {
        var inspection = Inspected.Of(Samples.Header + """
            [Model(1, 8, 8), Conv2d(4, 3), BatchNorm2d, ReLU, Flatten, Linear(2)]
            public partial class Biased;
            """);
        Assert.Single(InspectCommand.Choose(inspection, null, "Demo.csproj"));
        Assert.Matches(@"\(\d+,\d+\): warning DSL609: ", Assert.Single(InspectCommand.Warnings(inspection)));
    }

    [Fact]
    public void Models_and_trainers_in_the_order_of_the_source() => Assert.Equal(
        ["Cnn", "Mlp", "SmallResNet", "Supervised", "DistillTrainer", "SemiSupervised", "Autograd", "FlowerNet", "FlowerTrainer",
            "LeafNet", "LeafTrainer"],
        Inspected.Of(Samples.All).Types.Select(type => type.Type.Name));

    [Fact]
    public void An_autograd_project_saves_what_autograd_decides()
    {
        var model = Inspected.Of(Samples.All, ("build_property.DslBackward", "autograd"))
            .Types.Single(type => type.Type.Name == "Mlp");
        Assert.Null(model.Table().Total.SavedBytes);
        Assert.Contains("autograd derives", InspectCommand.Text(model, Form.Stages), StringComparison.Ordinal);
    }

    [Fact]
    public void An_unknown_type_is_asked_back()
    {
        var exception = Assert.Throws<InspectionException>(
            () => InspectCommand.Choose(Inspected.Of(Samples.All), "DistilTrainer", "Demo.csproj"));
        Assert.Equal(
            "Demo.csproj declares no model or trainer 'DistilTrainer'; did you mean \"DistillTrainer\"?", exception.Message);
        exception = Assert.Throws<InspectionException>(
            () => InspectCommand.Choose(Inspected.Of(Samples.Header + Samples.Mlp), "Something", "Demo.csproj"));
        Assert.EndsWith("it declares Mlp.", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Findings_are_said()
    {
        var exception = Assert.Throws<InspectionException>(() =>
            InspectCommand.Choose(
                Inspected.Of("using Dsl; [Model(1, 8, 8), Conv2d(4, 9)] public partial class Net;"), null, "Demo.csproj"));
        Assert.StartsWith("Demo.csproj has findings:\n/0/File0.cs(1,", exception.Message, StringComparison.Ordinal);
        Assert.Contains("error DSL", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_project_without_declarations_is_told_so() => Assert.Equal(
        "Demo.csproj declares neither a [Model] nor a [Trainer].",
        Assert.Throws<InspectionException>(() => InspectCommand.Choose(Inspected.Of("class Plain;"), null, "Demo.csproj"))
            .Message);

    private static string Printed(InspectedType type)
    {
        using var text = new StringWriter { NewLine = "\n" };
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.No, ColorSystem = ColorSystemSupport.NoColors, Out = new AnsiConsoleOutput(text),
        });
        console.Profile.Width = 160;
        console.Profile.Capabilities.Unicode = true;
        new ConsoleReport(console).Write(type);
        return string.Join("\n", text.ToString().Split('\n').Select(line => line.TrimEnd()));
    }
}
