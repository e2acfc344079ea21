using System;
using System.Linq;
using Dsl.Generator.Lowering;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Emitting;

/// <summary>Evaluation on labelled data, by what the labels are, and its views of images where the trainer augments.</summary>
internal static class EvaluationEmitter
{
    private const string Stream = "\"evaluation views\"";

    public static void Write(CodeWriter code, TrainerProgram trainer)
    {
        // Without labels there is nothing that a prediction could be held against.
        if (!trainer.IsEvaluated)
        {
            ProcedureEmitter.Write(code, trainer, isPublic: false);
            return;
        }

        foreach (var detector in trainer.Detectors)
        {
            code.Line();
            code.Summary($"Makes detections of what the network returns{(detector.Of is null ? "" : $" as {detector.Of}")}.");
            if (!detector.ReadsNetworks)
            {
                code.Line($"public {detector.Type} {detector.Name} {{ get; }} = {detector.Made};");
                continue;
            }

            code.Line($"public {detector.Type} {detector.Name} => {detector.Field} ??= {detector.Made};");
            code.Line($"private {detector.Type}? {detector.Field};");
        }

        string evaluated = trainer.Evaluated.Field;
        var (metrics, evaluator) = Evaluator(trainer.Labels);
        code.Line();
        code.Summary($"{metrics} of {Words(trainer)} in evaluation mode. Training is not affected.");
        code.Line("/// <param name=\"data\">Inputs and labels.</param>");
        if (TakesRecord(trainer)) code.Line(RecordDocumentation);
        WriteEvaluate(code, trainer, evaluated, evaluator);
        if (TakesRecord(trainer)) WriteReport(code, trainer);

        // Probabilities of classes have a mean over views; what a mean of other outputs says depends on what they are.
        if (trainer.FindProcedure(Views.Random) is { } random && evaluator == "Classification")
            WriteEvaluateViews(code, trainer, random, evaluated);
        foreach (var set in trainer.DataSets) WriteEvaluateSet(code, trainer, set, evaluated);
        ProcedureEmitter.Write(code, trainer, isPublic: false);
    }

    private static (string Metrics, string Evaluator) Evaluator(LabelKind labels) => labels switch
    {
        LabelKind.Real => ("Errors", "Regression"),
        LabelKind.Binary => ("Mean cross-entropy, accuracy, precision and recall", "BinaryClassification"),
        LabelKind.Identity =>
            ("Recall, MAP@R and nDCG of each sample's neighbours among all others, by the embeddings", "EmbeddingRetrieval"),
        LabelKind.Distribution =>
            ("Mean divergence from the given distributions, and agreement in the largest class,", "DistributionMatching"),
        LabelKind.Objects => ("Mean average precision of the objects that are found by the output", "ObjectDetection"),
        _ => ("Mean cross-entropy and accuracy", "Classification"),
    };

    /// <summary>Evaluation on the data set of an objective, by the output that this reads.</summary>
    private static void WriteEvaluateSet(CodeWriter code, TrainerProgram trainer, EvaluatedSet set, string evaluated)
    {
        var (metrics, evaluator) = Evaluator(set.Labels);
        string output = set.Of is null ? "" : $" {set.Of}";
        code.Line();
        code.Summary($"{metrics} of {Words(trainer)}'s output{output} in evaluation mode, on data as {set.Stream.Argument}.");
        code.Line("/// <param name=\"data\">Inputs and labels.</param>");
        code.Line(RecordDocumentation);
        using (code.Block($"public {Result(set.Labels)} {set.Method}(ILabeledDataSource data, {Record})"))
        {
            code.Line(TrainerState.Entry);
            code.Line($"return {evaluator}.Evaluate({evaluated}, Predict, data, _device, record: record);");
            code.Line();
            string input = !HasFixedView(trainer) ? Read(trainer, 0) : $"FixedView({Read(trainer, 0)})";
            string member = trainer.Network.Results.Count == 1 ? "" : "." + trainer.Network.FindResult(set.Of!)!.Member;
            code.Line($"Tensor Predict(Tensor indices) => {evaluated}.forward({input}){member};");
        }
    }

