using System.Collections.Generic;
using Dsl.Generator.Binding;
using Dsl.Generator.Declarations;
using Dsl.Generator.Diagnostics;
using Dsl.Generator.Graph;
using Dsl.Generator.Graph.Operations;
using Dsl.Generator.Lowering;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Schemes;

internal sealed class Colorization : Scheme<ColorizationAttribute<object>>
{
    public override IReadOnlyList<string> Heads => ["Head"];

    public override bool StandsAlone => true;

    public override bool NeedsClasses => false;

    public override void CheckNetworks(
        Bound<SchemeAttribute> declared, IReadOnlyList<LearnedNetwork> networks, Findings findings)
    {
        int bins = ((ColorizationAttribute<object>)declared.Attribute).Bins;
        var (model, head) = (networks[0], networks[1]);
        TensorType input = model.Network.Input.Type;
        if (input.Element != ElementType.Float || input.Shape.Rank != 4 || input.Shape[1] != 1)
        {
            findings.Add(Catalogue.SchemeNeeds, declared.Site, model.Site, declared.Name,
                "a network of grey images, [N, 1, H, W]",
                $"'{model.Name}' takes {input}", "write [Model(1, 32, 32)]: the colours are what is told");
            return;
        }

        if (!head.Network.KnowsResults) return;
        Shape regions = head.Network.Results[0].Value.Shape;
        if (regions.Rank == 4 && regions[1] == (Dim)((long)bins * bins) && Divides(2) && Divides(3)) return;
        findings.Add(Catalogue.SchemeNeeds, declared.Site, head.Site, declared.Name,
            $"a head that gives {(long)bins * bins} logits in each region, [N, {(long)bins * bins}, h, w]",
            $"'{head.Name}' returns {regions} of images of {input.Shape[2]} x {input.Shape[3]}",
            $"end it with [Conv2d({(long)bins * bins}, 1)], and let h and w divide the sides of the image");

        bool Divides(int side) => input.Shape[side].Factor % regions[side].Factor == 0;
    }

    protected override void Lower(
        ColorizationAttribute<object> attribute, Bound<SchemeAttribute> declared, StepContext step)
    {
        Computation c = step.Computation;
        Player head = step.Head(declared.Declaration.Types[0], "Head", "The head that tells the colours of regions");
        Shape gray = step.Trainer.Network.Input.Shape;
        Value images = step.Read(step.DataInParts(
            Shape.Of(3, gray[2], gray[3]), "Images, red, green and blue in [0, 1]"));
        Value seen = c.Add(new RuntimeFunction("ImageChroma.Gray", default, images.Shape.With(1, 1)), "gray", images);
        Value logits = step.Call(head, step.Call(step.Model, seen, "features"), "colorLogits");
        Value rows = step.Rows(logits);
        Value colors = c.Add(new RuntimeFunction("ImageChroma.Bins",
            new([Spelling.Join(attribute.Bins, logits.Shape[2].Factor, logits.Shape[3].Factor)]),
            new TensorType(Shape.Of(rows.Shape[0]), ElementType.Int64)), "colors", images);
        step.AddTerm(new Term(
            "Color", step.Mean("color", step.CrossEntropies("surprise", rows, colors)), null, "mean −log softmax(h(z_y))[q]")
        {
            Symbols =
            [
                new("z_y", "the network's output for the brightness y of an image", null, null),
                new("h", "the head", null, null),
                new("q", "the cell of colours that a region has", null, null),
            ],
        });
    }
}
