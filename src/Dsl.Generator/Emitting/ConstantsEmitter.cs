using System.Linq;
using Dsl.Generator.Graph;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Emitting;

/// <summary>Numbers of a declaration that a step reads as tensors, and those that are counted before the first step.</summary>
internal static class ConstantsEmitter
{
    /// <summary>Whether labels are counted before the first step.</summary>
    public static bool Counts(TrainerProgram trainer) => trainer.Constants.Any(constants => constants.Values is null);

    /// <summary>The field.</summary>
    public static string Field(Constants constants) => constants.Values is null
        ? $"private Tensor? {constants.Field};  // [{constants.Count}], counted"
        : $"private readonly Tensor {constants.Field};  // [{constants.Count}]";

    /// <summary>The field's assignment in the constructor, from the declared numbers.</summary>
    public static string Create(Constants constants) =>
        $"{constants.Field} = Own(tensor(new double[] {{ {string.Join(", ", constants.Values!.Select(Scalar.Literal))} }}, "
        + "_model.Arena.Values.dtype, _device).DetachFromDisposeScope());";

    public static void Write(CodeWriter code, TrainerProgram trainer)
    {
        var counted = trainer.Constants.Where(constants => constants.Values is null).ToList();
        if (counted.Count == 0) return;
        foreach (var constants in counted)
        {
            code.Line();
            code.Line($"private Tensor {constants.Name} => {constants.Field}");
            code.Line(
                "    ?? throw new InvalidOperationException(\"The classes are not counted: call Fit, or CountClasses before "
                + "the first Step.\");");
        }

        code.Line();
        code.Summary(
            "Counts how often each class occurs in the labels. <c>Fit</c> does it; do it yourself before the first "
            + "<c>Step</c> of your own.");
        using (code.Block("public void CountClasses(ILabeledDataSource data)"))
        {
            code.Line(TrainerState.Guard);
            foreach (var constants in counted)
            {
                code.Line($"{constants.Field}?.Dispose();");
                code.Line(
                    $"{constants.Field} = ClassFrequencies.Count(data, {constants.Count}, _model.Arena.Values.dtype, _device);");
            }
        }
    }
}
