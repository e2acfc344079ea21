using System;
using Dsl.Generator.Binding;
using Dsl.Generator.Declarations;
using Dsl.Generator.Diagnostics;
using Dsl.Generator.Fixes;
using Dsl.Generator.Graph;
using Microsoft.CodeAnalysis;

namespace Dsl.Generator.Augmentations;

/// <summary>The images of one model, against which a policy is checked where it is used.</summary>
/// <param name="use">Where the policy is used; findings stand there and point to the argument.</param>
/// <param name="model">The name of the model.</param>
/// <param name="image">Its input, [N, C, H, W].</param>
internal sealed class ImageCheck(Findings findings, Site use, string model, Shape image)
{
    private long Shorter => Math.Min(image[2].Factor, image[3].Factor);

    /// <summary>A square that must lie within an image.</summary>
    public void Fits(Bound<TransformationAttribute> declared, string argument, int length)
    {
        if (length <= Shorter) return;
        Add(Catalogue.LargerThanImage, declared, argument, $"{argument} = {length}", declared.Name, model, image.ToString(),
            Shorter.ToString())
            .Offer(declared.Set(argument, Shorter));
    }

    /// <summary>A distance in pixels that must leave a part of every image in its frame.</summary>
    public void Distance(Bound<TransformationAttribute> declared, string argument, int pixels)
    {
        if (pixels < Shorter) return;
        Add(Catalogue.OutOfFrame, declared, argument, $"{argument} = {pixels}", declared.Name, model, image.ToString(),
            Shorter.ToString())
            .Offer(Shorter > 1 ? declared.Set(argument, Shorter - 1) : null);
    }

    /// <summary>A size that must be the image's own.</summary>
    public void Size(Bound<TransformationAttribute> declared, int height, int width)
    {
        if (height == image[2] && width == image[3]) return;
        Add(Catalogue.ChangesSize, declared, "", declared.Name, $"{height} × {width}", model, image.ToString(),
            $"{image[2]} × {image[3]}").Offer(
            declared.Has("width") ? Fix.All(
                $"Cut {image[2]} × {image[3]}", declared.Set("height", image[2].Factor), declared.Set("width", image[3].Factor))
            : image[2] == image[3] ? declared.Set("size", image[2].Factor)
            : null);
    }

    /// <summary>As many pixels as there are tones.</summary>
    public void EnoughPixels(Bound<TransformationAttribute> declared)
    {
        long pixels = image[2].Factor * image[3].Factor;
        if (pixels < 256) Add(Catalogue.TooFewPixels, declared, "", declared.Name, model, image.ToString(), pixels.ToString());
    }

    /// <summary>What is defined for red, green and blue only.</summary>
    public void Colors(Bound<TransformationAttribute> declared, string what)
    {
        if (image[1] != 3L) NoColors(declared, what, "3 channels");
    }

    /// <summary>What is defined for grey images and for red, green and blue.</summary>
    public void GreyOrColors(Bound<TransformationAttribute> declared, string what)
    {
        if (image[1] != 1L && image[1] != 3L) NoColors(declared, what, "1 or 3 channels");
    }

    /// <summary>As many numbers as channels.</summary>
    public void Channels(Bound<TransformationAttribute> declared, string argument, int count)
    {
        if (image[1] == count) return;
        Add(Catalogue.ChannelCount, declared, argument, declared.Name,
            $"gives {count} channels their {argument}, but '{model}' takes {image} with {image[1]}: give {image[1]}, or 1 "
            + $"for all");
    }

    private void NoColors(Bound<TransformationAttribute> declared, string what, string channels) =>
        Add(Catalogue.NoColors, declared, what, Of(declared, what), channels, model, image.ToString(), image[1].ToString())
            .Offer(declared.Remove(what));

    private static string Of(Bound<TransformationAttribute> declared, string what) =>
        what == declared.Name ? $"[{what}]" : $"{what} of [{declared.Name}]";

    private Findings Add(
        DiagnosticDescriptor descriptor, Bound<TransformationAttribute> declared, string argument, params string[] words) =>
        findings.Add(descriptor, use, declared.SiteOf(argument), words);
}
