using System;
using System.Collections.Generic;
using System.Linq;
using Dsl.Generator.Graph.Operations;

namespace Dsl.Generator.Binding;

/// <summary>What an attribute of the language means to the compiler.</summary>
internal interface IMeaning
{
    /// <summary>The attribute's class.</summary>
    Type Attribute { get; }
}

/// <summary>All meanings of a kind, found in this assembly: a technique is added by adding its class.</summary>
/// <typeparam name="T">Layers, objectives, schemes, ...</typeparam>
internal static class Meanings<T>
    where T : class, IMeaning
{
    private static readonly IReadOnlyDictionary<Type, T> ByAttribute = typeof(T).Assembly.GetTypes()
        .Where(type => type.IsSubclassOf(typeof(T)) && !type.IsAbstract)
        .Select(type => (T)Activator.CreateInstance(type)!)
        .ToDictionary(meaning => meaning.Attribute);

    public static T Of(Attribute attribute) => ByAttribute[attribute.GetType()];
}
