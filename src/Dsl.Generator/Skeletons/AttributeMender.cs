using System;
using System.Collections.Generic;
using System.Linq;
using Dsl.Generator.Declarations;
using Dsl.Generator.Diagnostics;
using Microsoft.CodeAnalysis;

namespace Dsl.Generator.Skeletons;

/// <summary>Takes what is wrong with attributes out of them, as little as possible.</summary>
/// <param name="errors">What is wrong, at sites of theirs and of others.</param>
internal sealed class AttributeMender(IReadOnlyCollection<Finding> errors)
{
    /// <summary>Whether anything was taken out.</summary>
    public bool Changed { get; private set; }

    /// <summary>The findings that are errors.</summary>
    public static IReadOnlyCollection<Finding> Errors(IEnumerable<Finding> findings) =>
        [.. findings.Where(finding => Catalogue.ById[finding.Id].DefaultSeverity == DiagnosticSeverity.Error)];

    /// <summary>Attributes whose wrong arguments have legal values, or are left to their defaults.</summary>
    public EquatableArray<AttributeDeclaration> WithoutArguments(IEnumerable<AttributeDeclaration> attributes) =>
        new(attributes.Select(WithoutArguments));

    /// <summary>An attribute whose wrong arguments have legal values, or are left to their defaults.</summary>
    public AttributeDeclaration WithoutArguments(AttributeDeclaration attribute) =>
        errors.Where(error => error.Site.Argument >= 0 && IsOf(error, attribute)).Aggregate(attribute, WithoutArgument);

    /// <summary>The attributes that no error names.</summary>
    public EquatableArray<AttributeDeclaration> WithoutWrong(
        IReadOnlyCollection<AttributeDeclaration> attributes, List<AttributeDeclaration>? dropped = null)
    {
        var wrong = attributes.Where(attribute => errors.Any(error => IsOf(error, attribute))).ToList();
        dropped?.AddRange(wrong);
        Changed |= wrong.Count > 0;
        return new EquatableArray<AttributeDeclaration>(attributes.Except(wrong));
    }

    private static bool IsOf(Finding error, AttributeDeclaration attribute) =>
        error.Site.Attribute >= 0 && error.Site with { Argument = -1, Node = -1 } == attribute.Site;

    private AttributeDeclaration WithoutArgument(AttributeDeclaration attribute, Finding error)
    {
        // The elements of an array stand one after the other from the array's own site on.
        var wrong = attribute.Arguments.Where(argument => argument.Site.Argument >= 0
            && argument.Site.Argument <= error.Site.Argument)
            .OrderBy(argument => argument.Site.Argument).LastOrDefault();
        if (wrong is null) return attribute;
        var legal = error.Id == Catalogue.OutOfRange.Id ? Legal(wrong.Value, Interval(error.Arguments[3])) : null;
        if (Equals(legal, wrong.Value)) legal = null;
        if (legal is null && !wrong.IsProperty) return attribute;
        Changed = true;
        return attribute with
        {
            Arguments = new EquatableArray<ArgumentDeclaration>(legal is null
                ? attribute.Arguments.Where(argument => argument != wrong)
                : attribute.Arguments.Select(argument => argument == wrong ? argument with { Value = legal } : argument)),
        };
    }

    // Behind the interval a message may have more to say.
    private static IntervalAttribute Interval(string notation) => new(notation.Substring(0, notation.IndexOfAny([')', ']']) + 1));

    private static object? Legal(object? value, IntervalAttribute interval) => value switch
    {
        int number => (int)Legal((double)number, interval),
        double number => Legal(number, interval),
        EquatableArray<long> numbers => new EquatableArray<long>(numbers.Select(number => (long)Legal((double)number, interval))),
        EquatableArray<double> numbers => new EquatableArray<double>(numbers.Select(number => Legal(number, interval))),
        _ => null,
    };

    private static double Legal(double number, IntervalAttribute interval) =>
        new[]
        {
            number, interval.Minimum, interval.Minimum + 1, interval.Maximum, interval.Maximum - 1,
                (interval.Minimum + interval.Maximum) / 2,
        }
            .FirstOrDefault(candidate => !double.IsNaN(candidate) && !double.IsInfinity(candidate)
                && interval.Contains(candidate));
}
