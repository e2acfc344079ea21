using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Reflection;
using Dsl.Generator.Declarations;
using Dsl.Generator.Diagnostics;
using Dsl.Generator.Graph;

namespace Dsl.Generator.Binding;

/// <summary>A declared attribute as the very object that the user wrote, with the places of its arguments.</summary>
internal sealed class Bound<T>(T attribute, AttributeDeclaration declaration)
    where T : Attribute
{
    public T Attribute { get; } = attribute;

    public AttributeDeclaration Declaration { get; } = declaration;

    public Site Site => Declaration.Site;

    /// <summary>The attribute's name as the user writes it; on a method, the method's.</summary>
    public string Name => Declaration.Method?.Name ?? AttributeBinder.ShortName(Declaration.Name);

    /// <summary>Where an argument stands; the whole attribute when it was left to its default.</summary>
    public Site SiteOf(string argument) => Find(argument)?.Site ?? Declaration.Site;

    /// <summary>Where an element of an array stands; the whole array when it was written as one.</summary>
    public Site SiteOf(string argument, int element) => Find(argument)?.At(element).Site ?? Declaration.Site;

    /// <summary>Whether the argument was written.</summary>
    public bool Has(string argument) => Find(argument) is not null;

    /// <summary>The arguments as they are written: <c>16, 3, Padding = 1</c>.</summary>
    public string Arguments => string.Join(", ", Declaration.Arguments
        .Where(argument => argument.IsProperty || !IsDefault(argument))
        .Select(argument => (argument.IsProperty ? argument.Name + " = " : "")
            + Written(argument.Value, TypeOf(argument.Name), argument.IsSpread)));

    // Of a constructor an attribute gives every argument, those that nobody wrote too. In a referenced assembly none has a place.
    private bool IsDefault(ArgumentDeclaration argument) => argument.Site.Argument < 0 && Attribute.GetType().GetConstructors()
        .SelectMany(constructor => constructor.GetParameters())
        .Any(parameter => parameter.Name == argument.Name && parameter.HasDefaultValue
            && Written(argument.Value, parameter.ParameterType, false) == Written(
                parameter.DefaultValue, parameter.ParameterType, false));

    private static string Written(object? value, Type? type, bool isSpread) => value switch
    {
        null => "null",
        string text => $"\"{text}\"",
        bool flag => flag ? "true" : "false",
        double number => Scalar.Literal(number),
        EquatableArray<long> items => List(items, isSpread),
        EquatableArray<double> items => List(items.Select(Scalar.Literal), isSpread),
        EquatableArray<string> items => List(items.Select(item => $"\"{item}\""), isSpread),
        _ when type is { IsEnum: true } => $"{type.Name}.{Enum.ToObject(type, value)}",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };

    private static string List<TItem>(IEnumerable<TItem> items, bool isSpread)
    {
        string joined = string.Join(", ", items.Select(item => Convert.ToString(item, CultureInfo.InvariantCulture)));
        return isSpread ? joined : $"[{joined}]";
    }

    private Type? TypeOf(string argument) => Attribute.GetType()
        .GetProperty(argument, BindingFlags.Public | BindingFlags.Instance | BindingFlags.IgnoreCase)?.PropertyType;

    private ArgumentDeclaration? Find(string argument) => Declaration.Arguments.FirstOrDefault(candidate =>
        string.Equals(candidate.Name, argument, StringComparison.OrdinalIgnoreCase));
}

/// <summary>
/// Constructs the attributes that a declaration names. The attribute classes are compiled into the generator, so that their
/// constructors, defaults and intervals are the single source for what a declaration means.
/// </summary>
internal static class AttributeBinder
{
    // A class with type arguments is the one without them, where there is that; what the arguments declare stands in the
    // declaration.
    private static readonly IReadOnlyDictionary<string, Type> Types = typeof(LayerAttribute).Assembly.GetTypes()
        .Where(type => typeof(Attribute).IsAssignableFrom(type) && !type.IsAbstract && type.Namespace == "Dsl")
        .GroupBy(type => WithoutArity(type.Name))
        .ToDictionary(alike => alike.Key, alike =>
            alike.FirstOrDefault(type => !type.IsGenericTypeDefinition) ?? Close(alike.First()));

    private static readonly ConcurrentDictionary<Type, Form> Forms = new();

    public static string ShortName(string metadataName)
    {
        string name = WithoutArity(metadataName);
        return name.EndsWith("Attribute", StringComparison.Ordinal) ? name.Substring(0, name.Length - "Attribute".Length) : name;
    }

    private static string WithoutArity(string name) => name.Split('`')[0];

    private static Type Close(Type definition) =>
        definition.MakeGenericType([.. definition.GetGenericArguments().Select(_ => typeof(object))]);

    /// <summary>Whether a declaration is of an attribute of some kind.</summary>
    public static bool Declares<T>(AttributeDeclaration declaration)
        where T : Attribute =>
        Types.TryGetValue(declaration.Name, out var type) && typeof(T).IsAssignableFrom(type);

    /// <summary>The attribute, or null (with findings) when an argument is out of range; null without a finding when it is of
    /// another kind.</summary>
    public static Bound<T>? Bind<T>(AttributeDeclaration declaration, Findings findings)
        where T : Attribute
    {
        if (Read<T>(declaration) is not { } attribute) return null;
        return CheckIntervals(attribute, declaration, findings) ? new Bound<T>(attribute, declaration) : null;
    }

