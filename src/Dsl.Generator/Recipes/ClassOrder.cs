using Dsl.Generator.Binding;
using Dsl.Generator.Diagnostics;
using Dsl.Generator.Fixes;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Recipes;

/// <summary>What parts of a recipe have in common that read samples by their classes.</summary>
internal static class ClassOrder
{
    public static void CheckLabels(Bound<RecipeAttribute> declared, LabelKind kind, Findings findings)
    {
        if (kind is LabelKind.Class or LabelKind.Identity) return;
        findings.Add(Catalogue.SchemeNeeds, declared.Site, declared.Name, "a class for each sample",
            kind == LabelKind.None ? "no objective reads labels" : $"the labels are {kind.Words()}",
            "remove it, or learn classes").Offer(declared.Remove());
    }

    /// <summary>Reads the data by a sampler, unless another part does.</summary>
    /// <param name="sampler">How <c>Fit</c> makes it, in C#.</param>
    public static void Use(string sampler, Bound<RecipeAttribute> declared, TrainerProgram trainer, Findings findings)
    {
        if (trainer.DataSampler is not null)
            findings.Add(Catalogue.TwoOrders, declared.Site, declared.Name).Offer(declared.Remove());
        trainer.DataSampler = sampler;
    }
}
