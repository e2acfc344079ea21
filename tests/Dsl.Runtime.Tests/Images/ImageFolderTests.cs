using SkiaSharp;

namespace Dsl.Runtime.Tests.Images;

/// <summary>What is read of a folder, in which order, and what is refused, by its name.</summary>
public sealed class ImageFolderTests : IDisposable
{
    private static readonly byte[] Red = Drawing.Png(3, 5, SKColors.Red);

    private readonly TemporaryFolder _temporary = new();
    private readonly string _folder;

    public ImageFolderTests()
    {
        _folder = _temporary.File("pets");
        Write("cat/b.png");
        Write("cat/B.PNG");
        Write("cat/older/a.jpeg", Drawing.Encoded(3, 5, SKColors.Blue, SKEncodedImageFormat.Jpeg));
        Write("cat/ä.jpg", Drawing.Encoded(9, 2, SKColors.Green, SKEncodedImageFormat.Jpeg));
        Write("dog/10.png");
        Write("dog/9.png");
    }

    public void Dispose() => _temporary.Dispose();

    [Theory]
    [InlineData(true, 1)]
    [InlineData(true, 3)]
    [InlineData(false, 2)]
    public void Order_is_that_of_characters_and_class_that_of_the_folder(bool cache, int threads)
    {
        var data = ImageData<Pet>.Load(_folder, cache: cache, threads: threads);
        Assert.Equal(cache, data.IsCached);
        Assert.Equal(
            ["cat/B.PNG", "cat/b.png", "cat/older/a.jpeg", "cat/ä.jpg", "dog/10.png", "dog/9.png"],
            data.Rows.Select(row => Path.GetRelativePath(_folder, row.Path).Replace('\\', '/')));
        Assert.Equal(["cat", "cat", "cat", "cat", "dog", "dog"], data.Rows.Select(row => row.Kind));
        using var indices = torch.tensor(new long[] { 5, 2 });
        using var inputs = data.ReadInputs(indices);
        using var labels = data.ReadLabels(indices);
        Assert.Equal([2, 3, 4, 6], inputs.shape);
        Assert.Equal([1L, 0L], labels.data<long>().ToArray());
        Assert.Equal(1, inputs[0, 0].min().item<float>());
        Assert.Equal(0, inputs[0, 1..].max().item<float>());
        Assert.InRange(inputs[1, 2].mean().item<float>(), 0.98f, 1);
    }

    [Fact]
    public void What_systems_leave_is_no_image_and_a_filter_leaves_out_more()
    {
        Write("cat/Thumbs.db", [1]);
        Write("cat/desktop.ini", [1]);
        Write("cat/.DS_Store", [1]);
        Write(".ipynb_checkpoints/x.png");
        Write("labels.csv", [1]);
        Write("cat/notes.txt", [1]);
        Assert.Equal(6, ImageData<Pet>.Load(_folder, path => !path.EndsWith(".txt", StringComparison.Ordinal)).Count);
    }

    [Theory]
    [InlineData("bird/a.png", "bird", "is a folder of no class that Pet declares (cat, dog)")]
    [InlineData("a.png", "a.png", "stands in no folder of a class: move it into one of cat, dog.")]
    [InlineData("cat/notes.txt", "notes.txt", "is no PNG or JPEG image by its name: convert it or take it out")]
    [InlineData("cat/photo.webp", "photo.webp", "is no PNG or JPEG image by its name")]
    [InlineData("CAT/a.png", "CAT", "are both of the class 'cat': make them one.")]
    public void What_fits_no_class_is_refused_by_its_name(string file, string name, string message)
    {
        Write(file);
        if (file.StartsWith("CAT", StringComparison.Ordinal) && Directory.GetDirectories(_folder).Length == 2)
            return; // a system whose names have no capitals of their own
        Refused(name, message);
    }

