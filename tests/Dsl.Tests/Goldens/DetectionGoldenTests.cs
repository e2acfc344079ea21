using System.Globalization;
using Dsl.Runtime;
using Dsl.Tests.Detecting;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace Dsl.Tests;

/// <summary>Losses of detection and their gradients against PyTorch, in both targets; boxes and RoI align likewise.</summary>
public class DetectionGoldenTests
{
    [Theory]
    [InlineData("ssd")]
    [InlineData("ssd_settings")]
    [InlineData("ssd_without_objects")]
    public void Ssd(string name)
    {
        var golden = Golden.Load($"detection/{name}");
        using var scope = NewDisposeScope();
        Tensor weight = golden["output"].reshape(4, -1).t();
        using var model = new PriorRows();
        Set(model.Linear0Weight, weight);
        using var trainer = new SsdExplicit(model);
        Configure(trainer, golden);
        golden.Matches("loss", trainer.ComputeGradients(new(eye(4), golden["labels"].to(float32)), new()).Ssd);
        golden.Matches("gradient", ArenaGradient.Of(model.Arena, model.Linear0Weight).t().reshape(4, 52, 8));

        using var twin = new PriorRows();
        Set(twin.Linear0Weight, weight);
        using var autograd = new SsdAutograd(twin);
        Configure(autograd, golden);
        golden.Matches("loss", autograd.ComputeGradients(new(eye(4), golden["labels"].to(float32)), new()).Ssd);
        golden.Matches("gradient", ArenaGradient.Of(twin.Arena, twin.Linear0Weight).t().reshape(4, 52, 8));
    }

    [Theory]
    [InlineData("yolo")]
    [InlineData("yolo_settings")]
    [InlineData("yolo_without_objects")]
    public void Yolo(string name)
    {
        var golden = Golden.Load($"detection/{name}");
        using var scope = NewDisposeScope();
        Tensor labels = golden["labels"].to(float32), output = golden["output"];
        using var model = new Cells();
        Set(model.Linear0Weight, output.reshape(4, -1).t());
        using var trainer = new YoloExplicit(model);
        Configure(trainer, golden);
        golden.Matches("loss", trainer.ComputeGradients(new(eye(4), labels), new()).Yolo);
        golden.Matches("gradient", ArenaGradient.Of(model.Arena, model.Linear0Weight).t().reshape(4, 13, 3, 3));

        using var twin = new Cells();
        Set(twin.Linear0Weight, output.reshape(4, -1).t());
        using var autograd = new YoloAutograd(twin);
        Configure(autograd, golden);
        golden.Matches("loss", autograd.ComputeGradients(new(eye(4), labels), new()).Yolo);
        golden.Matches("gradient", ArenaGradient.Of(twin.Arena, twin.Linear0Weight).t().reshape(4, 13, 3, 3));

        using var flat = new FlatCells();
        Set(flat.Linear0Weight, output.permute(0, 2, 3, 1).reshape(4, -1).t());
        using var third = new FlatYoloExplicit(flat);
        Configure(third, golden);
        golden.Matches("loss", third.ComputeGradients(new(eye(4), labels), new()).Yolo);
        golden.Matches("gradient", ArenaGradient.Of(flat.Arena, flat.Linear0Weight).t().reshape(4, 3, 3, 13).permute(0, 3, 1, 2));
    }

