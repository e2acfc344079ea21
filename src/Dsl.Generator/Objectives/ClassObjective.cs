using System;
using System.Collections.Generic;
using System.Linq;
using Dsl.Generator.Binding;
using Dsl.Generator.Diagnostics;
using Dsl.Generator.Fixes;
using Dsl.Generator.Graph;
using Dsl.Generator.Lowering;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Objectives;

/// <summary>An objective of classes that can weigh them, as declared or by how many samples they have.</summary>
internal abstract class ClassObjective<TAttribute> : Objective<TAttribute>
    where TAttribute : ClassObjectiveAttribute
{
    public override LabelKind Labels => LabelKind.Class;

    public override bool ReadsLabelsAlone(TermAttribute attribute) => attribute is TAttribute own
        && own.DeferEpochs + own.DeferSteps == 0 && (own.ClassCounts is not null || !ReadsCounts(own));

    public override void Check(Bound<TermAttribute> declared, RunCheck run)
    {
        var attribute = (TAttribute)declared.Attribute;
        run.Duration(declared, Catalogue.LimitTooLong,
            nameof(attribute.DeferEpochs), attribute.DeferEpochs, nameof(attribute.DeferSteps), attribute.DeferSteps);
    }

    /// <summary>Whether it depends on how many samples each class has.</summary>
    protected virtual bool ReadsCounts(TAttribute attribute) => attribute.ClassBalance > 0;

    /// <summary>What reads the counts, for who gives them in vain.</summary>
    protected virtual string CountReaders => nameof(ClassObjectiveAttribute.ClassBalance);

    /// <summary>Whether classes count differently.</summary>
    protected static bool Weighs(TAttribute attribute) => attribute.ClassWeights is not null || attribute.ClassBalance > 0;

    /// <summary>The letter of the classes' weights.</summary>
    /// <param name="behind">What else is to be said of them.</param>
    protected static Symbol WeightSymbol(string letter, TAttribute attribute, string behind = "")
    {
        string later = attribute.DeferEpochs > 0 ? $", 1 in the first {attribute.DeferEpochs} epochs"
            : attribute.DeferSteps > 0 ? $", 1 in the first {attribute.DeferSteps} steps" : "";
        return attribute.ClassBalance > 0
            ? new Symbol(letter, "weight of each class by the effective number of its samples, β = "
                + $"{Scalar.Literal(attribute.ClassBalance)}{later}{behind}")
            : new Symbol(letter, $"weight of each class{later}{behind}", nameof(attribute.ClassWeights));
    }

    protected override void Check(TAttribute attribute, ResultCheck result)
    {
        result.OneForEachClass(nameof(attribute.ClassWeights), attribute.ClassWeights);
        result.OneForEachClass(nameof(attribute.ClassCounts), attribute.ClassCounts);
        if (attribute.ClassWeights is not null && attribute.ClassBalance > 0)
        {
            result.Report(Catalogue.WeighedTwice, nameof(attribute.ClassBalance), result.Name,
                nameof(attribute.ClassWeights), nameof(attribute.ClassBalance))
                .Offer(result.Declared.Remove(nameof(attribute.ClassBalance)),
                    result.Declared.Remove(nameof(attribute.ClassWeights)));
        }

        if (attribute.ClassCounts is not null && !ReadsCounts(attribute))
            WithoutEffect(nameof(attribute.ClassCounts), CountReaders, result);
        if (Weighs(attribute)) return;
        foreach (string defer in new[] { nameof(attribute.DeferEpochs), nameof(attribute.DeferSteps) }
            .Where(result.Declared.Has)) WithoutEffect(defer, nameof(attribute.ClassBalance), result);
    }

    /// <summary>Reports counts of which one is 0 where a logarithm or a quotient of it is taken.</summary>
    protected static void RequireSamples(TAttribute attribute, ResultCheck result)
    {
        if (attribute.ClassCounts is not { } counts || counts.All(count => count > 0) || counts.All(count => count == 0)) return;
        result.Report(Catalogue.OutOfRange, nameof(attribute.ClassCounts), nameof(attribute.ClassCounts), result.Name,
            $"0 for class {Array.IndexOf(counts, 0.0)}", "(0, inf)");
    }

    private static void WithoutEffect(string argument, string without, ResultCheck result) =>
        result.Report(Catalogue.WithoutEffect, argument, argument, result.Name, without)
            .Offer(result.Declared.Remove(argument));
}