    /// <summary>The attribute whatever its numbers are; null when it is of another kind, or C# reports it.</summary>
    public static T? Read<T>(AttributeDeclaration declaration)
        where T : Attribute
    {
        if (!Types.TryGetValue(declaration.Name, out var type) || !typeof(T).IsAssignableFrom(type)) return null;

        // As many type arguments as no class of the name takes: C# says so.
        if (type.IsGenericType && type.GetGenericArguments().Length != declaration.Types.Count) return null;
        return Construct(type, declaration) as T;
    }

    /// <summary>An attribute of a known class, or null with findings.</summary>
    public static Bound<T>? Construct<T>(AttributeDeclaration declaration, Findings findings)
        where T : Attribute =>
        Construct(typeof(T), declaration) is T attribute && CheckIntervals(attribute, declaration, findings)
            ? new Bound<T>(attribute, declaration)
            : null;

    /// <summary>All attributes of a kind, in source order.</summary>
    public static List<Bound<T>> BindAll<T>(IEnumerable<AttributeDeclaration> declarations, Findings findings)
        where T : Attribute =>
        declarations.Select(declaration => Bind<T>(declaration, findings)).OfType<Bound<T>>().ToList();

    private static object? Construct(Type type, AttributeDeclaration declaration)
    {
        var positional = declaration.Arguments.Where(argument => !argument.IsProperty).ToList();
        foreach (var (constructor, parameters) in Forms.GetOrAdd(type, Form.Of).Constructors)
        {
            var values = new object?[parameters.Length];
            bool fits = positional.All(argument => parameters.Any(parameter => parameter.Name == argument.Name));
            for (int i = 0; i < parameters.Length && fits; i++)
            {
                var argument = positional.FirstOrDefault(candidate => candidate.Name == parameters[i].Name);
                fits = argument is not null || parameters[i].HasDefaultValue;
                fits = fits && (argument is null || IsConvertible(argument.Value, parameters[i].ParameterType));
                if (fits)
                    values[i] = argument is null ? parameters[i].DefaultValue
                        : ConvertTo(argument.Value, parameters[i].ParameterType);
            }

            if (!fits) continue;
            object instance = constructor.Invoke(values);
            foreach (var argument in declaration.Arguments.Where(argument => argument.IsProperty))
            {
                var property = type.GetProperty(argument.Name);
                if (property is not null && IsConvertible(argument.Value, property.PropertyType))
                    property.SetValue(instance, ConvertTo(argument.Value, property.PropertyType));
            }

            return instance;
        }

        // The C# compiler reports arguments that no constructor takes.
        return null;
    }

    // A list of other things than the parameter takes is an error of C#.
    private static bool IsConvertible(object? value, Type type) => value switch
    {
        null => !type.IsValueType,
        EquatableArray<long> { Count: 0 } => type.IsArray,
        EquatableArray<long> => type == typeof(int[]),
        EquatableArray<double> => type == typeof(double[]),
        EquatableArray<string> => type == typeof(string[]),
        double => !type.IsArray || type == typeof(double[]),
        _ => !type.IsArray,
    };

    private static object? ConvertTo(object? value, Type type) => value switch
    {
        EquatableArray<long> items when type == typeof(int[]) => items.Select(item => (int)item).ToArray(),
        EquatableArray<double> items when type == typeof(double[]) => items.ToArray(),
        EquatableArray<string> items when type == typeof(string[]) => items.ToArray(),
        EquatableArray<long> { Count: 0 } when type == typeof(string[]) => Array.Empty<string>(),
        double item when type == typeof(double[]) => new[] { item },
        EquatableArray<long> { Count: 0 } when type == typeof(double[]) => Array.Empty<double>(),
        _ when type.IsEnum => Enum.ToObject(type, value ?? 0),
        _ => Convert.ChangeType(value, type, CultureInfo.InvariantCulture),
    };

    private static bool CheckIntervals(Attribute attribute, AttributeDeclaration declaration, Findings findings)
    {
        bool legal = true;
        foreach (var (property, interval) in Forms.GetOrAdd(attribute.GetType(), Form.Of).Intervals)
        {
            var numbers = property.GetValue(attribute) switch
            {
                null => [],
                int[] items => items.Select(item => (double)item),
                double[] items => items,
                var value => [Convert.ToDouble(value, CultureInfo.InvariantCulture)],
            };
            int element = 0;
            foreach (double number in numbers)
            {
                if (interval.Contains(number))
                {
                    element++;
                    continue;
                }

                var argument = declaration.Arguments.FirstOrDefault(candidate =>
                    string.Equals(candidate.Name, property.Name, StringComparison.OrdinalIgnoreCase))?.At(element);
                findings.Add(Catalogue.OutOfRange, argument?.Site ?? declaration.Site, property.Name, ShortName(declaration.Name),
                        number.ToString(CultureInfo.InvariantCulture), interval.Notation)
                    .Offer(Nearest.Legal(attribute, property, interval, number, argument));
                legal = false;
                break;
            }
        }

        return legal;
    }

    /// <summary>What reflection says of an attribute's class, which it takes long to say.</summary>
    private sealed record Form(List<(ConstructorInfo Constructor, ParameterInfo[] Parameters)> Constructors,
        List<(PropertyInfo Property, IntervalAttribute Interval)> Intervals)
    {
        public static Form Of(Type type) => new(
            [.. type.GetConstructors().Select(constructor => (constructor, constructor.GetParameters()))],
            [.. type.GetProperties().Select(property => (property, property.GetCustomAttribute<IntervalAttribute>()!))
                .Where(pair => pair.Item2 is not null)]);
    }
}
