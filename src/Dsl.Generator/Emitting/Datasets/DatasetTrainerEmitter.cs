using System.Collections.Generic;
using System.Linq;
using Dsl.Generator.Graph;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Emitting.Datasets;

/// <summary>What a trainer of a model for a data set has beside: <c>Fit</c>, <c>Evaluate</c> and <c>Predict</c> for its rows,
/// cross-validation.</summary>
internal static class DatasetTrainerEmitter
{
    public static void Write(CodeWriter code, TrainerProgram trainer)
    {
        if (trainer.Network.Dataset is not { } dataset) return;
        var text = DatasetText.Of(dataset);
        bool readsRows = trainer.Streams.Contains(Stream.Data) && trainer.Streams.All(stream => stream.Source is null);
        bool fits = readsRows && (trainer.Streams.Count == 1 || !text.SharesPreprocessing);
        if (fits) WriteFit(code, trainer, text);
        if (trainer.IsEvaluated)
        {
            WriteEvaluate(code, trainer, dataset, text);
            EvaluationEmitter.WriteReport(code, trainer, $"{text.Data} data");
        }

        WritePredict(code, trainer, text);
        if (fits && trainer.IsEvaluated && IsPlain(trainer)) WriteCrossValidation(code, trainer, text);
    }

    /// <summary>Whether a model and a length are all that a run needs.</summary>
    private static bool IsPlain(TrainerProgram trainer) => trainer is { Stopping: null, CheckpointPeriod: null, Streams.Count: 1 }
        && trainer.Players.Count(player => player.Origin is not Origin.Average) == 1;

    private static void WriteFit(CodeWriter code, TrainerProgram trainer, DatasetText text)
    {
        List<string> parameters = [], arguments = [];
        code.Line();
        code.Summary($"Trains from the present step to the end of the run.{text.FittingWords}");
        foreach (var stream in trainer.Streams)
        {
            bool isOwn = stream == Stream.Data;
            parameters.Add($"{(isOwn ? text.Data : "IDataSource")} {stream.Argument}");
            arguments.Add(isOwn ? "encoded" : stream.Argument);
            string what = isOwn ? $"{char.ToUpperInvariant(text.Rows[0])}{text.Rows.Substring(1)} with labels" : stream.Summary;
            code.Line($"/// <param name=\"{stream.Argument}\">{what}.</param>");
        }

        if (trainer.Stopping is not null)
        {
            parameters.Add($"{text.Data} validation");
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
            string unit = trainer.Network.Dataset!.ScalesLabels ? " Numbers that are predicted are in the model's unit." : "";
            code.Line($"/// <param name=\"validation\">{FitEmitter.Validation}{unit}</param>");
            parameters.Add($"{text.Data}? validation = null");
            arguments.Add("encodedValidation");
        }

        using (code.Block($"public TrainingReport Fit({string.Join(", ", parameters)})"))
        {
            string order = $"new EpochSampler(data.Count, {Stream.Data.BatchSize}, {Spelling.Bool(trainer.DropLast)}, Seed)"
                + (trainer.HasRanks ? " { Ranks = Ranks }" : "");
            string step = trainer.Accumulates ? $"StepCount * {TrainerProgram.BatchesPerUpdate}" : "StepCount";
            code.Line(TrainerState.Guard);
            code.Line("ArgumentNullException.ThrowIfNull(data);");
            if (trainer.Stopping is not null) code.Line("ArgumentNullException.ThrowIfNull(validation);");
            if (text.Fits) code.Line("_model.Preprocessing.FitOnce(data);");
            foreach (var copy in trainer.Players.Where(player => player.Origin is Origin.Average))
                if (text.Fits && !text.SharesPreprocessing)
                    code.Line($"_model.Preprocessing.CopyTo({copy.Field}.Preprocessing);");
            code.Line($"using var encoded = {text.Encode("data", (order, step))};");
            string encode = text.Encode("validation");
            if (trainer.Stopping is not null) code.Line($"using var encodedValidation = {encode};");
            else if (takes) code.Line($"using var encodedValidation = validation is null ? null : {encode};");
            code.Line($"return Fit({string.Join(", ", arguments)});");
        }
    }

