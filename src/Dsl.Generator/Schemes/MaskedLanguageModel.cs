using System.Collections.Generic;
using System.Linq;
using Dsl.Generator.Binding;
using Dsl.Generator.Declarations;
using Dsl.Generator.Diagnostics;
using Dsl.Generator.Fixes;
using Dsl.Generator.Graph;
using Dsl.Generator.Graph.Operations;
using Dsl.Generator.Lowering;
using Dsl.Generator.Passes;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Schemes;

internal sealed class MaskedLanguageModel : Scheme<MaskedLanguageModelAttribute>
{
    public override bool StandsAlone => true;

    public override bool NeedsClasses => false;

    public override bool TakesOneBatch => true;

    public override bool ReadsFurtherInputs => true;

    public override bool ChangesSamples => true;

    protected override void Check(MaskedLanguageModelAttribute attribute, Bound<SchemeAttribute> declared, RunCheck run)
    {
        if (attribute.Masked + attribute.Random > 1)
        {
            run.Findings.Add(Catalogue.SharesExceedOne, declared.SiteOf(declared.Has(nameof(attribute.Random))
                    ? nameof(attribute.Random) : nameof(attribute.Masked)),
                Scalar.Literal(attribute.Masked), Scalar.Literal(attribute.Random));
        }

        if (attribute.LongestSpan == 1 && declared.Has(nameof(attribute.SpanEnd)))
        {
            run.Findings.Add(Catalogue.WithoutEffect, declared.SiteOf(nameof(attribute.SpanEnd)), nameof(attribute.SpanEnd),
                declared.Name, nameof(attribute.LongestSpan))
                .Offer(declared.Set(nameof(attribute.LongestSpan), 10), declared.Remove(nameof(attribute.SpanEnd)));
        }
    }

    public override void CheckNetworks(
        Bound<SchemeAttribute> declared, IReadOnlyList<LearnedNetwork> networks, Findings findings)
    {
        var attribute = (MaskedLanguageModelAttribute)declared.Attribute;
        var model = networks[0];
        if (!model.Network.KnowsResults) return;
        TensorType input = model.Network.Input.Type;
        Value result = model.Network.Results[0].Value;
        if (input.Element != ElementType.Int64 || input.Shape.Rank != 2)
        {
            Need("a model of tokens, [N, T] integers", $"'{model.Name}' takes {input}",
                "write [Model(T, Elements = Elements.Index)] and begin with an [Embedding]");
        }
        else if (result.Shape.Rank != 3 || result.Shape[1] != input.Shape[1])
        {
            Need($"logits of the vocabulary at each of {input.Shape[1]} places, [N, {input.Shape[1]}, V]",
                $"'{model.Name}' returns {result.Shape}", "let it keep the places, and end with [Linear(V)]");
        }
        else if (PlaceFlow.StaysAtItsPlace(model.Network))
        {
            Need("a model that sees other places", $"what '{model.Name}' gives at a place depends on that place alone",
                "let it mix places, with [TransformerEncoderLayer(heads, width)] or [Lstm(D, Bidirectional = true)]");
        }
        else
        {
            foreach (int token in attribute.Special.Prepend(attribute.Mask).Where(token => token >= result.Shape[2].Factor))
            {
                findings.Add(Catalogue.TokenOutOfVocabulary, declared.SiteOf(
                        token == attribute.Mask ? "mask" : nameof(attribute.Special)), model.Site,
                    Spelling.Join(token), model.Name, Spelling.Join(result.Shape[2].Factor));
            }
        }

        void Need(string need, string found, string remedy) => findings.Add(
            Catalogue.SchemeNeeds, declared.Site, model.Site, declared.Name, need, found, remedy);
    }

    protected override void Lower(
        MaskedLanguageModelAttribute attribute, Bound<SchemeAttribute> declared, StepContext step)
    {
        Computation c = step.Computation;
        var inputs = step.Batch.Inputs;
        Value tokens = inputs[0];
        var network = step.Trainer.Network;
        long places = tokens.Shape[1].Factor, vocabulary = network.Results[0].Value.Shape[2].Factor;
        Dim rows = step.Data.Rows;
        Value[] lengths = network.LengthsOf(network.Entry) is { } own
            ? [inputs[network.Inputs.FindIndex(input => input.Name == own.Name)]] : [];
        string[] whole = lengths.Length == 0 ? ["null"] : [];
        string special = $"new long[] {{ {string.Join(", ", attribute.Special.Prepend(attribute.Mask).Distinct())} }}";
        Scalar ratio = step.Hyperparameter(attribute, nameof(attribute.Ratio)),
        masked = step.Hyperparameter(attribute, nameof(attribute.Masked)),
        random = step.Hyperparameter(attribute, nameof(attribute.Random));

        Value noise = Uniform("Noise", "A number for each token, the smallest of which are selected");
        Value kinds = Uniform("Kinds", attribute.LongestSpan == 1 ? "What becomes of a token that is selected"
            : "What becomes of a span, or of a single token that is selected");
        Value replacements = step.Draw(new DrawnIntegers("Replacements", rows, places, vocabulary,
            $"The tokens that come in place of some, [N, {places}]"));
        TensorType bools = new(tokens.Shape, ElementType.Bool);
        Value selected;
        if (attribute.LongestSpan == 1)
        {
            var select = new RuntimeFunction("MaskedTokens.Select", new([.. whole, ratio.Code, special]), bools);
            selected = c.Add(select, "selected", [tokens, noise, .. lengths]);
        }
        else
        {
            Scalar end = step.Hyperparameter(attribute, nameof(attribute.SpanEnd)),
            longest = step.Hyperparameter(attribute, nameof(attribute.LongestSpan));
            Value starts = Uniform("Starts", "Where each span begins, as a part of the sequence"),
            spans = Uniform("Spans", "From which the length of each span is computed");
            var select = new RuntimeFunction("MaskedTokens.SelectSpans",
                new([.. whole, ratio.Code, end.Code, longest.Code, special]),
                new EquatableArray<TensorType>([bools, kinds.Type]));
            var both = c.AddMany(
                select, ["selected", "spanKinds"], [tokens, noise, kinds, starts, spans, .. lengths]);
            (selected, kinds) = (both[0], both[1]);
        }

        Value corrupted = c.Add(
            new RuntimeFunction("MaskedTokens.Replace", new([Spelling.Join(attribute.Mask), masked.Code, random.Code]),
                tokens.Type), "corrupted", tokens, selected, kinds, replacements);
        Value logits = step.Rows(step.Call(step.Model, [corrupted, .. inputs.Skip(1)], "logits"));
        Value labels = c.Add(new RuntimeFunction("MaskedTokens.Labels", default,
            new TensorType(Shape.Of(rows * (Dim)places), ElementType.Int64)), "labels", tokens, selected);
        Value sum = c.Add(new SumAll(), "maskedTokensSum", step.CrossEntropies("tokenLosses", logits, labels));
        Value count = c.Add(new SumAll(), "selectedCount", c.Add(new LabelWeights(), "labelWeights", labels, logits));
        step.AddTerm(new Term("MaskedTokens", c.Add(new LabelMean(IsZero: true), "maskedTokens", sum, count), null,
            "−mean log softmax(f(x̃))[x], of selected tokens")
        {
            Symbols =
            [
                new("x", "a token that is selected", null, null),
                new("x̃", "the sequence, in which of the selected tokens most are masked and some are random", null, null),
                new("f", "the network", null, null),
            ],
        });

        Value Uniform(string name, string summary) =>
            step.Draw(new DrawnReals(name, rows, places, 0, 1, $"{summary}, [N, {places}]"));
    }
}
