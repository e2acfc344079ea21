using System.Collections.Generic;
using Dsl.Generator.Binding;
using Dsl.Generator.Diagnostics;
using Dsl.Generator.Graph;
using Dsl.Generator.Graph.Operations;
using Dsl.Generator.Lowering;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Schemes;

internal sealed class Glove : Scheme<GloveAttribute<object>>
{
    public override bool NeedsClasses => false;

    public override bool StandsAlone => true;

    public override IReadOnlyList<string> Heads => ["Contexts"];

    public override bool HeadsStandBehindModel => false;

    public override void CheckNetworks(
        Bound<SchemeAttribute> declared, IReadOnlyList<LearnedNetwork> networks, Findings findings)
    {
        LearnedNetwork model = networks[0], contexts = networks[1];
        if (!WordTable.Require(declared, model, null, findings)) return;
        if (!model.Network.KnowsResults) return;
        Shape given = model.Network.Results[0].Value.Shape;
        if (WordTable.Width(given) is not { } width || width < 2 || (given.Rank == 3 && given[1] != (Dim)1))
        {
            findings.Add(Catalogue.SchemeNeeds, declared.Site, model.Site, declared.Name,
                "a vector and a bias for each word, [N, 1, D + 1]", $"'{model.Name}' returns {given}",
                "write [Embedding(V, D + 1)], of which the last number is the bias");
            return;
        }

        if (!WordTable.Require(declared, contexts, width, findings)) return;
        long words = WordTable.Of(model.Network)!.Words, others = WordTable.Of(contexts.Network)!.Words;
        if (words == others) return;
        findings.Add(Catalogue.SchemeNeeds, declared.Site, contexts.Site, declared.Name, "two tables of the same words",
            $"'{model.Name}' has {words} and '{contexts.Name}' {others}", "give both as many rows");
    }

    protected override void Lower(GloveAttribute<object> attribute, Bound<SchemeAttribute> declared, StepContext step)
    {
        Computation c = step.Computation;
        Player contexts = step.Head(declared.Declaration.Types[0], "Contexts", "The table of words as contexts");
        Value first = Rows(step, step.Model, step.Read(step.Data), "word"),
        second = Rows(step, contexts, step.Read(step.FurtherFor(contexts, "Other")), "context");
        Dim samples = first.Shape[0];
        long width = first.Shape[1].Factor - 1;
        Value count = step.ReadLabel(new TensorType(Shape.Of(samples)), "How often the two words stand near each other [N]", 0);
        Value products = c.Add(new Sum(1), "products", c.Add(new Multiply(), "terms", Vector(first), Vector(second)));
        Value told = c.Add(
            new Add(), "told", products, c.Add(new Add(), "biases", Bias(first), Bias(second)));
        Scalar maximum = step.Hyperparameter(attribute, nameof(attribute.Maximum)),
        exponent = step.Hyperparameter(attribute, nameof(attribute.Exponent));
        Value known = c.Add(new TargetsLike(), "knownCounts", count, told);
        Value logarithms = c.Add(new RuntimeFunction("CooccurrencePairs.Logarithms", default, told.Shape), "logCounts", known);
        Value weights = c.Add(new RuntimeFunction(
            "CooccurrencePairs.Weights", new(new[] { maximum.Code, exponent.Code }), told.Shape), "weights", known);
        Value squares = c.Add(new Square(), "squares", c.Add(new Subtract(), "errors", told, logarithms));
        step.AddTerm(new Term("Counts", step.Mean("countLoss", c.Add(new Multiply(), "losses", squares, weights)), null,
            "mean f·(w·c + b + d − log x)², f = min(1, x/M)^a")
        {
            Symbols =
            [
                new("x", "how often two words stand near each other", null, null),
                new("w", "the vector of the first word", null, null),
                new("c", "the vector of the second word, in the other table", null, null),
                new("b", "the bias of the first word", null, null),
                new("d", "the bias of the second word", null, null),
                new("M", "the count from which a pair has the weight 1", maximum.Code, Scalar.Literal(attribute.Maximum)),
                new("a", "how much less rarer pairs count", exponent.Code, Scalar.Literal(attribute.Exponent)),
            ],
        });

        Value Vector(Value rows) => c.Add(new Slice(1, 0, width), rows.Hint + "Vector", rows);

        Value Bias(Value rows) => c.Add(new Squeeze(1), rows.Hint + "Bias", c.Add(
            new Slice(1, width, 1), rows.Hint + "BiasColumn", rows));
    }

    /// <summary>What a table has for each sample's word, [N, D + 1].</summary>
    private static Value Rows(StepContext step, Player table, Value words, string name)
    {
        Value rows = step.Call(table, words, name);
        return rows.Shape.Rank == 2 ? rows : step.Computation.Add(new Squeeze(1), name + "Row", rows);
    }
}
