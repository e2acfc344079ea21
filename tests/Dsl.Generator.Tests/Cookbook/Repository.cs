namespace Dsl.Generator.Tests.Cookbook;

/// <summary>What the pages of all techniques are made of, read once.</summary>
internal static class Repository
{
    /// <summary>Its folder.</summary>
    public static string Root { get; } = Path.GetFullPath(Path.Combine(Pages.Folder, ".."));

    /// <summary>Every word of the language.</summary>
    public static IReadOnlyList<Technique> Techniques { get; } = Gallery.Of(Root);

    /// <summary>The words that have a page in the cookbook.</summary>
    public static IReadOnlyList<Technique> InCookbook { get; } = [.. Techniques.Where(CookbookPages.Has)];

    /// <summary>A declaration of each.</summary>
    public static IReadOnlyDictionary<string, string> Declarations { get; } = Cookbook.Examples.Read(Root);

    /// <summary>What the compiler makes of it.</summary>
    public static IReadOnlyDictionary<string, CompiledExample> Examples => Compiled.Value;

    /// <summary>What recipes came to.</summary>
    public static RecipeResults Results { get; } = new(Root);

    private static readonly Lazy<IReadOnlyDictionary<string, CompiledExample>> Compiled = new(() => CompiledExample.Of(
        Declarations, Techniques.ToDictionary(technique => technique.Name, technique => technique.Kind)));
}
