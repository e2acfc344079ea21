using System;
using System.Collections.Generic;
using Dsl.Generator.Declarations;
using Dsl.Generator.Graph;
using Dsl.Generator.Graph.Operations;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Augmentations;

/// <summary>Where transformations add their part of a view: operations and random numbers.</summary>
/// <param name="computation">What the operations belong to.</param>
/// <param name="image">The shape of the images, [N, C, H, W].</param>
/// <param name="name">Who sees the result; names the values and the random numbers.</param>
/// <param name="add">Makes random numbers a value.</param>
internal sealed class ViewContext(Computation computation, Shape image, string name, Func<DrawnNumbers, Value> add)
{
    private readonly Dictionary<string, int> _names = [];

    /// <summary>Images of the stream, [N, C, H, W].</summary>
    public Shape Image => image;

    /// <summary>The type of the images, in C#.</summary>
    public const string ElementType = "_model.Arena.Values.dtype";

    /// <summary>Transforms images.</summary>
    /// <param name="function">Class and method of the runtime.</param>
    /// <param name="result">What the result is called: shifted, turned.</param>
    /// <param name="inputs">The images, then random numbers.</param>
    /// <param name="arguments">What follows in the call, in C#.</param>
    public Value Transform(string function, string result, Value[] inputs, params string[] arguments) =>
        computation.Add(
            new RuntimeFunction(function, new EquatableArray<string>(arguments), inputs[0].Shape), result + name, inputs);

    /// <summary>A map [N, 3, 3] of a transformation that moves images.</summary>
    public Value Map(string function, string result, Value numbers, params string[] arguments) => computation.Add(
        new RuntimeFunction("AffineMap." + function, new EquatableArray<string>(arguments), Shape.Of(image[0], 3, 3)),
        result + name, numbers);

    /// <summary>Integers in [0, bound), [N, columns].</summary>
    public Value Integers(string what, long columns, long bound, string summary) =>
        add(new DrawnIntegers(Unique(what), image[0], columns, bound, Described(summary, columns)));

    /// <summary>Numbers in [low, high), [N, columns] or [N].</summary>
    public Value Reals(string what, double low, double high, string summary, long columns = 0) =>
        add(new DrawnReals(Unique(what), image[0], columns, low, high, Described(summary, columns)));

    /// <summary>Events, [N, columns] or [N].</summary>
    public Value Events(string what, double probability, string summary, long columns = 0) =>
        add(new DrawnEvents(Unique(what), image[0], columns, probability, Described(summary, columns)));

    /// <summary>Normal numbers of the shape of the images.</summary>
    public Value Normals(string what, string summary) =>
        add(new DrawnNormals(Unique(what), image[0], Image.Without(0), $"{summary}, {Image}"));

    /// <summary>The name of a draw in this view; numbered where a policy says one thing twice.</summary>
    private string Unique(string what)
    {
        _names.TryGetValue(what, out int known);
        _names[what] = known + 1;
        return known == 0 ? name + what : $"{name}{what}{known + 1}";
    }

    private string Described(string summary, long columns) => $"{summary}, [{image[0]}{(columns == 0 ? "" : $", {columns}")}]";
}
