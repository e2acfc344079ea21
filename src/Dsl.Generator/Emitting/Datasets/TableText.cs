using System.Collections.Generic;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Emitting.Datasets;

/// <summary>What models and trainers for tables write.</summary>
internal sealed class TableText(TableProgram table) : DatasetText(table)
{
    public override string Data => $"TableData<{Row}>";

    public override string Predictor => $"TablePredictor<{Row}>";

    public override string Creation => $"new {Predictor}(this, Arena)";

    public override string Preprocessing => $"TablePreprocessing<{Row}>";

    public override bool SharesPreprocessing => true;

    public override string PreprocessingWords =>
        "The statistics of the columns, found when the model is trained and saved with it.";

    public override string FileWords => "the statistics of the columns";

    public override string Rows => "rows";

    public override string FittingWords => " The first time, the statistics of the columns are found: on this data alone.";

    public override bool Fits => true;

    public override IEnumerable<(string Type, string Name, string Words, bool IsMany, string Body)> Predictions(
        NetworkProgram network)
    {
        string areProbabilities = AreProbabilities(network);
        string call = table.Output switch
        {
            DatasetOutput.Class => $"Classes(rows, Classes{areProbabilities})",
            DatasetOutput.Flag => $"Flags(rows{areProbabilities})",
            DatasetOutput.Flags => $"SeveralFlags(rows{areProbabilities})",
            DatasetOutput.Number => "Numbers(rows)",
            _ => "SeveralNumbers(rows)",
        };
        yield return (Row, "row", "of a row, whose label is not read", false, "Predict([row])[0]");
        yield return ($"IEnumerable<{Row}>", "rows", "of each row, in their order", true, $"_predictor.{call}");
    }

    public override string Interface => $"ITableModel<{Row}, {Result}>";

    public override IEnumerable<string> EnsembleMembers(NetworkProgram network)
    {
        yield return $"{Result} {Interface}.Combine(IReadOnlyList<{Result}> predictions, CombinedPrediction combination) =>";
        yield return "    combination.Of(predictions);";
    }

    public override string? OnnxInput => "onnx.Columns(Preprocessing)";

    public override string Encode(string data, (string Sampler, string Step)? order = null, bool inUnit = false) =>
        $"_model.Preprocessing.Encode({data}, _model.Arena.Values.dtype{(inUnit ? ", scaled: false" : "")})";
}
