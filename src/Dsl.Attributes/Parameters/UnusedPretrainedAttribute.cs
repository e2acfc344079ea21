using System;

namespace Dsl;

/// <summary>A part of files of pretrained weights for which the model has no place, such as the head of another task: reading
/// passes over it, also where it is strict. On a block it is a part of each use.</summary>
/// <example><code>
/// [Model(3, 224, 224), Pretrained("features", From = "backbone"), UnusedPretrained("fc")]
/// </code></example>
[AttributeUsage(AttributeTargets.Class, Inherited = false, AllowMultiple = true)]
public sealed class UnusedPretrainedAttribute : Attribute
{
    /// <summary>A part of the file.</summary>
    /// <param name="from">What the names of its tensors begin with, whole segments, or one tensor's name.</param>
    public UnusedPretrainedAttribute(string from) => From = from;

    /// <summary>What the names of its tensors begin with.</summary>
    public string From { get; }
}
