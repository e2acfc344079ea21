using Dsl.Generator.Graph;

namespace Dsl.Generator.Augmentations;

internal sealed class GaussianNoise : Transformation<GaussianNoiseAttribute>
{
    protected override bool NeedsUnitRange(GaussianNoiseAttribute attribute) => attribute.Clip;

    protected override Value Lower(GaussianNoiseAttribute attribute, Value image, ViewContext view) => view.Transform(
        "GaussianNoise.Apply", "noisy", [image, view.Normals("Noise", "Noise of deviation 1")], Scalar.Literal(attribute.Std),
        Spelling.Bool(attribute.Clip));
}
