using Dsl.Generator.Binding;
using Dsl.Generator.Diagnostics;
using Dsl.Generator.Fixes;
using Dsl.Generator.Graph;
using Dsl.Generator.Lowering;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Recipes;

internal sealed class BatchesByLength : RecipePart<BatchesByLengthAttribute>
{
    protected override void Lower(
        BatchesByLengthAttribute attribute, Bound<RecipeAttribute> declared, TrainerProgram trainer, Findings findings)
    {
        if (trainer.Network.LengthsOf(trainer.Network.Entry) is not { } lengths)
        {
            string found = $"'{trainer.Declaration.ModelName}' takes {trainer.Network.Input.Shape} without";
            findings.Add(Catalogue.SchemeNeeds, declared.Site, declared.Name, "a model whose first input has lengths", found,
                "write [Lengths] beside [Model]").Offer(declared.Remove());
            return;
        }

        Scalar pool = Hyperparameters.Add(trainer, attribute, nameof(attribute.Pool), nameof(BatchesByLength));
        ClassOrder.Use(
            $"LengthSampler.Of({Stream.Data.Argument}, \"{lengths.Name}\", {Stream.Data.BatchSize}, {pool.Code}, "
            + $"{Spelling.Bool(trainer.DropLast)}, Seed)", declared, trainer, findings);
    }
}
