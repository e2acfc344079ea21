using System.Collections.Generic;
using System.Linq;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Emitting.Tables;

/// <summary>What a trainer of a model for a table has beside: <c>Fit</c>, <c>Evaluate</c> and <c>Predict</c> for rows,
/// cross-validation.</summary>
internal static class TableTrainerEmitter
{
    public static void Write(CodeWriter code, TrainerProgram trainer)
    {
        if (trainer.Network.Table is not { } table) return;
        string row = TableModelEmitter.Row(table), data = $"TableData<{row}>";
        bool fits = trainer.Streams.Count == 1 && trainer.Streams[0] == Stream.Data;
        if (fits) WriteFit(code, trainer, table, data);
        if (trainer.IsEvaluated)
        {
            WriteEvaluate(code, trainer, table, data);
            EvaluationEmitter.WriteReport(code, trainer, $"{data} data");
        }

        WritePredict(code, trainer, table, row);
        if (fits && trainer.IsEvaluated && IsPlain(trainer)) WriteCrossValidation(code, trainer, row, data);
    }

    /// <summary>Whether a model and a length are all that a run needs.</summary>
    private static bool IsPlain(TrainerProgram trainer) => trainer is { Stopping: null, CheckpointPeriod: null }
        && trainer.Players.Count(player => player.Origin is not Origin.Average) == 1;

    private static void WriteFit(CodeWriter code, TrainerProgram trainer, TableProgram table, string data)
    {
        List<string> parameters = [$"{data} data"], arguments = ["encoded"];
        code.Line();
        code.Summary("Trains from the present step to the end of the run. The first time, the statistics of the columns are "
            + "found: on this data alone.");
        code.Line("/// <param name=\"data\">Rows with labels.</param>");
        if (trainer.Stopping is not null)
        {
            parameters.Add($"{data} validation");
            arguments.Add("encodedValidation");
            code.Line("/// <param name=\"validation\">What is evaluated after every epoch; numbers that are predicted are in the "
                + "model's unit.</param>");
        }

        if (trainer.CheckpointPeriod is not null)
        {
            parameters.Add("string checkpointPath");
            arguments.Add("checkpointPath");
            code.Line("/// <param name=\"checkpointPath\">The file that the run is saved to, again and again, for "
                + "<c>Resume</c>.</param>");
        }

        if (trainer.Length == RunLength.Undeclared)
        {
            parameters.Add("int epochs");
            arguments.Add("epochs");
            code.Line("/// <param name=\"epochs\">Passes over the data in the whole run.</param>");
        }

        code.Line("/// <param name=\"progress\">Who watches.</param>");
        parameters.Add("ITrainingProgress? progress = null");
        arguments.Add("progress");
        bool takes = FitEmitter.TakesValidation(trainer);
        if (takes)
        {
            string unit = " Numbers that are predicted are in the model's unit.";
            code.Line($"/// <param name=\"validation\">{FitEmitter.Validation}{(table.ScalesLabels ? unit : "")}</param>");
            parameters.Add($"{data}? validation = null");
            arguments.Add("encodedValidation");
        }

        using (code.Block($"public TrainingReport Fit({string.Join(", ", parameters)})"))
        {
            code.Line(TrainerState.Guard);
            code.Line("ArgumentNullException.ThrowIfNull(data);");
            if (trainer.Stopping is not null) code.Line("ArgumentNullException.ThrowIfNull(validation);");
            code.Line("_model.Preprocessing.FitOnce(data);");
            code.Line("using var encoded = _model.Preprocessing.Encode(data, _model.Arena.Values.dtype);");
            string encode = "_model.Preprocessing.Encode(validation, _model.Arena.Values.dtype)";
            if (trainer.Stopping is not null) code.Line($"using var encodedValidation = {encode};");
            else if (takes) code.Line($"using var encodedValidation = validation is null ? null : {encode};");
            code.Line($"return Fit({string.Join(", ", arguments)});");
        }
    }

    private static void WriteEvaluate(CodeWriter code, TrainerProgram trainer, TableProgram table, string data)
    {
        string evaluated = trainer.Evaluated.Field;
        code.Line();
        code.Summary($"How well it predicts the labels of rows{(table.ScalesLabels ? ", in the table's unit" : "")}. Training is "
            + "not affected.");
        code.Line("/// <param name=\"data\">Rows with labels.</param>");
        code.Line(EvaluationEmitter.RecordDocumentation);
        using (code.Block($"public {EvaluationEmitter.Result(trainer.Labels)} Evaluate({data} data, {EvaluationEmitter.Record})"))
        {
            code.Line(TrainerState.Guard);
            code.Line("ArgumentNullException.ThrowIfNull(data);");
            string unit = table.ScalesLabels ? ", scaled: false" : "";
            code.Line($"using var encoded = _model.Preprocessing.Encode(data, _model.Arena.Values.dtype{unit});");
            if (!table.ScalesLabels)
            {
                code.Line("return Evaluate(encoded, record);");
                return;
            }

            EvaluationEmitter.WriteReturn(code, trainer, $"Regression.Evaluate({evaluated}", "encoded");
            code.Line();
            code.Line($"Tensor Predict(Tensor indices) => _model.Preprocessing.Unscale({evaluated}.forward(");
            code.Line("    DataTransfer.To(encoded.ReadInputs(indices), _device)));");
        }
    }

