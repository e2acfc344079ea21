using Dsl.Generator.Declarations;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Emitting.Datasets;

/// <summary>What a model for a data set has beside its network: predictions, and a file.</summary>
internal static class DatasetModelEmitter
{
    /// <summary>The field that predicts, in the constructor.</summary>
    public static string Creation(DatasetProgram dataset) => $"_predictor = {DatasetText.Of(dataset).Creation};";

    public static void WriteField(CodeWriter code, DatasetProgram dataset)
    {
        code.Line($"private readonly {DatasetText.Of(dataset).Predictor} _predictor;");
        if (dataset.Output != DatasetOutput.Class) return;
        code.Line();
        var label = dataset.Labels[0];
        string values = label.Values.Count > 0 ? string.Join(", ", label.Values) : string.Join(", ", label.Categories);
        code.Summary("The classes, in the order of the outputs.");
        code.Line($"public static IReadOnlyList<{label.Declaration.TypeName}> Classes {{ get; }} = [{values}];");
    }

    public static void Write(CodeWriter code, ModelDeclaration declaration, NetworkProgram network)
    {
        var text = DatasetText.Of(network.Dataset!);
        string name = declaration.Type.Name;
        code.Line();
        code.Summary(text.PreprocessingWords);
        if (!text.SharesPreprocessing)
        {
            code.Line($"public {text.Preprocessing} Preprocessing => _predictor.Preprocessing;");
        }
        else
        {
            using (code.Block($"public {text.Preprocessing} Preprocessing"))
            {
                code.Line("get => _predictor.Preprocessing;");
                code.Line("set => _predictor.Preprocessing = value;");
            }
        }

        bool isFirst = true;
        foreach (var (type, given, words, isMany, body) in text.Predictions(network))
        {
            code.Line();
            if (isFirst)
            {
                code.Summary($"{text.What} {words}: in evaluation mode, without gradients. Threads may call it at once.");
                code.Line($"/// <exception cref=\"InvalidOperationException\">The model was neither trained on {text.Rows} nor "
                    + "loaded.</exception>");
            }
            else
            {
                code.Summary($"{text.What} {words}.");
            }

            isFirst = false;
            string head = $"public {text.Result}{(isMany ? "[]" : "")} Predict({type} {given}) =>";
            if (isMany)
            {
                code.Line(head);
                code.Line($"    {body};");
            }
            else
            {
                code.Line($"{head} {body};");
            }
        }

        code.Line();
        code.Line("IPreprocessing IDatasetModel.Preprocessing => Preprocessing;");
        code.Line();
        foreach (string line in text.EnsembleMembers(network)) code.Line(line);
        code.Line();
        code.Summary($"Writes the model, {text.FileWords} and the classes to a safetensors file.");
        code.Line("/// <param name=\"path\">The file; it is replaced as a whole, or not at all.</param>");
        code.Line($"/// <exception cref=\"InvalidOperationException\">The model was not trained on {text.Rows}, or has "
            + "diverged.</exception>");
        code.Line($"public void Save(string path) => ModelFile.Save(path, \"{declaration.Type.FullName}\", this, "
            + "Preprocessing);");
        code.Line();
        code.Summary("The model of a file, in evaluation mode; the caller disposes it.");
        code.Line("/// <param name=\"path\">A file that <c>Save</c> wrote.</param>");
        code.Line("/// <exception cref=\"global::System.IO.InvalidDataException\">The file is damaged, or of another model or "
            + "data set; the message says what differs.</exception>");
        using (code.Block($"public static {name} Load(string path)"))
        {
            code.Line($"var model = new {name}();");
            code.Line($"ModelFile.Load(path, \"{declaration.Type.FullName}\", model, model.Preprocessing);");
            code.Line("return model;");
        }
    }
}