    /// <summary>What an evaluation returns.</summary>
    public static string Result(LabelKind labels) => labels switch
    {
        LabelKind.Real => "RegressionEvaluation",
        LabelKind.Binary => "BinaryEvaluation",
        LabelKind.Identity => "RetrievalEvaluation",
        LabelKind.Objects => "DetectionEvaluation",
        _ => "Evaluation",
    };

    // Neighbours are of all data at once, and detections are ranked over all images: no prediction of a sample is held against
    // its label.
    private static bool TakesRecord(TrainerProgram trainer) => trainer.Labels is not (LabelKind.Identity or LabelKind.Objects);

    private static string LastArgument(TrainerProgram trainer) =>
        TakesRecord(trainer) ? (trainer.CarriesStates ? "streams, " : "") + "record: record"
        : trainer.Labels == LabelKind.Objects ? trainer.Detectors[0].Name
        : trainer.EmbeddingDistance;

    /// <summary>The documentation of what an evaluation may be given beside data.</summary>
    public const string RecordDocumentation =
        "/// <param name=\"record\">Sees every prediction, for a report; null for none.</param>";

    /// <summary>The same as a parameter.</summary>
    public const string Record = "PredictionRecord? record = null";

    /// <summary>A report on data: more of what an evaluation says.</summary>
    /// <param name="data">The parameter.</param>
    public static void WriteReport(CodeWriter code, TrainerProgram trainer, string data = "ILabeledDataSource data")
    {
        bool isReal = trainer.Labels == LabelKind.Real;
        string report = isReal ? "RegressionReport" : "ClassificationReport";
        string names = trainer.Network.Dataset is null ? "" : $", {trainer.Model.Field}.Preprocessing.PredictedNames";
        string body = $"{report}.Of(record => Evaluate(data, record){names});";
        code.Line();
        code.Summary(isReal ? $"Errors of {Words(trainer).TrimEnd(',')}, and the quantiles of its residuals."
            : $"Precision, recall and F1 of every class, confusions and calibration of {Words(trainer).TrimEnd(',')}.");
        if (trainer.Network.Inputs.Count == 1)
        {
            code.Line($"public {report} Report({data}) =>");
            code.Line($"    {body}");
            return;
        }

        code.Line($"public {report} Report<TData>(TData data)");
        code.Line("    where TData : ILabeledDataSource, IFurtherInputs =>");
        code.Line($"    {body}");
    }

    private static string Words(TrainerProgram trainer) =>
        trainer.Evaluated.Origin is Origin.Average average ? average.Words : "the network";

    private static void WriteEvaluate(CodeWriter code, TrainerProgram trainer, string evaluated, string evaluator)
    {
        using (Head(code, trainer, TakesRecord(trainer) ? $", {Record}" : ""))
        {
            code.Line(TrainerState.Entry);
            if (trainer.CarriesStates)
            {
                code.Line("int streams = StreamSampler.StreamsOf(data);");
                code.Line($"using var states = {evaluated}.NewStates(streams);");
                code.Line($"using var carried = states.Into({evaluated});");
            }

            if (trainer.Network.IsSingle && !HasFixedView(trainer) && trainer.OwnMetrics.Count == 0)
            {
                code.Line($"return {evaluator}.Evaluate({evaluated}, data, _device, {LastArgument(trainer)});");
                return;
            }

            var lengths = Lengths(trainer);
            if (lengths is not null) code.Line($"var places = new OwnPlaces(data, data, \"{lengths.Name}\");");
            WriteReturn(code, trainer, $"{evaluator}.Evaluate({evaluated}", lengths is null ? "data" : "places");
            code.Line();
            string input = !HasFixedView(trainer) ? Read(trainer, 0) : $"FixedView({Read(trainer, 0)})";
            WritePredict(code, trainer, evaluated, "Tensor indices", input);
        }
    }

