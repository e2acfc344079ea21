using System;

namespace Dsl;

/// <summary>Says what a part of the model is called in a file of pretrained weights. The model then has <c>LoadPretrained</c>,
/// which reads such a file.</summary>
/// <remarks>
/// Names of the file that nobody renames stay as they are. Where several fit a name, the longest decides alone.
/// </remarks>
/// <example><code>
/// [Model(3, 224, 224), Pretrained("features", From = "backbone"), Pretrained("head.weight", From = "classifier.kernel")]
/// </code></example>
[AttributeUsage(AttributeTargets.Class, Inherited = false, AllowMultiple = true)]
public sealed class PretrainedAttribute : Attribute
{
    /// <summary>A part of the model.</summary>
    /// <param name="path">What the names of its parameters and buffers begin with, whole segments: a layer (<c>"0"</c>,
    /// <c>"3.1"</c>) or one tensor (<c>"0.weight"</c>); empty for the whole model.</param>
    public PretrainedAttribute(string path) => Path = path;

    /// <summary>What the names of the part begin with in the model.</summary>
    public string Path { get; }

    /// <summary>What they begin with in the file, whole segments. Empty: the file is of this part alone.</summary>
    public string From { get; set; } = "";
}
