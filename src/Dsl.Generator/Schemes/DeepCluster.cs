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

    public override long? HeadLogits(SchemeAttribute attribute) =>
        ((DeepClusterAttribute<object, object>)attribute).Clusters;

    protected override void Lower(
        DeepClusterAttribute<object, object> attribute, Bound<SchemeAttribute> declared, StepContext step)
    {
        Computation c = step.Computation;
        var types = declared.Declaration.Types;
        Scalar every = step.Hyperparameter(attribute, nameof(attribute.Every));
        Player classifier = step.Head(types[1], "Classifier", "The head that tells clusters apart");
        StateNode clusters = step.AddState(new StateNode(
            "clusters", "_clusters", $"the cluster of each sample, [{Stream.Data.Symbol}_total]",
            $"new PseudoLabels({attribute.Clusters}, {step.Model.Arena}.Values.dtype, _device)")
        {
            Type = "PseudoLabels",
            Members = [("clusters", "Clusters")],
            Rows = Stream.Data,
        });
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
        Value rows = step.CrossEntropies("clusterLosses", logits, cluster);
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
