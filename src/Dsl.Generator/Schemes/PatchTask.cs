using Dsl.Generator.Declarations;
using Dsl.Generator.Graph;
using Dsl.Generator.Graph.Operations;
using Dsl.Generator.Lowering;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Schemes;

/// <summary>A task about patches of an image, each of which the network sees by itself.</summary>
/// <inheritdoc/>
internal abstract class PatchTask<TAttribute> : PretextTask<TAttribute>
    where TAttribute : SchemeAttribute
{
    public sealed override bool NeedsVectors => true;

    public sealed override TensorType HeadTakes(SchemeAttribute attribute, TensorType given) => given.Shape.Rank != 2 ? given
        : given with { Shape = given.Shape.With(1, given.Shape[1] * Parts((TAttribute)attribute)) };

    /// <summary>How many patches of an image the network sees.</summary>
    protected abstract int Parts(TAttribute attribute);

    protected sealed override (string Need, string Remedy)? Obstacle(TAttribute attribute, TensorType input) =>
        input.Element == ElementType.Float && input.Shape.Rank == 4 ? null
            : ("a network of patches, [N, C, H, W]", "write [Model(3, 16, 16)] for patches of 16 x 16");

    /// <summary>Images that hold a patch in each cell of a grid, [N, C, grid·(h + jitter), grid·(w + jitter)].</summary>
    protected static Value Images(StepContext step, int grid, int jitter)
    {
        Shape patch = step.Trainer.Network.Input.Shape;
        return step.Read(step.DataInParts(
            Shape.Of(patch[1], (patch[2] + jitter) * grid, (patch[3] + jitter) * grid), "Images that patches are cut of"));
    }

    /// <summary>What the network makes of some patches of each image, side by side, [N, K·D].</summary>
    /// <param name="cells">Of which cells, [N, K] int64.</param>
    protected static Value Features(StepContext step, Value images, Value cells, int grid, int jitter)
    {
        Computation c = step.Computation;
        Shape patch = step.Trainer.Network.Input.Shape;
        long parts = cells.Shape[1].Factor;
        Value[] inputs = jitter == 0 ? [images, cells] : [images, cells, step.Draw(new DrawnIntegers(
            "Offsets", step.Data.Rows, 2 * parts, jitter + 1,
            $"First row and column of each patch in its cell, [N, {2 * parts}]"))];
        string sizes = Spelling.Join(grid, patch[2].Factor, patch[3].Factor);
        string[] arguments = jitter == 0 ? ["null", sizes] : [sizes];
        Value patches = c.Add(new RuntimeFunction("ImagePatches.Cut", new EquatableArray<string>(arguments),
            patch.With(0, images.Shape[0] * parts)), "patches", inputs);
        Value features = step.Call(step.Model, patches, "patchFeatures");
        return c.Add(new Reshape(Shape.Of(images.Shape[0], features.Shape[1] * parts)), "features", features);
    }
}
