using System;
using System.Globalization;
using System.Reflection;
using Dsl.Generator.Graph;

namespace Dsl.Generator.Checking;

/// <summary>Turns the properties of attributes into hyper-parameters of the generated trainer.</summary>
internal static class Recipe
{
    /// <summary>Adds a hyper-parameter.</summary>
    /// <param name="property">The attribute's property: its value, its interval and (by its name) its meaning.</param>
    /// <param name="name">The trainer's property.</param>
    /// <param name="least">The least value of the trainer's property, where an attribute's 0 means that it is not given.</param>
    public static Scalar Add(TrainerProgram trainer, Attribute attribute, string property, string name, int? least = null)
    {
        var info = attribute.GetType().GetProperty(property)
            ?? throw new InvalidOperationException($"{attribute.GetType().Name} has no property {property}");
        var interval = info.GetCustomAttribute<IntervalAttribute>()
            ?? throw new InvalidOperationException($"{attribute.GetType().Name}.{property} has no interval");
        if (least is not null) interval = new IntervalAttribute($"[{least}, inf)");
        object value = info.GetValue(attribute)!;
        bool isInteger = value is int or long;
        trainer.Hyperparameters.Add(new Hyperparameter(
            name,
            isInteger ? "int" : "double",
            isInteger ? Convert.ToString(value, CultureInfo.InvariantCulture)! : Scalar.Literal(Convert.ToDouble(value, CultureInfo.InvariantCulture)),
            interval,
            $"{property} of <c>[{Binder.ShortName(attribute.GetType().Name)}]</c>, in {interval.Notation}."));
        return new Scalar.Named(name);
    }
}
