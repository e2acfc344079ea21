using System;

namespace Dsl;

/// <summary>A column of texts, or of integers, that name categories: the model gets a number for each, 1 for the row's and 0 for
/// the others (one-hot). Enums are such columns without it.</summary>
/// <remarks>The categories are declared because the model's width depends on them; in a file any other is an error, with line and
/// column, unless <see cref="Other"/> gives it a place.</remarks>
[AttributeUsage(AttributeTargets.Parameter | AttributeTargets.Property)]
public sealed class CategoriesAttribute : Attribute
{
    /// <summary>Categories of texts.</summary>
    /// <param name="names">Each once.</param>
    public CategoriesAttribute(params string[] names) => Names = names;

    /// <summary>Categories of integers.</summary>
    /// <param name="values">Each once.</param>
    public CategoriesAttribute(params int[] values) => Values = values;

    /// <summary>The categories of an enum, all of them.</summary>
    public CategoriesAttribute()
    {
    }

    /// <summary>The texts.</summary>
    public string[] Names { get; } = [];

    /// <summary>The integers.</summary>
    public int[] Values { get; } = [];

    /// <summary>Whether there is a further number, 1 for whatever is none of the categories.</summary>
    public bool Other { get; set; }
}
