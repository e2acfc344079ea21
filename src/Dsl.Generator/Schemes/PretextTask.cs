using System.Collections.Generic;
using Dsl.Generator.Binding;
using Dsl.Generator.Diagnostics;
using Dsl.Generator.Graph;
using Dsl.Generator.Graph.Operations;
using Dsl.Generator.Lowering;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Schemes;

/// <summary>A scheme without labels in which a head behind the network tells what was done to a sample, as one of several
/// answers.</summary>
/// <inheritdoc/>
internal abstract class PretextTask<TAttribute> : Scheme<TAttribute>
    where TAttribute : SchemeAttribute
{
    public sealed override IReadOnlyList<string> Heads => ["Head"];

    public sealed override bool StandsAlone => true;

    public sealed override bool NeedsClasses => false;

    /// <summary>Reports networks that do not fit each other.</summary>
    public sealed override void CheckNetworks(
        Bound<SchemeAttribute> declared, IReadOnlyList<LearnedNetwork> networks, Findings findings)
    {
        var attribute = (TAttribute)declared.Attribute;
        var model = networks[0];
        if (Obstacle(attribute, model.Network.Input.Type) is { } obstacle)
        {
            findings.Add(Catalogue.SchemeNeeds, declared.Site, model.Site, declared.Name, obstacle.Need,
                $"'{model.Name}' takes {model.Network.Input.Type}", obstacle.Remedy);
        }
    }

    public sealed override long? HeadLogits(SchemeAttribute attribute) => Answers((TAttribute)attribute);

    /// <summary>Among how many answers the head chooses.</summary>
    protected abstract long Answers(TAttribute attribute);

    /// <summary>What the network must take, where it takes something else, and what to do; null where it fits.</summary>
    protected abstract (string Need, string Remedy)? Obstacle(TAttribute attribute, TensorType input);

    /// <summary>The network that tells the answer, behind the trained one.</summary>
    protected static Player Head(StepContext step, Bound<SchemeAttribute> declared) => step.Head(
        declared.Declaration.Types[0], "Head", "The head that tells what was done to a sample");

    /// <summary>The mean cross-entropy of what a head tells.</summary>
    /// <param name="name">What the task is called.</param>
    /// <param name="logits">[M, K].</param>
    /// <param name="answers">What it should tell, [M] int64.</param>
    protected static void AddTerm(
        StepContext step, string name, Value logits, Value answers, string notation, IReadOnlyList<ExplainedSymbol> symbols)
    {
        Computation c = step.Computation;
        Value rows = step.CrossEntropies("surprise", logits, answers);
        step.AddTerm(new Term(name, step.Mean(char.ToLowerInvariant(name[0]) + name.Substring(1), rows), null, notation)
        {
            Symbols = symbols,
        });
    }
}
