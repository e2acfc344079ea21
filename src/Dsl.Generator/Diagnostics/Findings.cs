using System.Collections.Generic;
using System.Linq;
using Dsl.Generator.Declarations;
using Microsoft.CodeAnalysis;

namespace Dsl.Generator.Diagnostics;

/// <summary>What is wrong with one declaration, gathered while it is checked.</summary>
internal sealed class Findings
{
    private readonly List<Finding> _items = [];

    /// <summary>Whether anything is wrong, beyond what is warned of or said for information.</summary>
    public bool Any => FirstError is not null;

    /// <summary>The first finding that is an error.</summary>
    public Finding? FirstError { get; private set; }

    /// <summary>Each finding once: a block that is used several times has the same ones each time.</summary>
    public EquatableArray<Finding> ToArray() => new(_items.Distinct());

    public Findings Add(DiagnosticDescriptor descriptor, Site site, params string[] arguments) =>
        Add(descriptor, site, null, arguments);

    public Findings Add(DiagnosticDescriptor descriptor, Site site, Site? related, params string[] arguments)
    {
        var finding = new Finding(descriptor.Id, site, new EquatableArray<string>(arguments), related);
        _items.Add(finding);
        if (descriptor.DefaultSeverity == DiagnosticSeverity.Error) FirstError ??= finding;
        return this;
    }

    /// <summary>Adds what was gathered apart.</summary>
    public void Add(Findings others)
    {
        _items.AddRange(others._items);
        FirstError ??= others.FirstError;
    }

    /// <summary>Offers ways to put right what was added last, the likeliest first; null is no way.</summary>
    public void Offer(params Fix?[] fixes)
    {
        var last = _items[_items.Count - 1];
        _items[_items.Count - 1] = last with { Fixes = new EquatableArray<Fix>(last.Fixes.Concat(fixes.OfType<Fix>())) };
    }
}
