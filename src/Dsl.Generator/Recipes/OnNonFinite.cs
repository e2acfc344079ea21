using System.Collections.Generic;
using System.Linq;
using Dsl.Generator.Binding;
using Dsl.Generator.Diagnostics;
using Dsl.Generator.Fixes;
using Dsl.Generator.Lowering;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Recipes;

internal sealed class OnNonFinite : RecipePart<OnNonFiniteAttribute>
{
    public override bool LooksAfterOneDescent => true;

    // Which policy reads which setting.
    private static readonly Dictionary<string, NonFinite> Readers = new()
    {
        [nameof(OnNonFiniteAttribute.ConsecutiveLimit)] = NonFinite.SkipStep,
        [nameof(OnNonFiniteAttribute.RollBackLimit)] = NonFinite.RollBack,
        [nameof(OnNonFiniteAttribute.SnapshotEverySteps)] = NonFinite.RollBack,
        [nameof(OnNonFiniteAttribute.LearningRateFactor)] = NonFinite.RollBack,
    };

    protected override void Check(OnNonFiniteAttribute attribute, Bound<RecipeAttribute> declared, RunCheck run)
    {
        foreach (var unread in Readers.Where(reader => reader.Value != attribute.Policy && declared.Has(reader.Key)))
        {
            string policy = attribute.Policy.ToString(), reader = unread.Value.ToString();
            run.Findings.Add(Catalogue.UnreadByPolicy, declared.SiteOf(unread.Key), policy, unread.Key, reader)
                .Offer(declared.Remove(unread.Key), declared.Set("policy", $"NonFinite.{unread.Value}"));
        }

        Reached(nameof(attribute.ConsecutiveLimit), attribute.ConsecutiveLimit);
        Reached(nameof(attribute.SnapshotEverySteps), attribute.SnapshotEverySteps);

        // A default that a short run never reaches was nobody's wish.
        void Reached(string name, int steps)
        {
            if (attribute.Policy != Readers[name] || !declared.Has(name)) return;
            run.Duration(declared, Catalogue.LimitTooLong, (name, steps, RunUnit.Steps));
        }
    }

    protected override void Lower(
        OnNonFiniteAttribute attribute, Bound<RecipeAttribute> declared, TrainerProgram trainer, Findings findings)
    {
        trainer.NonFinite = attribute.Policy switch
        {
            NonFinite.SkipStep => new NonFiniteRule.Skip(Number(nameof(attribute.ConsecutiveLimit), "ConsecutiveSkipLimit")),
            NonFinite.RollBack => new NonFiniteRule.RollBack(
                Number(nameof(attribute.RollBackLimit), "RollBackLimit"),
                Number(nameof(attribute.SnapshotEverySteps), "SnapshotEverySteps"),
                Number(nameof(attribute.LearningRateFactor), "RollBackLearningRateFactor")),
            _ => null,
        };

        string Number(string property, string name) => Hyperparameters.Add(trainer, attribute, property, name).Code;
    }
}
