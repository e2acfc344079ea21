namespace Dsl.Generator.Schemes;

/// <summary>A scheme without labels that compares embeddings, a vector for each sample, with each other.</summary>
/// <inheritdoc/>
internal abstract class EmbeddingScheme<TAttribute> : Scheme<TAttribute>
    where TAttribute : SchemeAttribute
{
    public sealed override bool StandsAlone => true;

    public sealed override bool NeedsClasses => false;

    public sealed override bool NeedsVectors => true;

    public sealed override bool ReadsEmbeddings => true;
}
