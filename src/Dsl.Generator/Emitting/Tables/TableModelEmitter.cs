using System.Linq;
using Dsl.Generator.Declarations;
using Dsl.Generator.Graph.Operations;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Emitting.Tables;

/// <summary>What a model for a table has beside its network: predictions for rows, and a file.</summary>
internal static class TableModelEmitter
{
    /// <summary>The field that predicts, in the constructor.</summary>
    public static string Creation(TableProgram table) => $"_predictor = new TablePredictor<{Row(table)}>(this, Arena);";

    public static void WriteField(CodeWriter code, TableProgram table)
    {
        code.Line($"private readonly TablePredictor<{Row(table)}> _predictor;");
        if (table.Output != TableOutput.Class) return;
        code.Line();
        var label = table.Labels[0];
        string values = label.Values.Count > 0 ? string.Join(", ", label.Values) : string.Join(", ", label.Categories);
        code.Summary("The classes, in the order of the outputs.");
        code.Line($"public static IReadOnlyList<{label.Declaration.TypeName}> Classes {{ get; }} = [{values}];");
    }

    public static void Write(CodeWriter code, ModelDeclaration declaration, NetworkProgram network)
    {
        var table = network.Table!;
        string row = Row(table), result = Result(table), name = declaration.Type.Name;
        code.Line();
        code.Summary("The statistics of the columns, found when the model is trained and saved with it.");
        using (code.Block($"public TablePreprocessing<{row}> Preprocessing"))
        {
            code.Line("get => _predictor.Preprocessing;");
            code.Line("set => _predictor.Preprocessing = value;");
        }

        code.Line();
        code.Summary($"{What(table)} of a row, whose label is not read: in evaluation mode, without gradients. Threads may call "
            + "it at once.");
        code.Line("/// <exception cref=\"InvalidOperationException\">The model was neither trained on a table nor "
            + "loaded.</exception>");
        code.Line($"public {result} Predict({row} row) => Predict([row])[0];");
        code.Line();
        code.Summary($"{What(table)} of each row, in their order.");
        code.Line($"public {result}[] Predict(IEnumerable<{row}> rows) =>");
        code.Line($"    _predictor.{Call(table, network)};");
        code.Line();
        code.Summary("Writes the model, the statistics of the columns and the classes to a safetensors file.");
        code.Line("/// <param name=\"path\">The file; it is replaced as a whole, or not at all.</param>");
        code.Line("/// <exception cref=\"InvalidOperationException\">The model was not trained on a table, or has "
            + "diverged.</exception>");
        code.Line($"public void Save(string path) => TableModelFile.Save(path, \"{declaration.Type.FullName}\", this, "
            + "Preprocessing);");
        code.Line();
        code.Summary("The model of a file, in evaluation mode; the caller disposes it.");
        code.Line("/// <param name=\"path\">A file that <c>Save</c> wrote.</param>");
        code.Line("/// <exception cref=\"global::System.IO.InvalidDataException\">The file is damaged, or of another model or "
            + "table; the message "
            + "says what differs.</exception>");
        using (code.Block($"public static {name} Load(string path)"))
        {
            code.Line($"var model = new {name}();");
            code.Line($"TableModelFile.Load(path, \"{declaration.Type.FullName}\", model, model.Preprocessing);");
            code.Line("return model;");
        }
    }

    /// <summary>The record.</summary>
    public static string Row(TableProgram table) => table.Declaration.Type.GlobalName;

    /// <summary>What is predicted for a row.</summary>
    public static string Result(TableProgram table) => table.Output switch
    {
        TableOutput.Class => $"ClassPrediction<{table.Labels[0].Declaration.TypeName}>",
        TableOutput.Flag => "BinaryPrediction",
        TableOutput.Flags => "MultiLabelPrediction",
        TableOutput.Number => "double",
        _ => "double[]",
    };

    /// <summary>The same in words, at the beginning of a sentence.</summary>
    public static string What(TableProgram table) => table.Output switch
    {
        TableOutput.Class => "Class and probabilities",
        TableOutput.Flag => "Yes or no, and its probability,",
        TableOutput.Flags => "Labels and their probabilities",
        TableOutput.Number => $"{table.Labels[0].Name}, in the table's unit,",
        _ => $"{string.Join(", ", table.Labels.Select(label => label.Name))}, in the table's units,",
    };

    private static string Call(TableProgram table, NetworkProgram network)
    {
        // What ends in a softmax or a sigmoid gives probabilities already.
        string areProbabilities = network.Results[0].Value.Producer.Operation is Softmax or Sigmoid ? ", areProbabilities: true"
            : "";
        return table.Output switch
        {
            TableOutput.Class => $"Classes(rows, Classes{areProbabilities})",
            TableOutput.Flag => $"Flags(rows{areProbabilities})",
            TableOutput.Flags => $"SeveralFlags(rows{areProbabilities})",
            TableOutput.Number => "Numbers(rows)",
            _ => "SeveralNumbers(rows)",
        };
    }
}