    /// <summary>What is evaluated by a local function <c>Predict</c>, with the numbers of the user's own methods.</summary>
    /// <param name="call">The evaluator's call up to the network.</param>
    public static void WriteReturn(CodeWriter code, TrainerProgram trainer, string call, string data)
    {
        if (trainer.OwnMetrics.Count == 0)
        {
            code.Line($"return {call}, Predict, {data}, _device, {LastArgument(trainer)});");
            return;
        }

        string classes = trainer.Labels == LabelKind.Class ? "true" : "false";
        code.Line($"using var own = new OwnMetrics(readsClasses: {classes});");
        foreach (string method in trainer.OwnMetrics) code.Line($"own.Add(\"{Casing.Variable(method)}\", {method});");
        code.Line($"var evaluation = {call}, own.Watch(Predict), {data}, _device, {LastArgument(trainer)});");
        code.Line($"return evaluation with {{ Own = own.Of({data}) }};");
    }

    private static void WriteEvaluateViews(CodeWriter code, TrainerProgram trainer, Procedure random, string evaluated)
    {
        code.Line();
        code.Summary(
            $"Mean cross-entropy and accuracy of the mean probabilities that {Words(trainer)} gives to random views of each "
            + $"sample by {trainer.Policy!.Type.Name}.");
        code.Line("/// <param name=\"data\">Inputs and labels.</param>");
        code.Line("/// <param name=\"views\">Views of each sample, at least 1; a function of the trainer's seed.</param>");
        using (Head(code, trainer, ", int views"))
        {
            code.Line(TrainerState.Entry);
            code.Line($"using var stream = new RandomStream(Seed, {Stream});");
            code.Line($"return Classification.EvaluateViews({evaluated}, Predict, views, data, _device);");
            code.Line();
            string sampler = random.Draws.Count == 0 ? "" : ", new DrawSampler(stream, view, _model.Arena.Values.dtype, _device)";
            WritePredict(code, trainer, evaluated, "Tensor indices, long view", $"RandomView({Read(trainer, 0)}{sampler})");
        }
    }

    private static IDisposable Head(CodeWriter code, TrainerProgram trainer, string parameters)
    {
        if (trainer.Network.Inputs.Count == 1)
            return code.Block($"public {Result(trainer.Labels)} Evaluate(ILabeledDataSource data{parameters})");
        code.Line($"public {Result(trainer.Labels)} Evaluate<TData>(TData data{parameters})");
        return code.Block("    where TData : ILabeledDataSource, IFurtherInputs");
    }

    private static void WritePredict(CodeWriter code, TrainerProgram trainer, string evaluated, string parameters, string first)
    {
        var network = trainer.Network;
        string output = network.Results.Count == 1 ? ""
            : "." + Evaluated(trainer).Member;
        var lengths = Lengths(trainer);
        string pack = lengths is null ? "" : "SequenceEnds.Pack(";
        int place = network.Inputs.FindIndex(input => input.Name == lengths?.Name);
        string packed = lengths is null ? "" : $", {Read(trainer, place)})";
        code.Line($"Tensor Predict({parameters}) => {pack}{evaluated}.forward(");
        for (int i = 0; i < network.Inputs.Count; i++)
            code.Line($"    {(i == 0 ? first : Read(trainer, i))}{(i + 1 < network.Inputs.Count ? "," : $"){output}{packed};")}");
    }

    /// <summary>The lengths of what is evaluated, whose own places alone count; null where it holds no padding.</summary>
    private static NetworkPort? Lengths(TrainerProgram trainer) => trainer.Network.LengthsOf(Evaluated(trainer).Value);

    private static NetworkPort Evaluated(TrainerProgram trainer) =>
        trainer.Network.Results.FirstOrDefault(result => result.Name == trainer.EvaluatedOutput) ?? trainer.Network.Results[0];

    private static string Read(TrainerProgram trainer, int input) => input == 0
        ? "DataTransfer.To(data.ReadInputs(indices), _device)"
        : $"DataTransfer.To(data.ReadInput(\"{trainer.Network.Inputs[input].Name}\", indices), _device)";

    private static bool HasFixedView(TrainerProgram trainer) => trainer.FindProcedure(Views.Fixed) is not null;
}
