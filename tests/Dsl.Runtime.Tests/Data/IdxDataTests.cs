namespace Dsl.Runtime.Tests.Data;

public sealed class IdxDataTests : IDisposable
{
    private static readonly byte[] Images = [0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 2, 0, 255, 51, 102];
    private static readonly byte[] Labels = [0, 0, 8, 1, 0, 0, 0, 2, 7, 3];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Images_are_scaled_and_get_a_channel()
    {
        using var data = IdxData.Load(_folder.Write("images", Images), _folder.Write("labels", Labels));
        Assert.Equal([2L, 1L, 1L, 2L], data.Inputs.shape);
        Assert.Equal([0f, 1f, 0.2f, 0.4f], data.Inputs.data<float>().ToArray());
        Assert.Equal([7L, 3L], data.Labels.data<long>().ToArray());
    }

    [Fact]
    public void Compressed_files_are_read_whatever_they_are_called()
    {
        using var data = IdxData.Load(
            _folder.WriteCompressed("images", Images), _folder.WriteCompressed("labels", Labels), maximum: 51);
        Assert.Equal([0f, 5f, 1f, 2f], data.Inputs.data<float>().ToArray());
    }

    [Fact]
    public void Streams_are_read_like_files()
    {
        using var data = IdxData.Read(new MemoryStream(Images), new MemoryStream(Labels));
        Assert.Equal(2, data.Count);
    }

    [Fact]
    public void Swapped_files_are_noticed() => Expect("swapped", Labels, Images);

    [Fact]
    public void A_file_that_ends_early_is_refused()
    {
        Expect("cut short", Images[..^1], Labels);
        Expect("cut short", Images[..6], Labels);
        Expect("cut short", [], Labels);
    }

    [Fact]
    public void A_file_that_goes_on_is_refused() => Expect("goes on", [.. Images, 1], Labels);

    [Fact]
    public void Another_format_is_refused() => Expect("89504E47", [0x89, 0x50, 0x4E, 0x47, 1, 2, 3, 4], Labels);

    [Fact]
    public void Another_type_of_element_is_refused() => Expect("0x0D", [0, 0, 0x0D, 3, .. Images[4..]], Labels);

    [Fact]
    public void Different_counts_are_refused() => Expect("3 labels", Images, [0, 0, 8, 1, 0, 0, 0, 3, 1, 2, 3]);

    [Fact]
    public void A_header_that_claims_too_much_is_refused_without_taking_the_memory()
    {
        Expect("memory", [0, 0, 8, 3, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255], Labels);
        Expect("cut short", [0, 0, 8, 3, 0, 0, 255, 255, 0, 0, 0, 100, 0, 0, 0, 100], Labels);
    }

    private void Expect(string message, byte[] images, byte[] labels)
    {
        var imagesPath = _folder.Write("images", images);
        var labelsPath = _folder.Write("labels", labels);
        var error = Assert.Throws<InvalidDataException>(() => IdxData.Load(imagesPath, labelsPath));
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.Contains(_folder.File(""), error.Message, StringComparison.Ordinal);
    }
}
