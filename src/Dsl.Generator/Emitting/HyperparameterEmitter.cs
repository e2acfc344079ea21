using Dsl.Generator.Programs;

namespace Dsl.Generator.Emitting;

/// <summary>Every number of the recipe as a validated property, so that a sweep needs no new declaration.</summary>
internal static class HyperparameterEmitter
{
    public static void Write(CodeWriter code, TrainerProgram trainer)
    {
        foreach (var parameter in trainer.Hyperparameters)
        {
            string field = "_" + char.ToLowerInvariant(parameter.Name[0]) + parameter.Name.Substring(1);
            string check = $"Hyperparameter.Check(value, \"{parameter.Interval.Notation}\")";
            code.Line();
            code.Summary(parameter.Summary);
            string property = $"public {parameter.Type} {parameter.Name} {{ get => {field}; set => {field} = {check}; }}";
            if (property.Length + 4 <= LineBreaks.Width)
            {
                code.Line(property);
            }
            else
            {
                using var _ = code.Block($"public {parameter.Type} {parameter.Name}");
                code.Line($"get => {field};");
                code.Line($"set => {field} = {check};");
            }

            code.Line($"private {parameter.Type} {field} = {parameter.Value};");
        }
    }
}
