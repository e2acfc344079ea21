using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Dsl.Generator.Binding;
using Dsl.Generator.Diagnostics;
using Dsl.Generator.Fixes;
using Dsl.Generator.Graph;
using Dsl.Generator.Graph.Operations;
using Dsl.Generator.Lowering;
using Dsl.Generator.Notation;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Recipes;

internal sealed class GradNorm : TaskGradientPart<GradNormAttribute>
{
    public override void LowerStep(StepContext step, TrainerProgram trainer)
    {
        var terms = trainer.Main.Terms;
        var places = Enumerable.Range(0, terms.Count).Where(i => terms[i].IsObjective).ToList();
        if (places.Count < 2) return;
        Computation c = step.Computation;
        Value weights = c.Add(new Input(State + ".Weights", new TensorType(Shape.Of(places.Count))), "weights");
        for (int task = 0; task < places.Count; task++)
        {
            Term term = terms[places[task]];
            string name = "weightOf" + term.Name, letter = "w_" + (task + 1).ToString(CultureInfo.InvariantCulture);
            Value weight = c.Add(new Select(task), name, weights);
            terms[places[task]] = term with
            {
                Minimized = c.Add(new Multiply(), name + "Product", weight, term.Minimized ?? term.Loss),
                Notation = TotalFormula.Within(term.Notation, $"{letter}·(", ")"),
                Symbols = [.. term.Symbols, new(letter, "a weight that follows the lengths of gradients", null, null)],
            };
        }
    }

    protected override void Lower(
        GradNormAttribute attribute, Bound<RecipeAttribute> declared, IReadOnlyList<Term> tasks,
        IReadOnlyList<NetworkParameter> shared, TrainerProgram trainer, Findings findings)
    {
        var measured = attribute.Of.Length == 0 ? shared.LastOrDefault(parameter => parameter.Shape.Rank >= 2) ?? shared.Last()
            : shared.FirstOrDefault(parameter => parameter.Name == attribute.Of);
        if (measured is null)
        {
            var names = shared.Select(parameter => parameter.Name).ToList();
            findings.Add(Catalogue.UnknownParameters, declared.SiteOf(nameof(attribute.Of)), attribute.Of,
                trainer.Declaration.ModelName, ParameterPath.Near(attribute.Of, names, names))
                .Offer(declared.Correct(nameof(attribute.Of), attribute.Of, names));
            return;
        }

        // In a row of gradients the shared parts stand one behind another.
        var layout = trainer.Network.Layout;
        var parts = Parts(shared, layout);
        var own = layout.SegmentOf(measured);
        long before = parts.TakeWhile(part => part.Offset + part.Length <= own.Offset).Sum(part => part.Length),
            start = before + own.Offset - parts.First(part => part.Offset + part.Length > own.Offset).Offset;
        trainer.States.Add(Gradients(
            "GradientNormalization", tasks, parts, trainer, $"({start}, {measured.Count}), ") with
        {
            Members = [("gradNorm.weights", "Weights"), ("gradNorm.initial", "Initial")],
            IsDeclared = false,
        });
        trainer.Main.Combination = new GradientCombination(declared.Name, State, "");
        string alpha = Hyperparameters.Add(trainer, attribute, nameof(attribute.Alpha), "GradNormAlpha").Code,
            rate = Hyperparameters.Add(trainer, attribute, nameof(attribute.Rate), "GradNormRate").Code;
        trainer.Main.BehindUpdate.Add($"{State}.Update({alpha}, {rate});");
        trainer.Remarks.Add(("weights", $"follow the lengths of the objectives' gradients by \"{measured.Name}\""));
    }
}
