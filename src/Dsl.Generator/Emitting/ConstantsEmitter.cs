using System.Collections.Generic;
using System.Linq;
using Dsl.Generator.Graph;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Emitting;

/// <summary>Numbers of a declaration that a step reads as tensors, and those that are counted before the first step.</summary>
internal static class ConstantsEmitter
{
    /// <summary>Whether labels are counted before the first step.</summary>
    public static bool Counts(TrainerProgram trainer) => trainer.Constants.Any(constants => constants.Values is null);

    /// <summary>The fields.</summary>
    public static IEnumerable<string> Fields(Constants constants)
    {
        yield return constants.Values is null
            ? $"private Tensor? {constants.Field};  // [{constants.Count}], counted"
            : $"private readonly Tensor {constants.Field};  // [{constants.Count}]";
        if (constants.From is not null)
            yield return $"private readonly Tensor {constants.FieldBefore};  // [{constants.Count}], ones";
    }

    /// <summary>The fields' assignments in the constructor: the declared numbers.</summary>
    public static IEnumerable<string> Create(Constants constants)
    {
        const string place = "_model.Arena.Values.dtype, _device).DetachFromDisposeScope());";
        if (constants.Values is { } values)
        {
            yield return $"{constants.Field} = Own(tensor(new double[] {{ {string.Join(", ", values.Select(Scalar.Literal))} }}, "
                + place;
        }

        if (constants.From is not null)
            yield return $"{constants.FieldBefore} = Own(ones([{constants.Count}], {place}";
    }

    public static void Write(CodeWriter code, TrainerProgram trainer)
    {
        foreach (var constants in trainer.Constants.Where(constants => constants.Member == constants.Name))
            WriteMember(code, constants);
        var counted = trainer.Constants.Where(constants => constants.Values is null).ToList();
        if (counted.Count == 0) return;
        code.Line();
        code.Summary(
            "Counts how often each class occurs in the labels. <c>Fit</c> does it; do it yourself before the first "
            + "<c>Step</c> of your own.");
        using (code.Block("public void CountClasses(ILabeledDataSource data)"))
        {
            code.Line(TrainerState.Guard);
            foreach (var constants in counted)
            {
                string told = constants.Told.Length == 0 ? "" : constants.Told + ", ";
                code.Line($"{constants.Field}?.Dispose();");
                code.Line(
                    $"{constants.Field} = {constants.Counting}(data, {constants.Count}, {told}_model.Arena.Values.dtype, "
                    + "_device);");
            }
        }
    }

    private static void WriteMember(CodeWriter code, Constants constants)
    {
        const string unknown =
            "throw new InvalidOperationException(\"The classes are not counted: call Fit, or CountClasses before "
            + "the first Step.\");";
        string head = $"private Tensor {constants.Name} => ";
        if (constants.From is { } from) head += $"StepCount < {from} ? {constants.FieldBefore} : ";
        code.Line();
        if (constants.Values is not null)
        {
            code.Line($"{head}{constants.Field};");
            return;
        }

        code.Line($"{head}{constants.Field}");
        code.Line($"    ?? {unknown}");
    }
}
