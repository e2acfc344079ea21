using System.Collections.Generic;
using System.Linq;
using Dsl.Generator.Binding;
using Dsl.Generator.Diagnostics;
using Dsl.Generator.Graph;
using Dsl.Generator.Graph.Operations;
using Dsl.Generator.Lowering;
using Dsl.Generator.Passes;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Schemes;

internal sealed class BidirectionalLanguageModel : Scheme<BidirectionalLanguageModelAttribute>
{
    public override bool StandsAlone => true;

    public override bool NeedsClasses => false;

    public override bool TakesOneBatch => true;

    public override bool ReadsAllOutputs => true;

    protected override void Check(BidirectionalLanguageModelAttribute attribute, Bound<SchemeAttribute> declared, RunCheck run)
    {
    }

    public override void CheckNetworks(
        Bound<SchemeAttribute> declared, IReadOnlyList<LearnedNetwork> networks, Findings findings)
    {
        var attribute = (BidirectionalLanguageModelAttribute)declared.Attribute;
        var model = networks[0];
        if (!model.Network.KnowsResults) return;
        TensorType input = model.Network.Input.Type;
        if (input.Element != ElementType.Int64 || input.Shape.Rank != 2)
        {
            Need("a model of tokens, [N, T] integers", $"'{model.Name}' takes {input}",
                "write [Model(T, Elements = Elements.Index)] and begin with an [Embedding]");
            return;
        }

        Check(attribute.Next, reverse: false);
        if (!findings.Any) Check(attribute.Previous, reverse: true);

        void Check(string name, bool reverse)
        {
            var named = model.Network.Results.FirstOrDefault(output => output.Name == name);
            string outputs = string.Join(", ", model.Network.Results.Select(output => $"\"{output.Name}\""));
            if (named is null || attribute.Next == attribute.Previous)
            {
                Need("two outputs of logits, one for each direction", named is null
                    ? $"'{model.Name}' has no output \"{name}\", but {outputs}" : $"both are \"{name}\"",
                    "name the outputs by [Output(...)]");
            }
            else if (named.Value.Shape is var shape && (shape.Rank != 3 || shape[1] != input.Shape[1]))
            {
                Need($"logits of the vocabulary at each of {input.Shape[1]} places, [N, {input.Shape[1]}, V]",
                    $"\"{name}\" is {shape}", "let it keep the places, and end with [Linear(V)]");
            }
            else if (!model.Network.IsOpaque
                && !PlaceFlow.ReadsInOneDirection(named.Value, reverse))
            {
                Need($"recurrent layers that read {(reverse ? "from the end" : "forward")} alone in front of \"{name}\"",
                    "what it is to tell may be in what it reads", reverse
                        ? "write [Lstm(H, Reversed = true)]" : "write [Lstm(H)] without Bidirectional and Reversed");
            }
        }

        void Need(string need, string found, string remedy) => findings.Add(
            Catalogue.SchemeNeeds, declared.Site, model.Site, declared.Name, need, found, remedy);
    }

    protected override void Lower(
        BidirectionalLanguageModelAttribute attribute, Bound<SchemeAttribute> declared, StepContext step)
    {
        Value tokens = step.Batch.Inputs[0];
        long count = tokens.Shape[1].Factor - 1;
        step.AddTerm(Direction("Next", attribute.Next, 0, 1, "−mean log softmax(f)[t₊]",
            new("t₊", "the token behind each", null, null), new("f", "logits of tokens before it", null, null)));
        step.AddTerm(Direction("Previous", attribute.Previous, 1, 0, "−mean log softmax(b)[t₋]",
            new("t₋", "the token before each", null, null), new("b", "logits of tokens behind it", null, null)));

        Term Direction(string name, string output, long from, long label, string notation, params ExplainedSymbol[] symbols)
        {
            Computation c = step.Computation;
            string variable = char.ToLowerInvariant(name[0]) + name.Substring(1);
            Value logits = step.Rows(c.Add(new Slice(1, from, count), variable + "Logits", step.ResultOf(output)));
            Value told = c.Add(new Reshape(Shape.Of(tokens.Shape[0] * (Dim)count)), variable + "Labels",
                c.Add(new Slice(1, label, count), variable + "Tokens", tokens));
            return new Term(name, step.Mean(variable + "Loss", step.CrossEntropies(variable + "Losses", logits, told)), null,
                notation) { Symbols = symbols };
        }
    }
}
