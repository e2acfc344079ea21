using System.Globalization;
using System.Linq;
using Dsl.Generator.Binding;
using Dsl.Generator.Declarations;
using Dsl.Generator.Diagnostics;
using Dsl.Generator.Fixes;
using Dsl.Generator.Graph;
using Dsl.Generator.Graph.Operations;
using Dsl.Generator.Lowering;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Schemes;

internal sealed class TemporalOrder : PretextTask<TemporalOrderAttribute<object>>
{
    public override bool NeedsVectors => true;

    public override TensorType HeadTakes(SchemeAttribute attribute, TensorType given) => given.Shape.Rank != 2 ? given
        : given with
        {
            Shape = given.Shape.With(1, given.Shape[1] * (Dim)((TemporalOrderAttribute<object>)attribute).Frames),
        };

    protected override long Answers(TemporalOrderAttribute<object> attribute) => attribute.Permutations;

    // Whatever a network takes can be a frame.
    protected override (string Need, string Remedy)? Obstacle(TemporalOrderAttribute<object> attribute, TensorType input) => null;

    protected override void Check(TemporalOrderAttribute<object> attribute, Bound<SchemeAttribute> declared, RunCheck run)
    {
        int limit = TileOrders.Limit(attribute.Frames);
        if (attribute.Permutations <= limit) return;
        run.Findings.Add(Catalogue.SchemeNeeds, declared.SiteOf(nameof(attribute.Permutations)), declared.Name,
            "as many orders as there are", $"{Number(attribute.Frames)} frames have {Number(limit)} and Permutations = "
            + Number(attribute.Permutations), $"write Permutations = {Number(limit)}, or take more frames")
            .Offer(declared.Set(nameof(attribute.Permutations), limit));

        static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
    }

    protected override void Lower(
        TemporalOrderAttribute<object> attribute, Bound<SchemeAttribute> declared, StepContext step)
    {
        Computation c = step.Computation;
        Player head = Head(step, declared);
        TensorType frame = step.Trainer.Network.Input.Type;
        Value sequences = step.Read(step.DataInParts(
            new Shape(new([attribute.Frames, .. frame.Shape.Without(0).Dims])), "Samples as frames"));
        Dim rows = sequences.Shape[0];
        double[] orders = [.. TileOrders.Choose(attribute.Frames, attribute.Permutations)
            .SelectMany(order => order.Select(place => (double)place))];
        Value table = step.Constant(new Constants("FrameOrders", orders, orders.Length));
        Value order = step.Draw(new DrawnIntegers(
            "Order", rows, 0, attribute.Permutations, "Which order of the table the frames of a sample have, [N]"));
        Value places = c.Add(new RuntimeFunction("ImagePatches.InOrder", new([Spelling.Join(attribute.Frames)]),
            new TensorType(Shape.Of(rows, attribute.Frames), ElementType.Int64)), "places", order, table);
        Dim all = rows * (Dim)attribute.Frames;
        Value frames = c.Add(new RuntimeFunction(
            "SegmentOrder.Arrange", default, frame with { Shape = frame.Shape.With(0, all) }), "frames", sequences, places);
        Value features = step.Call(step.Model, frames, "frameFeatures");
        Value together = c.Add(
            new Reshape(Shape.Of(rows, features.Shape[1] * (Dim)attribute.Frames)), "features", features);
        AddTerm(step, "Order", step.Call(head, together, "orderLogits"), order, "mean −log softmax(h(z_p))[p]",
        [
            new("z_p", "the network's outputs for the frames of a sample in order p, side by side", null, null),
            new("h", "the head", null, null),
            new("p", "one of the orders of the table", null, null),
        ]);
    }
}
