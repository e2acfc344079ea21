using Dsl.Generator.Binding;
using Dsl.Generator.Diagnostics;
using Dsl.Generator.Fixes;
using Dsl.Generator.Lowering;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Objectives;

/// <summary>What objectives of embeddings have in common: vectors, labels that say which are alike, batches that hold
/// such.</summary>
/// <inheritdoc/>
internal abstract class MetricObjective<TAttribute> : Objective<TAttribute>
    where TAttribute : MetricObjectiveAttribute
{
    public sealed override LabelKind Labels => LabelKind.Identity;

    public sealed override Prediction Reads => Prediction.Values;

    /// <summary>How many samples of a class a batch must have; 0 where it is free.</summary>
    protected virtual int SamplesPerClass => 0;

    public override void Check(Bound<TermAttribute> declared, RunCheck run)
    {
        if (SamplesPerClass > 0 && run.SamplesPerClass != SamplesPerClass)
        {
            string what = run.SamplesPerClass is { } given ? $"[SamplesPerClass({given})] gives {given}"
                : "batches are drawn from all samples alike";
            run.Findings.Add(
                Catalogue.SchemeNeeds, declared.Site, declared.Name, $"{SamplesPerClass} samples of each class in a batch", what,
                $"write [SamplesPerClass({SamplesPerClass})]")
                .Offer(run.SamplesPerClass is null ? Fix.Insert($"SamplesPerClass({SamplesPerClass})", declared.Site) : null);
        }
        else if (SamplesPerClass == 0 && run.SamplesPerClass is null)
        {
            run.Findings.Add(Catalogue.FewOfAClass, declared.Site, declared.Name, run.BatchSize.ToString())
                .Offer(Fix.Insert("SamplesPerClass(4)", declared.Site));
        }
    }

    protected override void Check(TAttribute attribute, ResultCheck result) => result.RequireVectors();
}
