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

internal sealed class Jigsaw : PatchTask<JigsawAttribute<object>>
{
    protected override long Answers(JigsawAttribute<object> attribute) => attribute.Permutations;

    protected override int Parts(JigsawAttribute<object> attribute) => attribute.Grid * attribute.Grid;

    protected override void Check(JigsawAttribute<object> attribute, Bound<SchemeAttribute> declared, RunCheck run)
    {
        int tiles = Parts(attribute), limit = TileOrders.Limit(tiles);
        if (attribute.Permutations <= limit) return;
        run.Findings.Add(Catalogue.SchemeNeeds, declared.SiteOf(nameof(attribute.Permutations)), declared.Name,
            "as many orders as there are", $"{Number(tiles)} tiles have {Number(limit)} and Permutations = "
            + Number(attribute.Permutations), $"write Permutations = {Number(limit)}, or Grid = 3")
            .Offer(declared.Set(nameof(attribute.Permutations), limit));

        static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
    }

    protected override void Lower(JigsawAttribute<object> attribute, Bound<SchemeAttribute> declared, StepContext step)
    {
        Computation c = step.Computation;
        int tiles = Parts(attribute);
        Player head = Head(step, declared);
        Value images = Images(step, attribute.Grid, attribute.Jitter);
        double[] orders = [.. TileOrders.Choose(tiles, attribute.Permutations)
            .SelectMany(order => order.Select(tile => (double)tile))];
        Value table = step.Constant(new Constants("JigsawOrders", orders, orders.Length));
        Value order = step.Draw(new DrawnIntegers(
            "Order", images.Shape[0], 0, attribute.Permutations, "Which order of the table the tiles of an image have, [N]"));
        Value cells = c.Add(new RuntimeFunction(
            "ImagePatches.InOrder", new([Spelling.Join(tiles)]),
            new TensorType(Shape.Of(images.Shape[0], tiles), ElementType.Int64)), "cells", order, table);
        Value features = Features(step, images, cells, attribute.Grid, attribute.Jitter);
        AddTerm(step, "Order", step.Call(head, features, "orderLogits"), order, "mean −log softmax(h(z_p))[p]",
        [
            new("z_p", "the network's outputs for the tiles of an image in order p, side by side", null, null),
            new("h", "the head", null, null),
            new("p", "one of the orders of the table", null, null),
        ]);
    }
}
