using Dsl.Generator.Binding;
using Dsl.Generator.Graph;

namespace Dsl.Generator.Augmentations;

internal sealed class RandAugment : Transformation<RandAugmentAttribute>
{
    public override bool Moves => true;

    protected override bool NeedsUnitRange(RandAugmentAttribute attribute) => true;

    protected override void CheckImages(
        RandAugmentAttribute attribute, Bound<TransformationAttribute> declared, ImageCheck images) =>
        images.GreyOrColors(declared, declared.Name);

    protected override Value Lower(RandAugmentAttribute attribute, Value image, ViewContext view)
    {
        // One channel has no colour: that operation, the last of fourteen, is not drawn.
        int known = view.Image[1] == 1L ? 13 : 14;
        Value operations = view.Integers(
            "Operations", attribute.Operations, known, "Operations of each image, one after another");
        Value reversed = view.Events("Reversed", 0.5, "Which of them go the other way", attribute.Operations);
        return view.Transform(
            "RandAugmentation.Apply", "varied", [image, operations, reversed], Spelling.Join(attribute.Magnitude));
    }
}