    [Theory]
    [InlineData("retinanet")]
    [InlineData("retinanet_settings")]
    [InlineData("retinanet_without_objects")]
    public void RetinaNet(string name)
    {
        var golden = Golden.Load($"detection/{name}");
        using var scope = NewDisposeScope();
        Tensor weight = golden["output"].reshape(4, -1).t();
        using var model = new AnchorRows();
        Set(model.Linear0Weight, weight);
        using var trainer = new RetinaNetExplicit(model);
        Configure(trainer, golden);
        golden.Matches("loss", trainer.ComputeGradients(new(eye(4), golden["labels"].to(float32)), new()).RetinaNet);
        golden.Matches("gradient", ArenaGradient.Of(model.Arena, model.Linear0Weight).t().reshape(4, 78, 7));
        Golden.Load("detection/pyramid").Matches("anchors", trainer.Detector.Anchors.Centered(float32, CPU));

        using var twin = new AnchorRows();
        Set(twin.Linear0Weight, weight);
        using var autograd = new RetinaNetAutograd(twin);
        Configure(autograd, golden);
        golden.Matches("loss", autograd.ComputeGradients(new(eye(4), golden["labels"].to(float32)), new()).RetinaNet);
        golden.Matches("gradient", ArenaGradient.Of(twin.Arena, twin.Linear0Weight).t().reshape(4, 78, 7));
    }

    [Theory]
    [InlineData("detr")]
    [InlineData("detr_settings")]
    [InlineData("detr_without_objects")]
    public void Detr(string name)
    {
        var golden = Golden.Load($"detection/{name}");
        using var scope = NewDisposeScope();
        Tensor weight = golden["output"].reshape(4, -1).t();
        using var model = new SixQueries();
        Set(model.Linear0Weight, weight);
        using var trainer = new DetrExplicit(model);
        Configure(trainer, golden);
        golden.Matches("loss", trainer.ComputeGradients(new(eye(4), golden["labels"].to(float32)), new()).Detr);
        golden.Matches("gradient", ArenaGradient.Of(model.Arena, model.Linear0Weight).t().reshape(4, 6, 8));

        using var twin = new SixQueries();
        Set(twin.Linear0Weight, weight);
        using var autograd = new DetrAutograd(twin);
        Configure(autograd, golden);
        golden.Matches("loss", autograd.ComputeGradients(new(eye(4), golden["labels"].to(float32)), new()).Detr);
        golden.Matches("gradient", ArenaGradient.Of(twin.Arena, twin.Linear0Weight).t().reshape(4, 6, 8));
    }

    [Fact]
    public void Fewer_queries_than_objects_have_the_cheapest_of_them()
    {
        var golden = Golden.Load("detection/detr_few_queries");
        using var scope = NewDisposeScope();
        using var model = new TwoQueries();
        using var twin = new TwoQueries();
        Set(model.Linear0Weight, golden["output"].reshape(4, -1).t());
        Set(twin.Linear0Weight, golden["output"].reshape(4, -1).t());
        using var trainer = new FewDetrExplicit(model);
        using var autograd = new FewDetrAutograd(twin);
        golden.Matches("loss", trainer.ComputeGradients(new(eye(4), golden["labels"].to(float32)), new()).Detr);
        golden.Matches("gradient", ArenaGradient.Of(model.Arena, model.Linear0Weight).t().reshape(4, 2, 8));
        golden.Matches("loss", autograd.ComputeGradients(new(eye(4), golden["labels"].to(float32)), new()).Detr);
        golden.Matches("gradient", ArenaGradient.Of(twin.Arena, twin.Linear0Weight).t().reshape(4, 2, 8));
    }

    [Fact]
    public void Perfect_anchors_and_queries_are_found_perfectly()
    {
        var golden = Golden.Load("detection/retinanet");
        using var scope = NewDisposeScope();
        Tensor labels = golden["labels"].to(float32).narrow(0, 0, 2);
        using var data = new InMemoryData(eye(4).narrow(0, 0, 2), labels);
        using var model = new AnchorRows();
        using var trainer = new RetinaNetExplicit(model);
        var (classes, _, offsets, _, _) = RetinaNetTargets.Of(labels, zeros(2, 78, 7), trainer.Detector.Anchors, 0.5, 0.4);
        Tensor output = cat([offsets, classes.sub((Scalar)0.5).mul((Scalar)20)], 2);
        Set(model.Linear0Weight, cat([output, output]).reshape(4, -1).t());
        Assert.Equal(1, trainer.Evaluate(data).MeanAveragePrecision, 2e-6);

        using var asked = new SixQueries();
        using var set = new DetrExplicit(asked);
        Tensor boxes = Boxes.ToCenters(labels.narrow(2, 1, 4)).clamp((Scalar)0.01, (Scalar)0.99).logit();
        Tensor kinds = labels.select(2, 0).clamp_min((Scalar)(-1)).add((Scalar)1).to(int64);
        Tensor said = cat([boxes, nn.functional.one_hot(kinds, 4).to(float32).mul((Scalar)20)], 2);
        Tensor nothing = zeros(2, 2, 8);
        nothing.select(2, 4).fill_((Scalar)20);
        said = cat([nothing, said], 1);
        Set(asked.Linear0Weight, cat([said, said]).reshape(4, -1).t());
        Assert.Equal(1, set.Evaluate(data).MeanAveragePrecision, 2e-6);
        Assert.Equal(3, set.Detector.Detect(said)[0].Count(found => found.Score > 0.5));
    }

