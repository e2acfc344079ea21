using SkiaSharp;
using TorchSharp;
using static TorchSharp.torch;

namespace Search;

/// <summary>Pictures as files.</summary>
public static class PictureFile
{
    /// <summary>A grey picture, dark on white as it was written.</summary>
    /// <param name="picture">[1, H, W] in [0, 1].</param>
    public static byte[] Png(Tensor picture)
    {
        using var scope = NewDisposeScope();
        byte[] grey = picture.mul(-255).add(255).round().to_type(ScalarType.Byte).flatten().data<byte>().ToArray();
        var size = new SKImageInfo((int)picture.size(2), (int)picture.size(1), SKColorType.Gray8, SKAlphaType.Opaque);
        using var image = SKImage.FromPixelCopy(size, grey);
        using var file = image.Encode(SKEncodedImageFormat.Png, 100);
        return file.ToArray();
    }
}