    private static void WritePredict(CodeWriter code, TrainerProgram trainer, TableProgram table, string row)
    {
        string result = TableModelEmitter.Result(table);
        string predicting = Predicting(trainer);
        code.Line();
        code.Summary($"{TableModelEmitter.What(table)} of a row, whose label is not read.");
        using (code.Block($"public {result} Predict({row} row)"))
        {
            code.Line(TrainerState.Guard);
            code.Line($"return {predicting}.Predict(row);");
        }

        code.Line();
        code.Summary($"{TableModelEmitter.What(table)} of each row, in their order.");
        using (code.Block($"public {result}[] Predict(IEnumerable<{row}> rows)"))
        {
            code.Line(TrainerState.Guard);
            code.Line($"return {predicting}.Predict(rows);");
        }

        code.Line();
        code.Summary("Writes what predicts to a file, for <c>Load</c> of the model: parameters, statistics of the columns, "
            + "classes.");
        code.Line("/// <param name=\"path\">The file; it is replaced as a whole, or not at all.</param>");
        using (code.Block("public void SaveModel(string path)"))
        {
            code.Line(TrainerState.Guard);
            code.Line($"{predicting}.Save(path);");
        }
    }

    /// <summary>The network that is evaluated, or where nothing can be, the trained one.</summary>
    private static string Predicting(TrainerProgram trainer) => trainer.Evaluated?.Field ?? trainer.Model.Field;

    private static void WriteCrossValidation(CodeWriter code, TrainerProgram trainer, string row, string data)
    {
        string name = trainer.Declaration.Type.Name, evaluation = EvaluationEmitter.Result(trainer.Labels);
        bool asks = trainer.Length == RunLength.Undeclared;
        string epochs = asks ? ", int epochs" : "", pass = asks ? ", epochs" : "";
        code.Line();
        code.Summary("Trains and evaluates once for each of several parts of the rows, on all the others: classes in their "
            + "proportion, statistics of the "
            + "columns from what is trained on.");
        code.Line("/// <param name=\"data\">Rows with labels.</param>");
        if (asks) code.Line("/// <param name=\"epochs\">Passes over the data in each run.</param>");
        code.Line("/// <param name=\"folds\">How many parts, at least 2.</param>");
        code.Line("/// <param name=\"seed\">Equal seeds give equal results.</param>");
        code.Line("/// <param name=\"repetitions\">How often, with other parts each time.</param>");
        code.Line("/// <param name=\"device\">Where to train; null for the CPU.</param>");
        code.Line($"public static CrossValidation<{evaluation}> CrossValidate({data} data{epochs}, int folds = 5, long seed = 0, "
            + "int repetitions = 1, Device? device = null) =>");
        code.Line($"    CrossValidate(CrossValidation.Splits(data, folds, seed, repetitions){pass}, seed, device);");
        code.Line();
        code.Summary("Trains on the first part of each split and evaluates on the second: those of <c>GroupedFolds</c>, or your "
            + "own.");
        code.Line("/// <param name=\"splits\">The splits.</param>");
        if (asks) code.Line("/// <param name=\"epochs\">Passes over the data in each run.</param>");
        code.Line("/// <param name=\"seed\">Equal seeds give equal results.</param>");
        code.Line("/// <param name=\"device\">Where to train; null for the CPU.</param>");
        using (code.Block($"public static CrossValidation<{evaluation}> CrossValidate(IReadOnlyList<TableSplit<{row}>> "
            + $"splits{epochs}, long seed = 0, Device? device = null)"))
        {
            code.Line("return CrossValidation.Run(splits, seed, Train);");
            code.Line();
            using (code.Block($"{evaluation} Train(TableSplit<{row}> split, long own)"))
            {
                code.Line("using var initialization = new Generator((ulong)own);");
                code.Line($"using var model = new {trainer.Model.Type}(initialization);");
                code.Line($"using var trainer = new {name}(model, device) {{ Seed = own }};");
                code.Line($"trainer.Fit(split.Train{pass});");
                code.Line("return trainer.Evaluate(split.Test);");
            }
        }
    }
}
