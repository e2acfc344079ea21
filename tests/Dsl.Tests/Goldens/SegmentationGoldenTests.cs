using Dsl.Runtime;
using Dsl.Tests.Segmenting;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace Dsl.Tests;

/// <summary>Losses of maps of classes and their gradients against PyTorch, in both targets; scores of such maps.</summary>
public class SegmentationGoldenTests
{
    [Theory]
    [InlineData("dice", typeof(DiceExplicit))]
    [InlineData("dice", typeof(DiceAutograd))]
    [InlineData("dice_without_labels", typeof(DiceExplicit))]
    [InlineData("dice_without_labels", typeof(DiceAutograd))]
    [InlineData("generalized", typeof(GeneralizedExplicit))]
    [InlineData("generalized", typeof(GeneralizedAutograd))]
    [InlineData("generalized_without_labels", typeof(GeneralizedExplicit))]
    [InlineData("generalized_without_labels", typeof(GeneralizedAutograd))]
    [InlineData("batch", typeof(BatchExplicit))]
    [InlineData("batch", typeof(BatchAutograd))]
    [InlineData("generalized_batch", typeof(GeneralizedBatchExplicit))]
    [InlineData("generalized_batch", typeof(GeneralizedBatchAutograd))]
    [InlineData("objects", typeof(ObjectsExplicit))]
    [InlineData("objects", typeof(ObjectsAutograd))]
    [InlineData("with_entropy", typeof(EntropyExplicit))]
    [InlineData("with_entropy", typeof(EntropyAutograd))]
    public void Losses(string name, Type type)
    {
        var golden = Golden.Load($"segmentation/{name}");
        using var scope = NewDisposeScope();
        using var model = new Areas();
        Set(model.Linear0Weight, golden["output"].reshape(3, -1).t());
        using dynamic trainer = Activator.CreateInstance(type, model, null)!;
        dynamic batch = Activator.CreateInstance(type.GetNestedType("Batch")!, eye(3), golden["labels"])!;
        dynamic draws = Activator.CreateInstance(type.GetNestedType("Draws")!)!;
        golden.Matches("loss", (Tensor)trainer.ComputeGradients(batch, draws).Total);
        golden.Matches("gradient", ArenaGradient.Of(model.Arena, model.Linear0Weight).t().reshape(3, 4, 3, 5));
    }

    [Fact]
    public void Positions_of_a_sequence_are_an_area()
    {
        var golden = Golden.Load("segmentation/dice");
        using var scope = NewDisposeScope();
        using var model = new Line();
        Set(model.Linear0Weight, golden["output"].permute(0, 2, 3, 1).reshape(3, -1).t());
        using var trainer = new LineDice(model);
        golden.Matches("loss", trainer.ComputeGradients(new(eye(3), golden["labels"].view(3, 15)), new()).Dice);
        golden.Matches("gradient",
            ArenaGradient.Of(model.Arena, model.Linear0Weight).t().reshape(3, 3, 5, 4).permute(0, 3, 1, 2));
    }

    [Fact]
    public void An_update_of_two_batches_is_that_of_one()
    {
        var golden = Golden.Load("segmentation/dice");
        using var scope = NewDisposeScope();
        Tensor labels = golden["labels"];
        using var model = new Areas();
        Set(model.Linear0Weight, golden["output"].reshape(3, -1).t());
        using var trainer = new AccumulatingDice(model);
        using var before = model.Linear0Weight.clone();
        trainer.Step([new(eye(3).narrow(0, 0, 2), labels.narrow(0, 0, 2)), new(eye(3).narrow(0, 2, 1), labels.narrow(0, 2, 1))]);
        golden.Matches("gradient", (before - model.Linear0Weight).t().reshape(3, 4, 3, 5));
    }

    [Fact]
    public void Scores()
    {
        var golden = Golden.Load("segmentation/scores");
        using var scope = NewDisposeScope();
        using var model = new MoreAreas();
        Set(model.Linear0Weight, golden["output"].reshape(3, -1).t());
        using var trainer = new Scored(model);
        using var data = new InMemoryData(eye(3), golden["labels"]);
        var scores = SegmentationScores.Of(trainer.Report(data));
        Assert.True(double.IsNaN(scores.Classes[3].IntersectionOverUnion) && double.IsNaN(scores.Classes[3].Dice));
        Assert.Equal(0, scores.Classes[4].Dice);
        golden.Matches("overlaps", tensor(scores.Classes.Select(one => Filled(one.IntersectionOverUnion)).ToArray()));
        golden.Matches("coefficients", tensor(scores.Classes.Select(one => Filled(one.Dice)).ToArray()));
        golden.Matches("mean_overlap", tensor((float)scores.MeanIntersectionOverUnion));
        golden.Matches("mean_coefficient", tensor((float)scores.MeanDice));
        Assert.Equal(44, scores.Classes.Sum(one => one.Support));

        static float Filled(double score) => double.IsNaN(score) ? 0 : (float)score;
    }

    [Fact]
    public void Masks_show_what_boxes_frame()
    {
        var scenes = new ShapeScenes(48);
        using var boxes = scenes.Draw(6, seed: 4);
        using var masks = scenes.DrawMasks(6, seed: 4);
        using var scope = NewDisposeScope();
        Close.To(boxes.Inputs, masks.Inputs, "pictures", 0);
        Assert.Equal([6L, 48, 48], masks.Labels.shape);
        var objects = BoxLabels.Read(boxes.Labels);
        for (int i = 0; i < 6; i++)
        {
            var seen = masks.Labels[i].unique().output.data<long>().ToArray();
            Assert.Equal(objects[i].Select(one => (long)one.Class + 1).Append(0).Distinct().Order(), seen.Order());
            foreach (var known in objects[i])
            {
                // The pixels of a shape lie in its box, and reach its four edges.
                var ofClass = masks.Labels[i].eq((Scalar)(known.Class + 1L)).nonzero().to(float32);
                if (objects[i].Count(other => other.Class == known.Class) > 1) continue;
                var (first, last) = (ofClass.amin([0]), ofClass.amax([0]));
                Assert.InRange(first[1].ToSingle(), (known.Box.X1 * 48) - 1, (known.Box.X1 * 48) + 3);
                Assert.InRange(first[0].ToSingle(), (known.Box.Y1 * 48) - 1, (known.Box.Y1 * 48) + 3);
                Assert.InRange(last[1].ToSingle(), (known.Box.X2 * 48) - 4, known.Box.X2 * 48);
                Assert.InRange(last[0].ToSingle(), (known.Box.Y2 * 48) - 4, known.Box.Y2 * 48);
            }
        }
    }

    private static void Set(Tensor weight, Tensor values)
    {
        using var noGrad = no_grad();
        weight.copy_(values);
    }
}
