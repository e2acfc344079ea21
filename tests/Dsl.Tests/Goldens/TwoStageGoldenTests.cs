using Dsl.Runtime;
using Dsl.Tests.TwoStages;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;
using Detectors = Dsl.Tests.TwoStages.TwoStages;

namespace Dsl.Tests;

/// <summary>Faster R-CNN: three steps against PyTorch in both targets, and what it finds.</summary>
public sealed class TwoStageGoldenTests
{
    [Theory]
    [InlineData("faster_rcnn", typeof(Detectors))]
    [InlineData("faster_rcnn", typeof(TwoStagesAutograd))]
    [InlineData("faster_rcnn_normalized", typeof(NormalizedTwoStages))]
    [InlineData("faster_rcnn_normalized", typeof(NormalizedTwoStagesAutograd))]
    [InlineData("faster_rcnn_without_objects", typeof(Detectors))]
    [InlineData("faster_rcnn_without_objects", typeof(TwoStagesAutograd))]
    [InlineData("faster_rcnn_without_proposals", typeof(Detectors))]
    [InlineData("faster_rcnn_without_proposals", typeof(TwoStagesAutograd))]
    public void Three_steps(string name, Type type) =>
        JointRun.ThreeSteps(Golden.Load("two_stages/" + name), type, "model.", "proposer.", "head.");

    [Fact]
    public void Learned_scenes_are_found()
    {
        using var scope = NewDisposeScope();
        random.manual_seed(3);
        using Backbone model = new();
        using Proposer proposer = new();
        using RegionHead head = new();
        using var trainer = new Detectors(model, proposer, head)
        {
            LearningRate = 0.05, FasterRcnnSampledAnchors = 64,
        };

        // A bright square on the left, another on the right, nothing.
        Tensor inputs = zeros(3, 2, 8, 8), labels = full([3, 1, 5], -1f, ScalarType.Float32);
        inputs[0, 0].narrow(0, 2, 4).narrow(1, 0, 4).fill_(2);
        inputs[1, 1].narrow(0, 2, 4).narrow(1, 4, 4).fill_(2);
        labels[0, 0] = tensor([0f, 0, 0.25f, 0.5f, 0.75f]);
        labels[1, 0] = tensor([2f, 0.5f, 0.25f, 1, 0.75f]);
        for (int step = 0; step < 250; step++) trainer.Step(new(inputs, labels));
        model.eval();
        var found = trainer.Detector.Detect(model.forward(inputs));
        Assert.True(proposer.training && head.training);
        Assert.Equal(0, found[0][0].Class);
        Assert.Equal(2, found[1][0].Class);
        Assert.True(found[0][0].Box.Overlap(new Box(0, 0.25f, 0.5f, 0.75f)) > 0.6, $"{found[0][0]}");
        Assert.True(found[1][0].Box.Overlap(new Box(0.5f, 0.25f, 1, 0.75f)) > 0.6, $"{found[1][0]}");
        Assert.True(found[0][0].Score > 0.6 && found[1][0].Score > 0.6, $"{found[0][0]}; {found[1][0]}");
        Assert.True(found[2].All(other => other.Score < found[0][0].Score));

        using var data = new InMemoryData(inputs, labels);
        var evaluation = trainer.Evaluate(data);
        Assert.Equal(2, evaluation.Count);
        Assert.True(evaluation.MeanAveragePrecision50 > 0.9, $"{evaluation}");
    }

    [Fact]
    public void An_image_without_a_proposal_has_no_detection()
    {
        using var scope = NewDisposeScope();
        using Proposer proposer = new();
        using RegionHead head = new();
        foreach (var (name, parameter) in proposer.named_parameters().Where(one => one.name.EndsWith("bias")))
        {
            using var noGrad = no_grad();
            if (parameter.numel() == 30) parameter.view(6, 5).narrow(1, 0, 2).fill_(100);
        }

        var detector = new FasterRcnnDetector(proposer, head, new AnchorBoxes(4, 4, [0.35, 0.55], [1, 2, 0.5]), 3);
        Assert.All(detector.Detect(randn(2, 5, 4, 4)), Assert.Empty);
    }

    [Fact]
    public void Sampled_regions_keep_objects_to_a_quarter_and_ignore_what_is_missing()
    {
        using var scope = NewDisposeScope();
        Tensor labels = tensor([1f, 0.1f, 0.1f, 0.5f, 0.5f]).view(1, 1, 5);
        Tensor proposals = cat(
            [tensor([0.1f, 0.1f, 0.5f, 0.5f]).view(1, 1, 4).expand(1, 6, 4), tensor([0.6f, 0.6f, 0.9f, 0.9f]).view(1, 1, 4),
                zeros(1, 3, 4)], 1);
        var (regions, classes, places, offsets, standing) = RegionTargets.Of(labels, proposals, rand(1, 10), 8, 0.5);
        long[] expected = [2, 2, 0, -100, -100, -100, -100, -100];
        Assert.Equal(expected, classes.data<long>().ToArray());
        Assert.Equal(2, standing.sum().ToDouble());
        Assert.Equal(0, offsets.abs().max().ToDouble(), 1e-5);
        Assert.Equal([4L, 5, 6, 7], places[0].data<long>().ToArray());
        Assert.True(regions.ge((Scalar)0).all().ToBoolean() && Boxes.AreLargerThan(regions, 0).all().ToBoolean());
        Assert.Throws<DataMismatchException>(() => RegionTargets.Of(labels.expand(1, 11, 5), proposals, rand(1, 10), 8, 0.5));
    }

