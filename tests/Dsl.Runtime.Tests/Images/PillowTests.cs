using System.Globalization;
using System.Runtime.CompilerServices;

namespace Dsl.Runtime.Tests.Images;

/// <summary>Images are read as Pillow reads them: <c>tests/goldens/images.py</c> drew and read them.</summary>
public class PillowTests
{
    // What is decoded, turned, made grey or laid on the background is exact; what is scaled may be rounded otherwise.
    private const int Rounding = 1;

    private static readonly Lazy<Dictionary<string, byte[]>> Golden = new(Read);

    public static TheoryData<string> Results() => [.. Golden.Value.Keys.Where(name => name.Contains('/')).Order()];

    [Theory]
    [MemberData(nameof(Results))]
    public void Pixels_are_those_of_Pillow(string result)
    {
        string[] parts = result.Split('/');
        string[] size = parts[3].Split('x');
        var schema = new ImageSchema(
            "Golden", int.Parse(parts[1], CultureInfo.InvariantCulture), int.Parse(size[0], CultureInfo.InvariantCulture),
            int.Parse(size[1], CultureInfo.InvariantCulture), [])
        {
            Scaling = Enum.Parse<ImageScaling>(parts[2], ignoreCase: true),
        };
        byte[] actual = ImageDecoder.Decode(Golden.Value[parts[0]], parts[0], schema), expected = Golden.Value[result];
        Assert.Equal(expected.Length, actual.Length);
        int allowed = parts[2] == "none" ? 0 : Rounding;
        int largest = expected.Zip(actual, (wanted, found) => Math.Abs(wanted - found)).Max();
        Assert.True(largest <= allowed, $"{result} differs by {largest}");
    }

    [Fact]
    public void There_are_images_of_every_kind() => Assert.Equal(15, Golden.Value.Keys.Count(name => !name.Contains('/')));

    private static Dictionary<string, byte[]> Read()
    {
        string path = Path.Combine(Path.GetDirectoryName(Here())!, "..", "..", "goldens", "data", "images", "pillow.safetensors");
        using var file = Dsl.Runtime.Safetensors.Read(path);
        return file.Keys.ToDictionary(name => name, name => file[name].bytes.ToArray());
    }

    private static string Here([CallerFilePath] string path = "") => path;
}
