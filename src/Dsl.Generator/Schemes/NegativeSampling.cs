using System.Collections.Generic;
using System.Globalization;
using Dsl.Generator.Binding;
using Dsl.Generator.Declarations;
using Dsl.Generator.Diagnostics;
using Dsl.Generator.Graph;
using Dsl.Generator.Graph.Operations;
using Dsl.Generator.Lowering;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Schemes;

/// <summary>Vectors of words that tell a word of a text from drawn ones.</summary>
/// <inheritdoc/>
internal abstract class NegativeSampling<TAttribute> : Scheme<TAttribute>
    where TAttribute : NegativeSamplingAttribute
{
    // Beyond it softplus is the identity, in the precision that a logit has.
    private const double Linear = 20;

    public sealed override bool NeedsClasses => false;

    public sealed override bool StandsAlone => true;

    public sealed override IReadOnlyList<string> Heads => ["Contexts"];

    public sealed override bool HeadsStandBehindModel => false;

    /// <summary>Whether an input has several numbers, of words or parts of words, and what fills it up.</summary>
    protected abstract bool ReadsBags { get; }

    /// <summary>Whether the vector of a bag is the mean of its vectors; else their sum.</summary>
    protected virtual bool TakesMean => false;

    /// <summary>What the vector v is, in a sentence.</summary>
    protected abstract string Given { get; }

    public sealed override void CheckNetworks(
        Bound<SchemeAttribute> declared, IReadOnlyList<LearnedNetwork> networks, Findings findings)
    {
        var attribute = (TAttribute)declared.Attribute;
        LearnedNetwork model = networks[0], contexts = networks[1];
        long? width = null;
        if (model.Network.KnowsResults)
        {
            Shape given = model.Network.Results[0].Value.Shape;
            width = WordTable.Width(given);
            bool fits = width is not null && (ReadsBags ? given.Rank == 3 : given.Rank == 2 || given[1] == (Dim)1);
            if (!fits)
            {
                Need(ReadsBags ? "a vector for each number of a sample, [N, L, D]" : "a vector for each sample, [N, 1, D]",
                    $"'{model.Name}' returns {given}",
                    ReadsBags ? "write [Model(L, Elements = Elements.Index), Embedding(V + 1, D, PaddingIndex = V)]"
                        : "write [Model(1, Elements = Elements.Index), Embedding(V, D)]");
                return;
            }
        }

        if (ReadsBags && WordTable.Of(model.Network) is not { Padding: >= 0 })
        {
            Need("a table that knows what fills up a sample", $"'{model.Name}' has no padding index",
                "write [Embedding(V + 1, D, PaddingIndex = V)] as its first layer");
        }

        if (!WordTable.Require(declared, contexts, width, findings)) return;
        long words = WordTable.Of(contexts.Network)!.Words;
        if (attribute.WordCounts is { } counts && counts.Length != words)
        {
            findings.Add(Catalogue.SchemeNeeds, declared.SiteOf(nameof(attribute.WordCounts)), contexts.Site, declared.Name,
                $"a count for each of the {words} words of '{contexts.Name}'",
                $"WordCounts has {counts.Length.ToString(CultureInfo.InvariantCulture)}", "leave them out, and Fit counts");
        }

        void Need(string need, string found, string remedy) => findings.Add(
            Catalogue.SchemeNeeds, declared.Site, model.Site, declared.Name, need, found, remedy);
    }

    protected sealed override void Lower(TAttribute attribute, Bound<SchemeAttribute> declared, StepContext step)
    {
        Computation c = step.Computation;
        Player contexts = step.Head(declared.Declaration.Types[0], "Contexts", "The table of words that are told");
        long words = WordTable.Of(contexts.Network!)!.Words, places = attribute.Negatives + 1;
        string technique = AttributeBinder.ShortName(attribute.GetType().Name);
        Value input = step.Read(step.Data), vectors = Vectors(step, input);
        Dim rows = input.Shape[0];
        Value label = step.ReadLabel(new TensorType(Shape.Of(rows), ElementType.Int64),
            "Words that are told [N], int64; -100 for none", (int)words);
        var counts = new Constants(technique + nameof(attribute.WordCounts), attribute.WordCounts, (int)words)
        {
            Counting = "WordContexts.Frequencies",
        };
        step.Constant(counts);
        Scalar exponent = step.Hyperparameter(attribute, nameof(attribute.Exponent));
        Value negatives = step.Draw(new DrawnByCounts("Negatives", rows, attribute.Negatives, counts.Member, exponent,
            $"Words that are drawn [N, {Spelling.Join(attribute.Negatives)}], int64"));
        Value told = c.Add(new RuntimeFunction("NegativeSamples.Places", default,
            new TensorType(Shape.Of(rows * places, 1), ElementType.Int64)), "told", label, negatives);
        Value tellers = c.Add(new Reshape(Shape.Of(rows, places, vectors.Shape[1])), "contexts",
            step.Call(contexts, told, "contextRows"));
        Value logits = c.Add(new Squeeze(2), "logits", c.Add(new BatchedProduct(), "products", tellers, vectors));
        Value signs = Constant("NegativeSamples.Signs", "signs", logits), counted =
            Constant("NegativeSamples.Counted", "counted", label, negatives, logits);
        Value losses = c.Add(new Multiply(), "losses", c.Add(
            new Softplus(1, Linear), "logLosses", c.Add(new Multiply(), "signedLogits", logits, signs)), counted);
        step.AddTerm(new Term("Telling", step.Mean("telling", c.Add(new Sum(1), "sampleLosses", losses)), null,
            "−mean (log σ(u_o·v) + Σ log σ(−u_n·v))")
        {
            Symbols =
            [
                new("v", Given, null, null),
                new("u_o", "the vector of the word that is told, in the other table", null, null),
                new("u_n", $"that of one of {Spelling.Join(attribute.Negatives)} drawn words", null, null),
                new("o", "the word that is told", null, null),
                new("n", "a drawn word other than o", null, null),
            ],
        });

        Value Constant(string function, string name, params Value[] inputs) =>
            c.Add(new RuntimeFunction(function, default, logits.Shape), name, inputs);
    }

    /// <summary>The vector of each sample as a column, [N, D, 1].</summary>
    private Value Vectors(StepContext step, Value input)
    {
        Computation c = step.Computation;
        Value rows = step.Call(step.Model, input, "rows");
        if (rows.Shape.Rank == 2) return c.Add(new Unsqueeze(2), "vectors", rows);
        if (ReadsBags)
        {
            string padding = Spelling.Join(WordTable.Of(step.Trainer.Network)!.Padding);
            Value weights = c.Add(new RuntimeFunction(
                "NegativeSamples.Weights", new(new[] { padding, TakesMean ? "mean: true" : "mean: false" }),
                Shape.Of(rows.Shape[0], 1, rows.Shape[1])), "bagWeights", input, rows);
            rows = c.Add(new BatchedProduct(), "bags", weights, rows);
        }

        return BatchedProduct.Transpose(c, rows, "vectors");
    }
}