    [Fact]
    public void An_update_of_two_batches_is_that_of_one()
    {
        var golden = Golden.Load("detection/yolo");
        using var scope = NewDisposeScope();
        Tensor labels = golden["labels"].to(float32), output = golden["output"].permute(0, 2, 3, 1).reshape(4, -1).t();
        using var one = new FlatCells();
        using var two = new FlatCells();
        Set(one.Linear0Weight, output);
        Set(two.Linear0Weight, output);
        using var whole = new FlatYoloExplicit(one) { LearningRate = 0.05 };
        using var parts = new AccumulatingYolo(two);
        whole.Step(new(eye(4), labels));
        parts.Step([new(eye(4).narrow(0, 0, 2), labels.narrow(0, 0, 2)), new(eye(4).narrow(0, 2, 2), labels.narrow(0, 2, 2))]);
        Close.To(one.Linear0Weight, two.Linear0Weight, "weights");
    }

    [Fact]
    public void Perfect_outputs_are_found_perfectly()
    {
        var golden = Golden.Load("detection/ssd");
        using var scope = NewDisposeScope();
        Tensor labels = golden["labels"].to(float32).narrow(0, 0, 2);
        using var model = new PriorRows();
        using var trainer = new SsdExplicit(model);
        var (classes, offsets, _) = SsdTargets.Of(labels, zeros(2, 52, 8), trainer.Detector.Priors, 0.5);
        Tensor logits = nn.functional.one_hot(classes, 4).to(float32).mul((Scalar)20).view(2, 52, 4);
        Tensor output = cat([offsets, logits], 2);
        Set(model.Linear0Weight, cat([output, output]).reshape(4, -1).t());
        using var data = new InMemoryData(eye(4).narrow(0, 0, 2), labels);
        var evaluation = trainer.Evaluate(data);
        Assert.Equal(1, evaluation.MeanAveragePrecision, 2e-6);
        Assert.Equal(1, evaluation.Voc11, 2e-6);
        Assert.Equal(4, evaluation.Count);
    }

