namespace Dsl.Runtime;

/// <summary>An image of declared images: where it lies and what it shows. The compiler implements it for records with
/// <c>[ImageFolder]</c>.</summary>
/// <typeparam name="TRow">The record itself.</typeparam>
public interface IImageRow<TRow>
    where TRow : IImageRow<TRow>
{
    /// <summary>What a model gets of the images.</summary>
    static abstract ImageSchema Schema { get; }

    /// <summary>The file.</summary>
    string Path { get; }

    /// <summary>The number of its class; -1 where it has none.</summary>
    int ClassIndex { get; }

    /// <summary>An image of a class.</summary>
    /// <param name="path">The file.</param>
    /// <param name="classIndex">The number of its class.</param>
    static abstract TRow Create(string path, int classIndex);
}