    [Fact]
    public void More_objects_than_proposals_are_refused()
    {
        using NormalizedBackbone model = new();
        using OneScaleProposer proposer = new();
        using NormalizedRegionHead head = new();
        using var trainer = new NormalizedTwoStages(model, proposer, head);
        using var scope = NewDisposeScope();
        var before = model.state_dict().ToDictionary(state => state.Key, state => state.Value.clone());
        var refused = Assert.Throws<DataMismatchException>(() =>
            trainer.Step(new(randn(2, 2, 8, 8), full([2, 7, 5], -1f, ScalarType.Float32))));
        Assert.Contains("raise Proposals", refused.Message, StringComparison.Ordinal);
        foreach (var (name, value) in model.state_dict()) Close.To(before[name], value, name, 0);
        Assert.Equal(0.6, trainer.Detector.ProposalOverlap);
    }

    [Fact]
    public void Anchors_stand_around_cells_in_order()
    {
        using var scope = NewDisposeScope();
        var anchors = new AnchorBoxes(2, 3, [0.5, 0.25], [1, 4]);
        Assert.Equal((4, 24), (anchors.PerCell, anchors.Count));
        Tensor centered = anchors.Centered(ScalarType.Float64, CPU);
        Close.To(tensor([1 / 6.0, 0.25, 0.5, 0.5]), centered[0], "first", 1e-12);
        Close.To(tensor([1 / 6.0, 0.25, 1, 0.25]), centered[1], "ratio", 1e-12);
        Close.To(tensor([1 / 6.0, 0.25, 0.25, 0.25]), centered[2], "scale", 1e-12);
        Close.To(tensor([0.5, 0.25, 0.5, 0.5]), centered[4], "next cell", 1e-12);
        Close.To(tensor([1 / 6.0, 0.75, 0.5, 0.5]), centered[12], "next row", 1e-12);
        Assert.Throws<ArgumentException>(() => new AnchorBoxes(2, 2, [], [1]));
        Assert.Throws<ArgumentException>(() => new AnchorBoxes(2, 2, [0.5], [0]));
    }

    [Fact]
    public void Proposals_are_the_surest_that_do_not_overlap()
    {
        using var scope = NewDisposeScope();
        var anchors = new AnchorBoxes(1, 4, [0.25], [1]);
        Tensor output = zeros(1, 4, 5);
        output[0, 0, 4] = 1;
        output[0, 1, 4] = 3;
        output[0, 2, 4] = 2;
        output[0, 2, 0] = -0.9f;                                     // onto the second
        output[0, 3, 1] = 4;                                         // out of the image
        Tensor proposals = RegionProposals.Of(output, anchors, candidates: 4, most: 3, overlap: 0.5);
        Close.To(tensor([0.25f, 0.375f, 0.5f, 0.625f]), proposals[0, 0], "surest", 1e-6);
        Close.To(tensor([0f, 0.375f, 0.25f, 0.625f]), proposals[0, 1], "second", 1e-6);
        Close.To(zeros(4), proposals[0, 2], "none", 0);
        Close.To(zeros(2, 4), RegionProposals.Of(output, anchors, 1, 3, 0.5)[0].narrow(0, 1, 2), "one candidate", 0);
        Assert.Throws<ArgumentException>(() => RegionProposals.Of(zeros(1, 5, 5), anchors, 4, 3, 0.5));
    }

    [Fact]
    public void An_empty_image_has_the_whole_of_it_and_counts_nothing()
    {
        using var scope = NewDisposeScope();
        Tensor labels = full([1, 2, 5], -1f, ScalarType.Float32);
        var (regions, classes, _, _, standing) = RegionTargets.Of(labels, zeros(1, 4, 4), rand(1, 4), 4, 0.5);
        Assert.Equal([-100L, -100, -100, -100], classes.data<long>().ToArray());
        Assert.Equal(0, standing.sum().ToDouble());
        Close.To(tensor([0f, 0, 1, 1]).expand(1, 4, 4), regions, "regions", 0);
    }

    [Fact]
    public void Training_stops_by_what_is_found()
    {
        using Backbone model = new();
        using Proposer proposer = new();
        using RegionHead head = new();
        using var trainer = new StoppingTwoStages(model, proposer, head);
        using var data = new InMemoryData(randn(4, 2, 8, 8), tensor([1f, 0.1f, 0.1f, 0.5f, 0.5f]).view(1, 1, 5).repeat(4, 1, 1));
        var report = trainer.Fit(data, data);
        Assert.True(report.Epochs.Count is >= 1 and <= 3);
    }
}
