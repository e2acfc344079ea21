using TorchSharp;
using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>What the losses of a region proposal network compare its output with (Ren et al. 2015, arXiv 1506.01497,
/// section 3.1.2).</summary>
public static class ProposalTargets
{
    /// <summary>Which anchors show an object, where it is, and which of them count.</summary>
    /// <param name="labels">[N, M, 5].</param>
    /// <param name="output">[N, P, 5], what the network returns; gives type and device.</param>
    /// <param name="order">[N, P]: numbers drawn uniformly; of each kind the anchors with the smallest are taken.</param>
    /// <param name="anchors">The P anchors.</param>
    /// <param name="threshold">The overlap from which on an anchor shows an object; each object's best anchor does
    /// anyway.</param>
    /// <param name="background">The overlap below which it shows none, at most as large; what lies between counts
    /// nothing.</param>
    /// <param name="sampled">Anchors of an image that count; at most half of them show an object.</param>
    /// <returns>Whether it shows an object [N, P, 1], offsets [N, P, 4], 0 where none is shown, and what each row of those
    /// counts, [N, P, 1] each: in the loss of objectness, and in that of offsets; numbers 1 or 0. The caller frees
    /// them.</returns>
    public static (Tensor Objects, Tensor Offsets, Tensor Sampled, Tensor Standing) Of(
        Tensor labels, Tensor output, Tensor order, AnchorBoxes anchors, double threshold, double background, int sampled)
    {
        RegionProposals.Require(output, anchors);
        ArgumentOutOfRangeException.ThrowIfLessThan(sampled, 2);
        if (background > threshold)
        {
            throw new ArgumentException(
                $"Anchors that overlap an object by less than {background} are to be background, those of {threshold} and more "
                + "are not: the first number is the larger one.", nameof(background));
        }

        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        Tensor centered = anchors.Centered(output.dtype, output.device), edges = Boxes.FromCenters(centered);
        Tensor match = BoxMatching.Match(edges, labels, threshold, background);
        var (shown, empty) = BoxSampling.Take(
            Aten.ge(match, 0), Aten.eq(match, BoxMatching.Background), order, sampled, share: 0.5);
        Tensor standing = Number(shown);
        Tensor offsets = Boxes.Encode(BoxMatching.Targets(match, labels, edges), centered, 1, 1) * standing;
        return (standing.MoveToOuterDisposeScope(), offsets.MoveToOuterDisposeScope(),
            Number(shown.logical_or(empty)).MoveToOuterDisposeScope(), standing.clone().MoveToOuterDisposeScope());

        Tensor Number(Tensor isSo) => isSo.unsqueeze(-1).to_type(output.dtype);
    }
}

/// <summary>The regions of proposals that a second stage learns of, and what it is to say of them (Ren et al. 2015, arXiv
/// 1506.01497, section 3.2; Girshick 2015, arXiv 1504.08083, section 2.3).</summary>
public static class RegionTargets
{
    /// <summary>The label of a region that counts nothing.</summary>
    public const long Ignored = -100;

    /// <summary>Takes some of the proposals and objects of each image, at most a quarter of them for an object.</summary>
    /// <param name="labels">[N, M, 5], M at most Q.</param>
    /// <param name="proposals">[N, Q, 4] in edges; those without an area are none. An image's objects stand before them as
    /// proposals of their own, Q in all.</param>
    /// <param name="order">[N, Q]: numbers drawn uniformly; of each kind the proposals with the smallest are taken.</param>
    /// <param name="sampled">R: regions of an image, at most Q. Where it has fewer, the first one is repeated and counts
    /// nothing; where it has none, so does the whole image.</param>
    /// <param name="threshold">The overlap from which on a proposal shows an object, in (0, 1].</param>
    /// <returns>Regions [N, R, 4]; classes [N·R] int64, 0 for background, c + 1 for class c, -100 for what counts nothing; the
    /// places of the class's offsets among those of all classes [N·R, 4] int64; offsets [N·R, 4], 0 for background; and
    /// what each row of those counts, [N·R, 1], 1 or 0. The caller frees them.</returns>
    /// <exception cref="DataMismatchException">An image may have more objects than proposals.</exception>
    public static (Tensor Regions, Tensor Classes, Tensor Places, Tensor Offsets, Tensor Standing) Of(
        Tensor labels, Tensor proposals, Tensor order, int sampled, double threshold)
    {
        BoxLabels.RequireRows(labels, nameof(labels));
        Boxes.Require(proposals, nameof(proposals));
        long count = proposals.size(1);
        ArgumentOutOfRangeException.ThrowIfLessThan(sampled, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(sampled, count);
        RequireRoom(nameof(RegionTargets), labels, count);
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var (candidates, isBox) = Together(labels, proposals);
        Tensor match = BoxMatching.Match(candidates, labels, threshold, forced: false);
        var (shown, empty) = BoxSampling.Take(
            Aten.ge(match, 0).logical_and(isBox), Aten.eq(match, BoxMatching.Background).logical_and(isBox), order, sampled,
            share: 0.25);

        // What is taken comes first, objects before background, each in the drawn order.
        Tensor rank = Aten.sub(2L, empty.to_type(order.dtype)) - Aten.mul(shown.to_type(order.dtype), 2L);
        Tensor place = Aten.add(Aten.mul(rank, 2L), order).argsort(1).narrow(1, 0, sampled);
        Tensor isTaken = shown.logical_or(empty).gather(1, place);
        Tensor taken = Rows(candidates, place), whole = Aten.full([1, 1, 4], 0, taken.dtype, taken.device);
        Aten.fill_(whole.narrow(-1, 2, 2), 1);
        Tensor filling = where(isTaken.narrow(1, 0, 1).unsqueeze(-1), taken.narrow(1, 0, 1), whole);
        Tensor regions = where(isTaken.unsqueeze(-1), taken, filling);

        Tensor own = match.gather(1, place);
        Tensor classes = Aten.masked_fill(
            Aten.add(BoxMatching.Classes(own, labels), 1L), isTaken.logical_not(), Ignored).reshape(-1);
        Tensor standing = shown.gather(1, place).unsqueeze(-1).to_type(taken.dtype);
        Tensor offsets = Boxes.Encode(BoxMatching.Targets(own, labels, regions), Boxes.ToCenters(regions)) * standing;
        Tensor places = Aten.add(
            Aten.mul(Aten.clamp_min(Aten.sub(classes, 1L), 0L), 4L).unsqueeze(-1), Aten.arange(4, device: classes.device));
        return (regions.MoveToOuterDisposeScope(), classes.MoveToOuterDisposeScope(), places.MoveToOuterDisposeScope(),
            offsets.reshape(-1, 4).MoveToOuterDisposeScope(), standing.reshape(-1, 1).MoveToOuterDisposeScope());
    }

    /// <summary>Refuses labels of more rows than an image has proposals.</summary>
    /// <param name="trainer">The trainer's name.</param>
    /// <param name="labels">What came; what is no list of objects is for others to refuse.</param>
    /// <param name="proposals">Q.</param>
    /// <exception cref="DataMismatchException">There are more.</exception>
    public static void RequireRoom(string trainer, Tensor labels, long proposals)
    {
        BatchPart.Require(labels, "labels");
        if (labels.dim() != 3 || labels.size(1) <= proposals) return;
        throw new DataMismatchException(
            $"{trainer} was given {labels.size(1)} rows of objects for an image, but it takes {proposals} proposals, among which "
            + "the objects are: raise Proposals.");
    }

    // Objects, then proposals, as many as there are of these; and which of the rows are boxes.
    private static (Tensor Boxes, Tensor AreBoxes) Together(Tensor labels, Tensor proposals)
    {
        long count = proposals.size(1), rows = labels.size(1) + count;
        Tensor all = cat([labels.narrow(-1, 1, 4).to_type(proposals.dtype), proposals], 1);
        Tensor areBoxes = cat([Aten.ge(labels.select(-1, 0), 0.0), Boxes.AreLargerThan(proposals, 0)], 1);
        Tensor places = Aten.arange(rows, device: proposals.device).unsqueeze(0).expand(proposals.size(0), -1);
        Tensor first = Aten.masked_fill(places, areBoxes.logical_not(), rows).argsort(1).narrow(1, 0, count);
        return (Rows(all, first), areBoxes.gather(1, first));
    }

    private static Tensor Rows(Tensor boxes, Tensor places) => boxes.gather(1, places.unsqueeze(-1).expand(-1, -1, 4));
}

/// <summary>Detections of a Faster R-CNN: regions that one network proposes in a backbone's features, and another one says the
/// classes of (Ren et al. 2015, arXiv 1506.01497).</summary>
public sealed class FasterRcnnDetector : IDetector
{
    private readonly nn.Module<Tensor, Tensor> _proposer, _head;
    private readonly int _size, _points;

    /// <summary>A detector of networks, which it does not own.</summary>
    /// <param name="proposer">Gives [N, P, 5] for features [N, C, h, w].</param>
    /// <param name="head">Gives [R, 1 + 5·K] for regions [R, C, size, size].</param>
    /// <param name="anchors">The P anchors.</param>
    /// <param name="size">Cells of a side of a region.</param>
    /// <param name="points">Points of a side of a cell.</param>
    public FasterRcnnDetector(
        nn.Module<Tensor, Tensor> proposer, nn.Module<Tensor, Tensor> head, AnchorBoxes anchors, int size = 7, int points = 2)
    {
        ArgumentNullException.ThrowIfNull(proposer);
        ArgumentNullException.ThrowIfNull(head);
        ArgumentNullException.ThrowIfNull(anchors);
        ArgumentOutOfRangeException.ThrowIfLessThan(size, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(points, 1);
        (_proposer, _head, Anchors, _size, _points) = (proposer, head, anchors, size, points);
    }

    /// <summary>Its anchors.</summary>
    public AnchorBoxes Anchors { get; }

    /// <summary>The surest anchors of an image that are looked at, at least 1.</summary>
    public int Candidates { get; set; } = 1000;

    /// <summary>Proposals of an image that the second stage looks at, at least 1; the paper's 300.</summary>
    public int Proposals { get; set; } = 300;

    /// <summary>The overlap with a surer proposal above which one is left out, in [0, 1].</summary>
    public double ProposalOverlap { get; set; } = 0.7;

    /// <summary>Which of detections that overlap stay.</summary>
    public NonMaximumSuppression Suppression { get; set; } = new();

    /// <inheritdoc/>
    /// <param name="output">Features [N, C, h, w] of the backbone. Both networks are asked in evaluation mode, and have their own
    /// again afterwards.</param>
    public IReadOnlyList<Detection[]> Detect(Tensor output)
    {
        ArgumentNullException.ThrowIfNull(output);
        if (output.dim() != 4)
        {
            throw new ArgumentException(
                $"Features are [N, C, h, w], but these are [{string.Join(", ", output.shape)}].", nameof(output));
        }

        ModuleModes proposer = new(_proposer), head = new(_head);
        try
        {
            _proposer.eval();
            _head.eval();
            using var noGrad = no_grad();
            using var scope = NewDisposeScope();
            var proposals = RegionProposals.Find(
                _proposer.forward(output), Anchors, Candidates, Proposals, ProposalOverlap);
            return [.. proposals.Select((boxes, i) => Classify(output.narrow(0, i, 1), boxes))];
        }
        finally
        {
            proposer.Restore();
            head.Restore();
        }
    }

    // One image at a time: regions of many would be more than memory has.
    private Detection[] Classify(Tensor features, List<Box> proposals)
    {
        if (proposals.Count == 0) return [];
        using var scope = NewDisposeScope();
        var numbers = new float[proposals.Count * 4];
        RegionProposals.Write(proposals, numbers);
        Tensor regions = from_array(numbers).view(1, -1, 4).to(features.dtype).to(features.device);
        Tensor said = _head.forward(RoiAlign.Of(features, regions, _size, _points));
        long classes = (said.size(1) - 1) / 5;
        Tensor scores = said.narrow(1, 0, classes + 1).softmax(-1).narrow(1, 1, classes);
        Tensor boxes = Boxes.Clip(Boxes.Decode(
            said.narrow(1, classes + 1, 4 * classes).view(-1, classes, 4), Boxes.ToCenters(regions).view(-1, 1, 4)));
        return DetectionRows.Read(boxes.unsqueeze(0), scores.unsqueeze(0), Suppression)[0];
    }
}
