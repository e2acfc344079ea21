using static TorchSharp.torch;

namespace Dsl.Runtime.Tests.Detecting;

/// <summary>What holds of boxes whatever they are; numbers are held against PyTorch in DetectionGoldenTests.</summary>
public sealed class BoxesTests : IDisposable
{
    private readonly DisposeScope _scope = NewDisposeScope();

    public void Dispose() => _scope.Dispose();

    [Fact]
    public void Overlaps_move_with_their_boxes()
    {
        Tensor a = Random(7, 1), b = Random(5, 2), order = tensor(new long[] { 4, 0, 6, 2, 5, 1, 3 });
        foreach (var overlaps in new Func<Tensor, Tensor, Tensor>[] { Boxes.Overlaps, Boxes.GeneralizedOverlaps })
        {
            Tensor expected = overlaps(a, b);
            Near(expected, overlaps(b, a).t());
            Near(expected.index_select(0, order), overlaps(a.index_select(0, order), b));
            Tensor shift = tensor(new[] { 3.0, -2, 3, -2 }), stretch = tensor(new[] { 2.0, 5, 2, 5 });
            Near(expected, overlaps(a * stretch + shift, b * stretch + shift));
            Near(ones(7, ScalarType.Float64), overlaps(a, a).diagonal());
        }

        Assert.True(Boxes.GeneralizedOverlaps(a, b).le(Boxes.Overlaps(a, b)).all().item<bool>());
    }

    [Fact]
    public void Boxes_without_an_area_overlap_nothing_and_have_no_infinite_gradient()
    {
        Tensor flat = tensor(new double[,] { { 0, 0, 0, 1 }, { 0.5, 0.5, 0.5, 0.5 }, { 1, 1, 0, 0 } }).requires_grad_();
        foreach (var overlaps in new[] { Boxes.Overlaps(flat, flat), Boxes.GeneralizedOverlaps(flat, flat) })
        {
            Assert.True(overlaps.isfinite().all().item<bool>());
            flat.grad = null;
            overlaps.sum().backward();
            Assert.True(flat.grad!.isfinite().all().item<bool>());
        }

        Assert.Equal(0, Boxes.Overlaps(flat, flat).abs().max().item<double>());
        Assert.Equal([3L, 0L], Boxes.Overlaps(flat, zeros(0, 4, ScalarType.Float64)).shape);
        Assert.Equal([2L, 0L, 3L], Boxes.Overlaps(zeros(2, 0, 4, ScalarType.Float64), flat.unsqueeze(0)).shape);
        Assert.False(Boxes.AreLargerThan(flat, 0).any().item<bool>());
    }

    [Fact]
    public void Offsets_are_made_boxes_again()
    {
        Tensor boxes = Random(9, 3), priors = Boxes.ToCenters(Random(9, 4));
        Near(boxes, Boxes.FromCenters(Boxes.ToCenters(boxes)));
        Near(boxes, Boxes.Decode(Boxes.Encode(boxes, priors, 0.3, 0.7), priors, 0.3, 0.7));
        Near(zeros(9, 4, ScalarType.Float64), Boxes.Encode(Boxes.FromCenters(priors), priors));
        Assert.True(Boxes.Decode(full(9, 4, 1e9, ScalarType.Float64), priors).isfinite().all().item<bool>());
        Assert.True(Boxes.Encode(zeros(9, 4, ScalarType.Float64), priors).isfinite().all().item<bool>());
        Tensor cut = Boxes.Clip(tensor(new double[,] { { -1, 0.25, 3, 9 } }), 2, 4);
        Assert.Equal([0, 0.25, 2, 4], cut.data<double>());
    }

    [Fact]
    public void Wrong_shapes_are_named()
    {
        Assert.Contains("[3]", Assert.Throws<ArgumentException>(() => Boxes.Areas(zeros(3))).Message);
        Assert.Throws<ArgumentException>(() => Boxes.Overlaps(zeros(4), zeros(2, 4)));
        Assert.Throws<ArgumentException>(() => Boxes.Areas(zeros([2, 4], ScalarType.Int64)));
        Assert.Throws<ArgumentException>(() => new PriorBoxes([4], [0.3], [1]));
        Assert.Throws<ArgumentException>(() => new PriorBoxes([0], [0.3, 0.5], [1]));
        Assert.Throws<ArgumentException>(() => new PriorBoxes([4], [0.3, 1.5], [1]));
        Assert.Throws<ArgumentException>(() => new PriorBoxes([4], [0.3, 0.5], []));
    }

