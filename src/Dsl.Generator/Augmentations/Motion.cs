using Dsl.Generator.Graph;

namespace Dsl.Generator.Augmentations;

/// <summary>A transformation that is an affine map of each image, so that neighbours in a policy can be one map.</summary>
internal interface IMotion
{
    /// <summary>Whether the map reads between pixels. One that does not has an exact operation of its own.</summary>
    bool Interpolates { get; }

    /// <summary>Adds the draws and the map, [N, 3, 3].</summary>
    Value Map(TransformationAttribute attribute, ViewContext view);
}

/// <inheritdoc cref="IMotion"/>
internal abstract class Motion<TAttribute> : Transformation<TAttribute>, IMotion
    where TAttribute : TransformationAttribute
{
    public virtual bool Interpolates => true;

    public sealed override bool Moves => true;

    public Value Map(TransformationAttribute attribute, ViewContext view) => Map((TAttribute)attribute, view);

    protected abstract Value Map(TAttribute attribute, ViewContext view);

    protected override Value Lower(TAttribute attribute, Value image, ViewContext view) =>
        view.Transform("AffineMap.Apply", "moved", [image, Map(attribute, view)]);
}
