using Dsl.Generator.Graph;
using Dsl.Generator.Lowering;
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
            var interval = parameter.Interval;
            string check = $"Hyperparameter.Check(value, {Scalar.Literal(interval.Minimum)}, {Spelling.Bool(interval.MinimumIncluded)}, "
                + $"{Scalar.Literal(interval.Maximum)}, {Spelling.Bool(interval.MaximumIncluded)})";
            code.Line();
            code.Line($"private {parameter.Type} {field} = {parameter.Value};");
            code.Line();
            code.Summary(parameter.Summary);
            using (code.Block($"public {parameter.Type} {parameter.Name}"))
            {
                code.Line($"get => {field};");
                code.Line(parameter.Type == "double" ? $"set => {field} = {check};" : $"set => {field} = ({parameter.Type}){check};");
            }
        }
    }
}
