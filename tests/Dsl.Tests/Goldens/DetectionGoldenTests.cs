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
