using System.Text.Encodings.Web;
using System.Text.Json;
using Dsl.Generator.Graph;
using Dsl.Generator.Graph.Operations;
using Dsl.Generator.Layers;
using Dsl.Generator.Lowering;
using Dsl.Generator.Notation;
using Dsl.Generator.Objectives;
using Dsl.Generator.Optimizers;
using Dsl.Generator.Schedules;
using Dsl.Inspect.Formulas;

namespace Dsl.Inspect.Reports;

/// <summary>Models and trainers for another program.</summary>
internal static class JsonReport
{
    private static readonly JsonSerializerOptions Options = new()
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static string Write(IEnumerable<InspectedType> types) => JsonSerializer.Serialize(types.Select(Describe), Options);

    private static object Describe(InspectedType type) =>
        type is InspectedTrainer trainer ? DescribeTrainer(trainer) : DescribeModel(type);

    private static object DescribeModel(InspectedType type)
    {
        var (network, table) = (type.Network(), type.Table());
        return new
        {
            Kind = "model",
            Name = type.Type.FullName,
            Inputs = network.Inputs.Select(port => new { port.Name, Shape = port.Value.Shape.ToString() }),
            Outputs = network.Results.Select(port => new { port.Name, Shape = port.Value.Shape.ToString() }),
            Layers = table.Rows.Select(
                row => new { row.Path, row.Layer, row.Arguments, row.Output, row.Parameters, row.Flops, row.SavedBytes }),
            table.Total.Parameters,
            TrainedParameters = table.Trained ?? table.Total.Parameters,
            table.Total.Flops,
            table.Total.SavedBytes,
        };
    }

    private static object DescribeTrainer(InspectedTrainer inspected)
    {
        var trainer = inspected.Program();
        return new
        {
            Kind = "trainer",
            Name = inspected.Type.FullName,
            Model = trainer.Declaration.Model!.Type.FullName,
            Objective = TotalFormula.Of(trainer),
            Latex = LatexWriter.Write(FormulaReader.Read(TotalFormula.Of(trainer))),
            Symbols = FormulaSymbols.Of(trainer),
            Batch = trainer.Fields.Select(field => new { field.Name, Shape = field.Type.Shape.ToString() }),
            Optimizer = trainer.Main.OptimizerName,
            Schedule = trainer.Schedule.Notation,
            Settings = trainer.Hyperparameters.ToDictionary(parameter => parameter.Name, parameter => parameter.Value),
        };
    }
}