    [Fact]
    public void Labels_that_are_no_boxes_are_refused()
    {
        using var model = new PriorRows();
        using var trainer = new SsdExplicit(model);
        Refused([3, 0.1f, 0.1f, 0.2f, 0.2f], "3 classes");
        Refused([0.5f, 0.1f, 0.1f, 0.2f, 0.2f], "the class 0.5");
        Refused([0, 0.3f, 0.1f, 0.2f, 0.2f], "x1 < x2");
        Refused([0, 10, 10, 20, 20], "units of the image");
        Assert.Throws<DataMismatchException>(() => trainer.Step(new(eye(4), zeros(4, 5))));

        void Refused(float[] row, string expected)
        {
            using var labels = full([4, 1, 5], -1f, ScalarType.Float32);
            labels[2, 0] = tensor(row);
            var problem = Assert.Throws<DataMismatchException>(() => trainer.Step(new(eye(4), labels)));
            Assert.Contains(expected, problem.Message, StringComparison.Ordinal);
            Assert.Contains("image 2", problem.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Geometry()
    {
        var golden = Golden.Load("detection/geometry");
        using var scope = NewDisposeScope();
        Tensor a = golden["a"], b = golden["b"];
        golden.Matches("overlaps", Boxes.Overlaps(a, b));
        golden.Matches("generalized", Boxes.GeneralizedOverlaps(a, b));
        var priors = new PriorBoxes([3, 2], [0.3, 0.5, 0.9], [1, 2, 0.5]);
        Tensor centered = priors.Centered(float32, CPU);
        golden.Matches("priors", centered);
        Tensor offsets = Boxes.Encode(a, centered.narrow(0, 0, 6));
        golden.Matches("offsets", offsets);
        golden.Matches("a", Boxes.Decode(offsets, centered.narrow(0, 0, 6)));
    }

    [Fact]
    public void Generalized_overlaps_of_pairs_and_their_gradient()
    {
        var golden = Golden.Load("detection/generalized_pairs");
        using var scope = NewDisposeScope();
        Tensor a = golden["a"].clone().requires_grad_(), b = golden["b"], weight = golden["weight"];
        Tensor result = Boxes.GeneralizedOverlapsOfPairs(a, b);
        golden.Matches("result", result);
        golden.Matches("gradient", Boxes.GeneralizedOverlapGradient(weight, a, b));
        result.backward([weight]);
        golden.Matches("gradient", a.grad!);

        // Boxes that touch, that are the same, that lie in each other, and such without a size: the same as autograd says.
        Tensor edges = tensor(new[]
        {
            0, 0, 1, 1, 0.5, 0, 1, 1, 0, 0, 1, 1, 0.2, 0.2, 0.8, 0.8, 0.3, 0.3, 0.3, 0.3, 0.7, 0.2, 0.4, 0.9,
        }).view(6, 4).requires_grad_();
        Tensor others = tensor(new[]
        {
            1, 0, 2, 1, 0, 0, 0.5, 1, 0, 0, 1, 1, 0, 0, 1, 1, 0.1, 0.1, 0.6, 0.5, 0.1, 0.1, 0.6, 0.5,
        }).view(6, 4);
        Boxes.GeneralizedOverlapsOfPairs(edges, others).sum().backward();
        Close.To(edges.grad!.to(float32),
            Boxes.GeneralizedOverlapGradient(ones(6, float64), edges, others).to(float32), "gradient");
        using var noGrad = no_grad();
        Tensor wide = a.to(float64), against = b.to(float64), explicitly = Boxes.GeneralizedOverlapGradient(
            ones(40, float64), wide, against);
        for (int place = 0; place < 4; place++)
        {
            Tensor step = zeros(4, float64);
            step[place] = 1e-6;
            Tensor slope = (Boxes.GeneralizedOverlapsOfPairs(wide + step, against)
                - Boxes.GeneralizedOverlapsOfPairs(wide - step, against)).div((Scalar)2e-6);
            Assert.True((slope - explicitly.select(1, place)).abs().max().ToDouble() < 1e-6, $"edge {place}");
        }
    }

    [Fact]
    public void Roi_align()
    {
        var golden = Golden.Load("detection/roi_align");
        using var scope = NewDisposeScope();
        Tensor features = golden["features"].clone().requires_grad_();
        Tensor result = RoiAlign.Of(features, golden["boxes"], 3, 2);
        golden.Matches("result", result);
        golden.Matches("gradient", RoiAlign.Gradient(golden["weight"], features, golden["boxes"], 3, 2));
        result.backward([golden["weight"]]);
        golden.Matches("gradient", features.grad!);
    }

    private static void Set(Tensor weight, Tensor values)
    {
        using var noGrad = no_grad();
        weight.copy_(values);
    }

    private static void Configure(object trainer, Golden golden)
    {
        foreach (var (name, value) in golden.Settings)
            trainer.GetType().GetProperty(name)!.SetValue(trainer, double.Parse(value, CultureInfo.InvariantCulture));
    }
}
