using System.Collections.Generic;
using Dsl.Generator.Binding;
using Dsl.Generator.Diagnostics;
using Dsl.Generator.Graph;
using Dsl.Generator.Graph.Operations;
using Dsl.Generator.Lowering;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Schemes;

internal sealed class LinkPrediction : Scheme<LinkPredictionAttribute>
{
    // Beyond it softplus is the identity, in the precision that a logit has.
    private const double Linear = 20;

    public override bool StandsAlone => true;

    public override bool NeedsClasses => false;

    public override bool TakesOneBatch => true;

    public override bool ReadsFurtherInputs => true;

    public override void CheckNetworks(
        Bound<SchemeAttribute> declared, IReadOnlyList<LearnedNetwork> networks, Findings findings)
    {
        LearnedNetwork model = networks[0];
        var inputs = model.Network.Inputs;
        bool hasEdges = inputs.Count == 2 && inputs[1].Value.Type is { Element: ElementType.Int64, Shape: { Rank: 2 } edges }
            && edges[0] == (Dim)2 && inputs[1].Relation is not null;
        if (!hasEdges)
        {
            Need("a model of nodes and one list of edges", $"'{model.Name}' takes {inputs.Count} inputs",
                $"write [EdgeList] on '{model.Name}', and no other input");
            return;
        }

        if (!model.Network.KnowsResults) return;
        Shape result = model.Network.Results[0].Value.Shape;
        if (result.Rank == 2 && result[0] == inputs[0].Value.Shape[0]) return;
        Need("a vector of each node, [N, D]", $"'{model.Name}' returns {result}", "let it end with a layer on nodes");

        void Need(string need, string found, string remedy) => findings.Add(
            Catalogue.SchemeNeeds, declared.Site, model.Site, declared.Name, need, found, remedy);
    }

    public override void Finish(
        Bound<SchemeAttribute> declared, System.Func<Comparison, Value> objective, TrainerProgram trainer)
    {
        var network = trainer.Network;
        NetworkPort edges = network.Inputs[1];
        var c = new Computation();
        Value nodes = c.Add(new Input("input", network.Input.Type), "input");
        Value given = c.Add(new Input(edges.Variable, edges.Value.Type), edges.Variable);
        TensorType type = network.Results[0].Value.Type;
        Value embeddings = c.Add(new Predict(trainer.Evaluated.Field, type), "embeddings", nodes, given);
        trainer.Procedures.Add(new Procedure("Embed", $"The vectors of nodes in evaluation mode, {type.Shape}",
            [
                new ProcedureParameter("Tensor", "input", $"Nodes {network.Input.Shape}"),
                new ProcedureParameter("Tensor", edges.Variable, $"Edges along which messages go {edges.Value.Shape}"),
            ], c, embeddings)
        {
            IsPublic = true,
            Input = "input",
            Requirement = $"GraphInput.RequireNodes("
                + $"{trainer.Model.Field}, \"{edges.Name}\", {edges.Variable}, \"input\", input);",
            Evaluation = new ProcedureEvaluation("Evaluate", "LinkEvaluation", null,
                "The area under the ROC curve and the average precision of the data's pairs, in evaluation mode. Training is not "
                + "affected") { Source = "LinkData" },
        });
    }

    protected override void Lower(LinkPredictionAttribute attribute, Bound<SchemeAttribute> declared, StepContext step)
    {
        Computation c = step.Computation;
        var inputs = step.Batch.Inputs;
        Value edges = inputs[1];
        string list = step.Trainer.Network.Inputs[1].Member;
        step.Require(list, $"LinkData.RequireEdges(nameof(batch.{list}), batch.{list});");
        Dim count = edges.Shape[1];
        Value drawn = c.Add(new Permute(new([1, 0])), "pairs", step.Draw(new DrawnPlaces(
            "Pairs", count, 2, "ModelInput.Samples(batch.Input)", "Pairs of nodes that are taken for none [E, 2], int64")));
        Value embeddings = step.Call(step.Model, inputs, "embeddings");
        Value linked = c.Add(new Softplus(1, Linear), "edgeLosses", c.Add(new Scale(-1), "negatives", Products("edge", edges)));
        Value counted = c.Add(
            new RuntimeFunction("LinkData.Counted", default, Shape.Of(count)), "counted", drawn, edges, embeddings);
        Value others = c.Add(new Multiply(), "pairLosses",
            c.Add(new Softplus(1, Linear), "drawnLosses", Products("pair", drawn)), counted);
        Value mean = c.Add(new LabelMean(IsZero: true), "meanOfPairs",
            c.Add(new SumAll(), "sumOfPairs", others), c.Add(new SumAll(), "countOfPairs", counted));
        step.AddTerm(new Term("Edges", step.Mean("edges", linked), null, "−mean log σ(z_i·z_j)")
        {
            Symbols =
            [
                new("z_i", "the vector of a node", null, null),
                new("z_j", "that of a node to which an edge leads from it", null, null),
                new("i", "a node", null, null),
                new("j", "a node to which an edge leads from it", null, null),
            ],
        });
        step.AddTerm(new Term("Others", mean, null, "−mean log σ(−z_k·z_l)")
        {
            Symbols =
            [
                new("z_k", "the vector of a node that was drawn", null, null),
                new("z_l", "that of another, without an edge between them", null, null),
                new("k", "a node that was drawn", null, null),
                new("l", "another one, without an edge between them", null, null),
            ],
        });

        Value Products(string name, Value pairs)
        {
            Value first = c.Add(new GatherRows(), name + "Senders", embeddings, c.Add(new EdgeEnds(0), name + "From", pairs));
            Value second = c.Add(new GatherRows(), name + "Receivers", embeddings, c.Add(new EdgeEnds(1), name + "To", pairs));
            return c.Add(new Sum(1), name + "Logits", c.Add(new Multiply(), name + "Products", first, second));
        }
    }
}
