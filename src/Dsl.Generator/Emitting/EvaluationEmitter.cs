using System.Linq;
using Dsl.Generator.Graph;
using Dsl.Generator.Objectives;

namespace Dsl.Generator.Emitting;

/// <summary>Evaluation on labelled data, by what the labels are.</summary>
internal static class EvaluationEmitter
{
    public static void Write(CodeWriter code, TrainerProgram trainer)
    {
        string evaluated = trainer.Teacher == TeacherKind.Average ? "_teacher" : trainer.AveragesWeights ? "_average" : "_model";
        string result = Result(trainer.Labels);
        var (metrics, evaluator) = trainer.Labels switch
        {
            LabelKind.Real => ("Errors", "Regression"),
            LabelKind.Binary => ("Mean cross-entropy, accuracy, precision and recall", "BinaryClassification"),
            LabelKind.Distribution => ("Mean divergence from the given distributions, and agreement in the largest class,", "DistributionMatching"),
            _ => ("Mean cross-entropy and accuracy", "Classification"),
        };
        code.Line();
        code.Summary($"{metrics} of {Describe(evaluated)} in evaluation mode. Training is not affected.");
        if (trainer.Network.IsSingle) code.Line($"public {result} Evaluate(ILabeledDataSource data) => {evaluator}.Evaluate({evaluated}, data, _device);");
        else WriteSeveral(code, trainer, evaluated, result, evaluator);
    }

    /// <summary>What an evaluation returns.</summary>
    public static string Result(LabelKind labels) => labels switch
    {
        LabelKind.Real => "RegressionEvaluation",
        LabelKind.Binary => "BinaryEvaluation",
        _ => "Evaluation",
    };

    private static string Describe(string evaluated) => evaluated switch
    {
        "_teacher" => "the teacher, the average of the trained network,",
        "_average" => "the average of the network's weights",
        _ => "the network",
    };

    /// <summary>Evaluation of a network with several inputs or outputs.</summary>
    private static void WriteSeveral(CodeWriter code, TrainerProgram trainer, string evaluated, string result, string evaluator)
    {
        var network = trainer.Network;
        bool further = network.Inputs.Count > 1;
        string output = network.Results.Count == 1 ? ""
            : "." + (network.Results.FirstOrDefault(port => port.Name == trainer.Evaluated) ?? network.Results[0]).Member;
        if (further) code.Line($"public {result} Evaluate<TData>(TData data)");
        using (code.Block(further ? "    where TData : ILabeledDataSource, IFurtherInputs" : $"public {result} Evaluate(ILabeledDataSource data)"))
        {
            code.Line($"return {evaluator}.Evaluate({evaluated}, Predict, data, _device);");
            code.Line();
            code.Line($"Tensor Predict(Tensor indices) => {evaluated}.forward(");
            for (int i = 0; i < network.Inputs.Count; i++)
            {
                string read = i == 0 ? "data.ReadInputs(indices)" : $"data.ReadInput(\"{network.Inputs[i].Name}\", indices)";
                code.Line($"    DataTransfer.To({read}, _device){(i + 1 < network.Inputs.Count ? "," : $"){output};")}");
            }
        }
    }
}
