using System.Linq;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Emitting;

/// <summary>Every number of the recipe as a validated property, so that a sweep needs no new declaration.</summary>
internal static class HyperparameterEmitter
{
    public static void Write(CodeWriter code, TrainerProgram trainer)
    {
        if (trainer.Hyperparameters.Count == 0) return;
        code.Line();
        foreach (var parameter in trainer.Hyperparameters)
        {
            string field = Field(parameter.Name), head = $"public {parameter.Type} {parameter.Name}";
            string check = $"Hyperparameter.Check(value, \"{parameter.Interval.Notation}\")";
            string accessors = $"{{ get => {field}; set => {field} = {check}; }}";
            code.Summary(parameter.Summary);
            if (4 + head.Length + 1 + accessors.Length <= LineBreaks.Width)
            {
                code.Line($"{head} {accessors}");
                continue;
            }

            code.Line(head);
            code.Line(accessors);
        }

        // By type, so that the recipe as it is declared can be seen at once.
        code.Line();
        foreach (var alike in trainer.Hyperparameters.GroupBy(parameter => parameter.Type))
            code.Line($"private {alike.Key} {string.Join(", ", alike.Select(each => $"{Field(each.Name)} = {each.Value}"))};");
    }

    private static string Field(string name) => "_" + char.ToLowerInvariant(name[0]) + name.Substring(1);
}
