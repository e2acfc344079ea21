using System;

namespace Dsl;

/// <summary>Says what a part of the model is called in a file of pretrained weights. The model then has <c>LoadPretrained</c>,
/// which reads such a file.</summary>
/// <remarks>
/// <para>Names of the file that nobody renames stay as they are. Where several fit a name, the longest decides alone.</para>
/// <para>On a block it says what parts of the block are called, wherever the block is used: names in the file begin with what
/// the file calls the use.</para>
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

    /// <summary>How many parts one after another are meant: the number at the end of both names counts up, as in
    /// <c>Pretrained("8", From = "encoder.layer.0", Times = 12)</c>.</summary>
    [Interval("[1, 1000]")]
    public int Times { get; set; } = 1;

    /// <summary>Whether the file has the part's matrices [out, in] as [in, out], as GPT-2's and TensorFlow's. What is no matrix
    /// is as it is.</summary>
    public bool Transposed { get; set; }

    /// <summary>Tensors of the file, in the place of <see cref="From"/>, that lie below one another in this one: joined along
    /// the first dimension, as matrices of queries, keys and values.</summary>
    public string[] Joined { get; set; } = [];

    /// <summary>How many equal parts along the first dimension the file's tensors have, one of which this is.</summary>
    [Interval("[1, 1000]")]
    public int Parts { get; set; } = 1;

    /// <summary>Which of <see cref="Parts"/> it is, from 0.</summary>
    [Interval("[0, 999]")]
    public int Part { get; set; }
}
