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

internal sealed class UncertaintyWeighting : RecipePart<UncertaintyWeightingAttribute>
{
    // e^(−20) is no weight: what is beyond it only delays the way back.
    private const double Most = 20;

    public override void LowerStep(StepContext step, TrainerProgram trainer)
    {
        var terms = trainer.Main.Terms;
        int number = 0;
        for (int i = 0; i < terms.Count; i++)
        {
            if (terms[i].IsObjective) terms[i] = Weigh(terms[i], ++number, step);
        }
    }

    protected override void Lower(
        UncertaintyWeightingAttribute attribute, Bound<RecipeAttribute> declared, TrainerProgram trainer, Findings findings)
    {
        if (trainer.Main.Terms.Count(term => term.IsObjective) > 1) return;
        findings.Add(Catalogue.NothingToWeigh, declared.Site, declared.Name, trainer.Declaration.Type.Name)
            .Offer(declared.Remove());
    }

    private static Term Weigh(Term term, int number, StepContext step)
    {
        Computation c = step.Computation;
        string name = "uncertaintyOf" + term.Name, letter = "s_" + number.ToString(CultureInfo.InvariantCulture),
            member = "Uncertainty" + term.Name;
        Value s = c.Add(new SumAll(), name, step.LearnedNumber(
            member, $"The logarithm s of the variance that {term.Name} is weighed by", 0.0, Most));
        Value precision = c.Add(new Exponential(), name + "Precision", c.Add(new Scale(-1), name + "Negative", s));
        Value weighed = c.Add(
            new Scale(0.5), name + "Weighed", c.Add(new Multiply(), name + "Product", precision, term.Loss));
        Value half = step.PartOfMean(name + "Part", c.Add(new Scale(0.5), name + "Half", s), step.Data.Type.Shape);
        return term with
        {
            Minimized = c.Add(new Add(), name + "Term", weighed, half),
            Notation = TotalFormula.Within(term.Notation, $"(½·e^(−{letter})·(", $") + ½·{letter})"),
            Symbols = [.. term.Symbols, new(letter, "the logarithm of a variance, which is learned", member, null)],
        };
    }
}
