using System;
using Dsl.Generator.Binding;
using Dsl.Generator.Diagnostics;
using Dsl.Generator.Graph;

namespace Dsl.Generator.Augmentations;

internal sealed class Cutout : Transformation<CutoutAttribute>
{
    protected override void CheckImages(CutoutAttribute attribute, Bound<TransformationAttribute> declared, ImageCheck images) =>
        images.Fits(declared, nameof(attribute.Length), attribute.Length);

    protected override Value Lower(CutoutAttribute attribute, Value image, ViewContext view)
    {
        Value rows = view.Integers("CutoutRow", 1, view.Image[2].Factor, "Row of the centre of each square");
        Value columns = view.Integers("CutoutColumn", 1, view.Image[3].Factor, "Column of the centre of each square");
        return view.Transform("ImageErasing.Cutout", "cut", [image, rows, columns], Spelling.Join(attribute.Length));
    }
}

internal sealed class RandomErasing : Transformation<RandomErasingAttribute>
{
    /// <summary>How many rectangles are proposed, as in torchvision.</summary>
    private const int Proposals = 10;

    protected override void Check(RandomErasingAttribute attribute, Bound<TransformationAttribute> declared, Findings findings)
    {
        Intervals.Check(
            declared, nameof(attribute.MinArea), attribute.MinArea, nameof(attribute.MaxArea), attribute.MaxArea, findings);
        Intervals.Check(
            declared, nameof(attribute.MinRatio), attribute.MinRatio, nameof(attribute.MaxRatio), attribute.MaxRatio, findings);
    }

    protected override Value Lower(RandomErasingAttribute attribute, Value image, ViewContext view)
    {
        Value erased = view.Events("Erased", attribute.Probability, "Which images are erased in part");
        Value areas = view.Reals("ErasedArea", attribute.MinArea, attribute.MaxArea,
            "Areas of proposed rectangles as shares of the image", Proposals);
        Value ratios = view.Reals(
            "ErasedRatio", Math.Log(attribute.MinRatio), Math.Log(attribute.MaxRatio),
            "Logarithms of their ratios of height to width", Proposals);
        Value corners = view.Reals("ErasedCorner", 0, 1,
            "Row and column of the rectangle, 0 for the first at which it fits, towards 1 for the last", 2);
        return view.Transform(
            "ImageErasing.Rectangle", "erased", [image, erased, areas, ratios, corners], Scalar.Literal(attribute.Value));
    }
}
