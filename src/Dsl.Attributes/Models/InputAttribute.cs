using System;

namespace Dsl;

/// <summary>A further input of a model, beside the one of <see cref="ModelAttribute"/>. Layers reach it by its name, as they do
/// a tag.</summary>
/// <example><code>
/// [Model(32, Elements = Elements.Index), Input("target", 24, Elements = Elements.Index)]
/// [Embedding(8000, 256), TransformerEncoderLayer(8, 1024), Tag("memory")]
/// [From("target"), Embedding(8000, 256), TransformerDecoderLayer(8, 1024, Context = "memory"), Linear(8000)]
/// public partial class Translator;
/// </code></example>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class InputAttribute : FurtherInputAttribute
{
    /// <summary>Declares an input [N, <paramref name="shape"/>].</summary>
    /// <param name="name">A C# identifier: the argument of <c>forward</c>, and with a capital the member of a trainer's
    /// <c>Batch</c>.</param>
    /// <param name="shape">Its sizes without the batch dimension, each at least 1.</param>
    public InputAttribute(string name, params int[] shape) : base(name) => Shape = shape;

    /// <summary>The sizes without the batch dimension.</summary>
    [Interval("[1, inf)")]
    public int[] Shape { get; }

    /// <summary>What its elements are.</summary>
    public Elements Elements { get; set; }
}
