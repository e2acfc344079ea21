namespace Dsl.Runtime.Tests.Images;

/// <summary>Images as the compiler declares them.</summary>
internal sealed record Pet(string? Kind = null) : IImageRow<Pet>
{
    private static readonly string[] Kinds = ["cat", "dog"];

    public static ImageSchema Schema { get; } = new("Pet", 3, 4, 6, Kinds) { Scaling = ImageScaling.Stretch };

    public string Path { get; init; } = "";

    public int ClassIndex => Kind is { } own ? ImageClasses.IndexOf(own, Kinds, Path) : -1;

    public static Pet Create(string path, int classIndex) => new(Kinds[classIndex]) { Path = path };
}