    [Fact]
    public void A_class_without_folder_or_without_image_is_refused()
    {
        File.Delete(Path.Combine(_folder, "dog", "10.png"));
        File.Delete(Path.Combine(_folder, "dog", "9.png"));
        Refused("dog", "has no image: put PNG or JPEG files into it, or take the class out of [Label(...)] of Pet.");
        Directory.Delete(Path.Combine(_folder, "dog"));
        Refused("pets", "has no folder 'dog', which Pet declares");
    }

    [Fact]
    public void A_folder_that_is_none_is_refused()
    {
        Assert.Contains("does not exist", Assert.Throws<DirectoryNotFoundException>(
            () => ImageData<Pet>.Load(_folder + "s")).Message, StringComparison.Ordinal);
        string file = Path.Combine(_folder, "dog", "9.png");
        Assert.Contains("is a file: give the folder", Assert.Throws<DirectoryNotFoundException>(
            () => ImageData<Pet>.Load(file)).Message, StringComparison.Ordinal);
    }

    public static TheoryData<string, byte[], string> Damaged() => new()
    {
        { "empty.png", [], "is empty" },
        { "text.png", "no image"u8.ToArray(), "is no PNG or JPEG image" },
        { "cut.png", Drawing.Png(40, 40, SKColors.Red)[..60], "is cut short" },
        { "half.jpg", Half(SKEncodedImageFormat.Jpeg), "is cut short" },
        { "flipped.png", Flipped(), "is damaged" },
        { "webp.png", Drawing.Encoded(4, 4, SKColors.Red, SKEncodedImageFormat.Webp), "is a WEBP image: convert it" },
        { "huge.png", Claiming(65535, 65535), "has 65535 x 65535 pixels, more than the 178956970 that are read" },
        { "hollow.png", Claiming(10_000, 10_000), "10000 x 10000 pixels, more than its" },
        { "hollow.jpg", ClaimingJpeg(8192), "8192 x 8192 pixels, more than its" },
    };

