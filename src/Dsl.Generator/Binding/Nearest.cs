using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using Dsl.Generator.Declarations;
using Dsl.Generator.Diagnostics;
using Dsl.Generator.Graph;

namespace Dsl.Generator.Binding;

/// <summary>The legal number that is nearest to one that is not.</summary>
internal static class Nearest
{
    /// <summary>An argument's nearest legal value, else its default; null where neither exists.</summary>
    /// <param name="number">The value that lies outside of the interval.</param>
    public static Fix? Legal(
        Attribute attribute, PropertyInfo property, IntervalAttribute interval, double number, ArgumentDeclaration? argument)
    {
        if (argument is null or { IsSubstituted: true } or { Site.Argument: < 0 }
            || (property.PropertyType.IsArray && !argument.IsSpread)) return null;
        bool isInteger = property.PropertyType is var type && (type == typeof(int) || type == typeof(int[]));
        if (Bound(interval, number, isInteger) is { } bound && interval.Contains(bound)) return Set(argument, property, bound);
        return Default(attribute.GetType(), property) is { } value && interval.Contains(value) ? Set(argument, property, value)
            : null;
    }

    /// <summary>The divisor of a number that is nearest to another number, the larger of two; null where none has a
    /// property.</summary>
    public static long? Divisor(long number, long wanted, Func<long, bool>? isLegal = null)
    {
        var divisors = new List<long>();
        for (long low = 1; low * low <= number; low++)
            if (number % low == 0) divisors.AddRange([low, number / low]);
        return divisors.Where(divisor => isLegal?.Invoke(divisor) ?? true)
            .OrderBy(divisor => Math.Abs(divisor - wanted)).ThenByDescending(divisor => divisor)
            .Select(divisor => (long?)divisor).FirstOrDefault();
    }

    /// <summary>The greatest number that divides two.</summary>
    public static long CommonDivisor(long a, long b) => b == 0 ? a : CommonDivisor(b, a % b);

    /// <summary>The end of the interval on the number's side; of an open one there is a nearest integer, but no nearest real
    /// number.</summary>
    private static double? Bound(IntervalAttribute interval, double number, bool isInteger) =>
        number <= interval.Minimum ? interval.MinimumIncluded ? interval.Minimum : isInteger ? interval.Minimum + 1 : null
        : number >= interval.Maximum ? interval.MaximumIncluded ? interval.Maximum : isInteger ? interval.Maximum - 1 : null
        : null;

    private static double? Default(Type attribute, PropertyInfo property)
    {
        if (property.PropertyType.IsArray) return null;
        var constructor = attribute.GetConstructors()
            .FirstOrDefault(candidate => candidate.GetParameters().All(parameter => parameter.HasDefaultValue));
        object? instance = constructor?.Invoke(constructor.GetParameters().Select(parameter => parameter.DefaultValue).ToArray());
        return instance is null ? null
            : Convert.ToDouble(property.GetValue(instance), System.Globalization.CultureInfo.InvariantCulture);
    }

    private static Fix Set(ArgumentDeclaration argument, PropertyInfo property, double value) =>
        Fix.Set(argument.Site, property.Name, Scalar.Literal(value));
}
