using System;
using System.Globalization;
using System.Linq;
using System.Reflection;
using Dsl.Generator.Binding;
using Dsl.Generator.Graph;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Lowering;

/// <summary>Turns the properties of attributes into hyper-parameters of the generated trainer.</summary>
internal static class Hyperparameters
{
    /// <summary>Adds a hyper-parameter; one of its name that is there already is the same.</summary>
    /// <param name="property">The attribute's property: its value, its interval and (by its name) its meaning.</param>
    /// <param name="name">The trainer's property.</param>
    /// <param name="least">The least value of the trainer's property, where an attribute's 0 means that it is not given.</param>
    /// <param name="given">The value, where the attribute's own says that another one takes its place; null for the
    /// attribute's.</param>
    public static Scalar Add(
        TrainerProgram trainer, Attribute attribute, string property, string name, int? least = null, object? given = null)
    {
        var named = new Scalar.Named(name);
        if (trainer.Hyperparameters.Any(known => known.Name == name)) return named;
        var info = attribute.GetType().GetProperty(property)
            ?? throw new InvalidOperationException($"{attribute.GetType().Name} has no property {property}");
        var interval = info.GetCustomAttribute<IntervalAttribute>()
            ?? throw new InvalidOperationException($"{attribute.GetType().Name}.{property} has no interval");
        if (least is not null) interval = new IntervalAttribute($"[{least}, inf)");
        object value = given ?? info.GetValue(attribute)!;
        bool isInteger = value is int or long;
        trainer.Hyperparameters.Add(new Hyperparameter(
            name,
            isInteger ? "int" : "double",
            isInteger ? Convert.ToString(value, CultureInfo.InvariantCulture)!
                : Scalar.Literal(Convert.ToDouble(value, CultureInfo.InvariantCulture)),
            interval,
            $"{property} of <c>[{Written(attribute)}]</c>, in {interval.Notation}."));
        return named;
    }

    private static string Written(Attribute attribute) => AttributeBinder.ShortName(attribute.GetType().Name)
        + (attribute is OptimizerAttribute { For: { Length: > 0 } network } ? $"(For = \"{network}\")" : "");
}