    [Theory]
    [MemberData(nameof(Damaged))]
    public void A_damaged_file_is_named(string name, byte[] content, string message)
    {
        Write("cat/" + name, content);
        Refused(name, message);
        var streamed = ImageData<Pet>.Load(_folder, cache: false);
        using var reader = streamed.ReadAhead();
        using var all = torch.arange(streamed.Count);
        var error = Assert.Throws<InvalidDataException>(() => reader.ReadInputs(all));
        Assert.Contains(name, error.Message, StringComparison.Ordinal);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_first_of_several_damaged_files_is_named_every_time()
    {
        Write("cat/c1.png", [1]);
        Write("cat/c2.png", [1]);
        Write("dog/1.png", [1]);
        for (int i = 0; i < 20; i++) Refused("c1.png", "is no PNG or JPEG image");
    }

    [Fact]
    public void Without_a_rule_another_size_is_refused_and_so_is_a_scaled_image_beyond_measure()
    {
        var schema = Pet.Schema with { Scaling = ImageScaling.None };
        var error = Assert.Throws<InvalidDataException>(() => ImageDecoder.Decode(Red, "red.png", schema));
        Assert.Equal("red.png has 3 x 5 pixels, but Pet is declared with 6 x 4: bring it to this size, or say how by "
            + "Resize = ImageResize.Crop in [ImageFolder(...)].", error.Message);
        schema = new ImageSchema("Pet", 3, 500, 500, []) { Scaling = ImageScaling.Crop };
        byte[] line = Drawing.Png(1, 20_000, SKColors.Red);
        Assert.Contains("so narrow that scaling it to 500 x 10000000", Assert.Throws<InvalidDataException>(
            () => ImageDecoder.Decode(line, "line.png", schema)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0xFFFFFF, 255, 255, 255)]
    [InlineData(0x102030, 16, 32, 48)]
    public void The_background_lies_behind_what_is_transparent_and_around_what_is_padded(
        int background, int red, int green, int blue)
    {
        var schema = new ImageSchema("Pet", 3, 2, 4, []) { Scaling = ImageScaling.Pad, Background = background };
        byte[] none = ImageDecoder.Decode(Drawing.Png(4, 2, SKColors.Transparent), "none.png", schema);
        Assert.Equal([red, green, blue], new[] { 0, 8, 16 }.Select(i => (int)none[i]));
        byte[] padded = ImageDecoder.Decode(Drawing.Png(2, 2, SKColors.Lime), "lime.png", schema);
        Assert.Equal([red, 0, 0, red], padded[..4].Select(value => (int)value));
        Assert.Equal([green, 255, 255, green], padded[8..12].Select(value => (int)value));
    }

    [Fact]
    public void A_label_that_is_no_class_is_refused_and_a_missing_one_when_it_is_read()
    {
        string path = Write("dog/9.png");
        Assert.Equal($"{path}: 'cow' is none of the classes cat, dog.",
            Assert.Throws<DataMismatchException>(() => ImageData<Pet>.From([new Pet("cow") { Path = path }])).Message);
        var data = ImageData<Pet>.From([new Pet { Path = path }]);
        using var first = torch.zeros(1, torch.ScalarType.Int64);
        Assert.Contains("9.png has no label", Assert.Throws<DataMismatchException>(() => data.ReadLabels(first)).Message,
            StringComparison.Ordinal);
        Assert.Throws<FileNotFoundException>(() => ImageData<Pet>.From([new Pet("cat") { Path = path + "x" }]));
    }

    private void Refused(string name, string message)
    {
        var error = Assert.Throws<InvalidDataException>(() => ImageData<Pet>.Load(_folder));
        Assert.Contains(name, error.Message, StringComparison.Ordinal);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    private string Write(string name, byte[]? content = null) => Drawing.Write(Path.Combine(_folder, name), content ?? Red);

    // Of noise, so that half of the bytes is half of the image.
    private static byte[] Half(SKEncodedImageFormat format)
    {
        using var bitmap = new SKBitmap(64, 64);
        var random = new Random(1);
        for (int i = 0; i < 64 * 64; i++) bitmap.SetPixel(i % 64, i / 64, new SKColor((uint)random.Next() | 0xFF000000));
        using var data = bitmap.Encode(format, 90);
        byte[] all = data.ToArray();
        return all[..(all.Length / 2)];
    }

    private static byte[] Flipped()
    {
        byte[] content = Drawing.Png(40, 40, SKColors.Red);
        content[60] ^= 0x55;
        return content;
    }

    /// <summary>A PNG image of 4 x 4 pixels whose header says something else.</summary>
    private static byte[] Claiming(int width, int height)
    {
        byte[] content = Drawing.Png(4, 4, SKColors.Red);
        System.Buffers.Binary.BinaryPrimitives.WriteInt32BigEndian(content.AsSpan(16), width);
        System.Buffers.Binary.BinaryPrimitives.WriteInt32BigEndian(content.AsSpan(20), height);
        uint checksum = Checksum(content.AsSpan(12, 17));
        System.Buffers.Binary.BinaryPrimitives.WriteUInt32BigEndian(content.AsSpan(29), checksum);
        return content;
    }

    /// <summary>A JPEG image of 4 x 4 pixels whose frame header says something else.</summary>
    private static byte[] ClaimingJpeg(ushort size)
    {
        byte[] content = Drawing.Encoded(4, 4, SKColors.Red, SKEncodedImageFormat.Jpeg);
        int frame = content.AsSpan().IndexOf<byte>([0xFF, 0xC0]);
        System.Buffers.Binary.BinaryPrimitives.WriteUInt16BigEndian(content.AsSpan(frame + 5), size);
        System.Buffers.Binary.BinaryPrimitives.WriteUInt16BigEndian(content.AsSpan(frame + 7), size);
        return content;
    }

    private static uint Checksum(ReadOnlySpan<byte> bytes)
    {
        uint value = uint.MaxValue;
        foreach (byte next in bytes)
        {
            value ^= next;
            for (int bit = 0; bit < 8; bit++) value = (value & 1) == 1 ? value >> 1 ^ 0xEDB88320 : value >> 1;
        }

        return ~value;
    }
}