    [Fact]
    public void Each_object_has_a_box_and_the_later_one_has_the_contested()
    {
        Tensor boxes = tensor(new float[,] { { 0, 0, 1, 1 }, { 0, 0, 0.5f, 0.5f }, { 0.5f, 0.5f, 1, 1 } });
        Tensor labels = tensor(new float[,,]
        {
            { { 2, 0.5f, 0.5f, 0.6f, 0.6f }, { 1, 0.5f, 0.5f, 0.7f, 0.7f }, { 0, 0, 0, 0.5f, 0.5f } },
            { { -1, 0, 0, 0, 0 }, { -3, 0, 0, 0.5f, 0.5f }, { -1, 0, 0, 0, 0 } },
        });
        Assert.Equal([-1, 2, 1, -1, -1, -1], BoxMatching.Match(boxes, labels, 0.5).data<long>());
        Assert.Equal([-1, 2, -1, -1, -1, -1], BoxMatching.Match(boxes, labels, 0.5, forced: false).data<long>());
        Tensor between = BoxMatching.Match(boxes, labels, 0.5, 0.1, forced: false);
        Assert.Equal([-2, 2, -2, -1, -1, -1], between.data<long>());
        Assert.Equal([-2, 0, -2, -1, -1, -1], BoxMatching.Classes(between, labels).data<long>());
        Tensor targets = BoxMatching.Targets(between, labels, boxes);
        Assert.Equal([0f, 0, 0.5f, 0.5f], targets[0, 1].data<float>());
        Assert.Equal(boxes.data<float>(), targets[1].data<float>());
        Tensor none = zeros(2, 0, 5);
        Assert.Equal([-1, -1, -1, -1, -1, -1], BoxMatching.Match(boxes, none, 0.5).data<long>());
        Assert.Equal([0L, 3L], BoxMatching.Match(boxes, zeros(0, 2, 5), 0.5).shape);
    }

    [Fact]
    public void Mining_takes_the_hardest_of_each_image()
    {
        Tensor losses = tensor(new float[] { 9, 1, 5, 3, 2, 4, 7, 8, 6, 1 });
        Tensor counts = tensor(new float[] { 0, 1, 0, 0, 0, 0, 0, 0, 0, 0 });
        Assert.Equal([1f, 1, 1, 0, 0, 0, 0, 0, 0, 0], SsdTargets.Mine(losses, counts.view(2, 5, 1), 2).data<float>());
        Assert.Equal([1f, 1, 1, 1, 1, 0, 0, 0, 0, 0], SsdTargets.Mine(losses, counts.view(2, 5, 1), 100).data<float>());
        Assert.Equal([0f, 1, 0, 0, 0, 0, 0, 0, 0, 0], SsdTargets.Mine(losses, counts.view(2, 5, 1), 0).data<float>());
    }

    [Fact]
    public void Surer_detections_suppress_others()
    {
        Detection[] all =
        [
            new(0, 0.6f, new Box(0, 0, 1, 1)), new(0, 0.9f, new Box(0, 0, 1, 0.9f)), new(1, 0.5f, new Box(0, 0, 1, 1)),
            new(0, 0.3f, new Box(0, 0, 0.2f, 0.2f)), new(1, 0.005f, new Box(0, 0, 0.1f, 0.1f)),
        ];
        Assert.Equal([0.9f, 0.5f, 0.3f], new NonMaximumSuppression().Of(all).Select(found => found.Score));
        Assert.Equal([0.9f, 0.3f], new NonMaximumSuppression { AcrossClasses = true }.Of(all).Select(found => found.Score));
        Assert.Equal([0.9f], new NonMaximumSuppression { Most = 1 }.Of(all).Select(found => found.Score));
        var linear = new NonMaximumSuppression { Kind = Suppression.Linear }.Of(all);
        Assert.Equal([0.9, 0.5, 0.3, 0.06], linear.Select(found => Math.Round(found.Score, 5)));
        var gaussian = new NonMaximumSuppression { Kind = Suppression.Gaussian, Sigma = 0.5 }.Of(all);
        
        // The small one, which is next, overlaps it too.
        float score = gaussian.Single(found => found.Box.Y2 == 1 && found.Class == 0).Score;
        Assert.Equal(0.6 * Math.Exp(-0.81 / 0.5) * Math.Exp(-0.04 * 0.04 / 0.5), score, 1e-5);
        Assert.Empty(new NonMaximumSuppression().Of([]));
    }

    [Fact]
    public void Features_of_boxes_move_with_them()
    {
        Tensor features = arange(2 * 8 * 8, ScalarType.Float64).view(2, 1, 8, 8);
        Tensor whole = RoiAlign.Of(features, tensor(new[] { 0.0, 0, 1, 1 }).expand(2, 1, 4), 8, 1);
        Near(features, whole);
        Assert.Equal([0L, 1L, 7L, 7L], RoiAlign.Of(features, zeros(2, 0, 4, ScalarType.Float64)).shape);
        Assert.Throws<ArgumentException>(() => RoiAlign.Of(features, zeros(1, 3, 4, ScalarType.Float64)));
    }

    private static Tensor Random(int count, long seed)
    {
        using var generator = new Generator((ulong)seed);
        Tensor first = rand([count, 2], ScalarType.Float64, generator: generator);
        return cat([first, first + rand([count, 2], ScalarType.Float64, generator: generator) + 0.1], 1);
    }

    private static void Near(Tensor expected, Tensor actual)
    {
        Assert.Equal(expected.shape, actual.shape);
        Assert.True((expected - actual).abs().max().item<double>() < 1e-9);
    }
}