    private static void WriteEvaluate(CodeWriter code, TrainerProgram trainer, DatasetProgram dataset, DatasetText text)
    {
        string evaluated = trainer.Evaluated.Field;
        code.Line();
        code.Summary($"How well it predicts the labels of {text.Rows}{(dataset.ScalesLabels ? ", in the table's unit" : "")}. "
            + "Training is not affected.");
        code.Line($"/// <param name=\"data\">{char.ToUpperInvariant(text.Rows[0])}{text.Rows.Substring(1)} with labels.</param>");
        code.Line(EvaluationEmitter.RecordDocumentation);
        using (code.Block(
            $"public {EvaluationEmitter.Result(trainer.Labels)} Evaluate({text.Data} data, {EvaluationEmitter.Record})"))
        {
            code.Line(TrainerState.Guard);
            code.Line("ArgumentNullException.ThrowIfNull(data);");
            code.Line($"using var encoded = {text.Encode("data", inUnit: dataset.ScalesLabels)};");
            if (!dataset.ScalesLabels)
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

    private static void WritePredict(CodeWriter code, TrainerProgram trainer, DatasetText text)
    {
        string predicting = Predicting(trainer);
        foreach (var (type, given, words, isMany, _) in text.Predictions(trainer.Network))
        {
            code.Line();
            code.Summary($"{text.What} {words}.");
            using (code.Block($"public {text.Result}{(isMany ? "[]" : "")} Predict({type} {given})"))
            {
                code.Line(TrainerState.Guard);
                code.Line($"return {predicting}.Predict({given});");
            }
        }

        code.Line();
        code.Summary($"Writes what predicts to a file, for <c>Load</c> of the model: parameters, {text.FileWords}, classes.");
        code.Line("/// <param name=\"path\">The file; it is replaced as a whole, or not at all.</param>");
        using (code.Block("public void SaveModel(string path)"))
        {
            code.Line(TrainerState.Guard);
            code.Line($"{predicting}.Save(path);");
        }
    }

    /// <summary>The network that is evaluated, or where nothing can be, the trained one.</summary>
    private static string Predicting(TrainerProgram trainer) => trainer.Evaluated?.Field ?? trainer.Model.Field;

    private static void WriteCrossValidation(CodeWriter code, TrainerProgram trainer, DatasetText text)
    {
        string name = trainer.Declaration.Type.Name, evaluation = EvaluationEmitter.Result(trainer.Labels);
        bool asks = trainer.Length == RunLength.Undeclared;
        string epochs = asks ? ", int epochs" : "", pass = asks ? ", epochs" : "";
        code.Line();
        code.Summary($"Trains and evaluates once for each of several parts of the {text.Rows}, on all the others: classes in "
            + "their proportion, statistics from what is trained on.");
        code.Line("/// <param name=\"data\">All of them, with labels.</param>");
        if (asks) code.Line("/// <param name=\"epochs\">Passes over the data in each run.</param>");
        code.Line("/// <param name=\"folds\">How many parts, at least 2.</param>");
        code.Line("/// <param name=\"seed\">Equal seeds give equal results.</param>");
        code.Line("/// <param name=\"repetitions\">How often, with other parts each time.</param>");
        code.Line("/// <param name=\"device\">Where to train; null for the CPU.</param>");
        code.Line($"public static CrossValidation<{evaluation}> CrossValidate({text.Data} data{epochs}, int folds = 5, "
            + "long seed = 0, int repetitions = 1, Device? device = null) =>");
        code.Line($"    CrossValidate(CrossValidation.Splits(data, folds, seed, repetitions){pass}, seed, device);");
        code.Line();
        code.Summary("Trains on the first part of each split and evaluates on the second: those of <c>GroupedFolds</c>, or your "
            + "own.");
        code.Line("/// <param name=\"splits\">The splits.</param>");
        if (asks) code.Line("/// <param name=\"epochs\">Passes over the data in each run.</param>");
        code.Line("/// <param name=\"seed\">Equal seeds give equal results.</param>");
        code.Line("/// <param name=\"device\">Where to train; null for the CPU.</param>");
        using (code.Block($"public static CrossValidation<{evaluation}> CrossValidate(IReadOnlyList<DataSplit<{text.Data}>> "
            + $"splits{epochs}, long seed = 0, Device? device = null)"))
        {
            code.Line("return CrossValidation.Run(splits, seed, Train);");
            code.Line();
            using (code.Block($"{evaluation} Train(DataSplit<{text.Data}> split, long own)"))
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
