using System.Collections.Generic;
using Dsl.Generator.Binding;
using Dsl.Generator.Diagnostics;
using Dsl.Generator.Graph;
using Dsl.Generator.Graph.Operations;
using Dsl.Generator.Lowering;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Schemes;

internal sealed class DeepCluster : Scheme<DeepClusterAttribute<object, object>>
{
    public override IReadOnlyList<string> Heads => ["Classifier"];

    public override bool StandsAlone => true;

    public override bool NeedsClasses => false;

    public override bool NeedsVectors => true;

    public override void CheckNetworks(
        Bound<SchemeAttribute> declared, IReadOnlyList<LearnedNetwork> networks, Findings findings)
    {
        int clusters = ((DeepClusterAttribute<object, object>)declared.Attribute).Clusters;
        if (!networks[1].Network.KnowsResults) return;
        Shape logits = networks[1].Network.Results[0].Value.Shape;
        if (logits == Shape.Of(logits[0], clusters)) return;
        findings.Add(Catalogue.SchemeNeeds, declared.Site, networks[1].Site, declared.Name,
            $"a classifier with a logit for each of {clusters} clusters", $"'{networks[1].Name}' returns {logits}",
            $"end it with [Linear({clusters})]");
    }

    protected override void Lower(
        DeepClusterAttribute<object, object> attribute, Bound<SchemeAttribute> declared, StepContext step)
    {
        Computation c = step.Computation;
        var types = declared.Declaration.Types;
        Scalar every = step.Hyperparameter(attribute, nameof(attribute.Every));
        Player classifier = step.Head(types[1], "Classifier", "The head that tells clusters apart");
        StateNode clusters = step.Clusters("clusters", "the cluster of each sample", attribute.Clusters);
        step.Trainer.EpochStarts.Add(new EpochStart(
            every.Code, $"{clusters.Field}.Assign({step.Model.Field}, data, _device, Seed, StepCount);", classifier));

        Value logits = step.Call(
            classifier, step.Call(step.Model, step.ViewOfData(types[0], "View"), "features"), "clusterLogits");
        Value cluster = step.Read(step.AddField(new Field(
            Stream.Data, "Cluster", new TensorType(Shape.Of(logits.Shape[0]), ElementType.Int64),
            "The cluster of each sample [N], int64", $"{clusters.Field}.Of(indices)") { Classes = attribute.Clusters }));
        Value weight = step.Read(step.AddField(new Field(
            Stream.Data, "ClusterWeight", new TensorType(Shape.Of(logits.Shape[0])),
            "What each sample counts, less in a large cluster [N]", $"{clusters.Field}.WeightsOf(indices)")));
        Value rows = c.AddMany(new NegativeLogLikelihood(Reduced.None), ["clusterLosses", "clusterRowWeight"],
            c.Add(new LogSoftmax(), "clusterLogProbabilities", logits), cluster)[0];
        step.AddTerm(new Term(
            "Clustering", step.Mean("clustering", c.Add(new Multiply(), "weightedClusterLosses", rows, weight)), null,
            "mean −w·log softmax(h(f))[c]")
        {
            Symbols =
            [
                new("f", "the network's features of a view of a sample", null, null),
                new("h", "the classifier", null, null),
                new("c", "the cluster of the sample", null, null),
                new("w", "what the sample counts, inversely as its cluster is large", null, null),
            ],
        });
    }
}
