using System;
using System.Collections.Generic;
using System.Linq;
using Dsl.Generator.Declarations;
using Dsl.Generator.Diagnostics;
using Microsoft.CodeAnalysis;

namespace Dsl.Generator.Checking;

/// <summary>What is wrong with one declaration, gathered while it is checked.</summary>
internal sealed class Findings
{
    private readonly List<Finding> _items = [];

    /// <summary>Whether anything is wrong, beyond what is warned of or said for information.</summary>
    public bool Any => FirstError is not null;

    /// <summary>The first finding that is an error.</summary>
    public Finding? FirstError { get; private set; }

    public EquatableArray<Finding> ToArray() => new(_items);

    public void Add(DiagnosticDescriptor descriptor, Site site, params string[] arguments) => Add(descriptor, site, null, arguments);

    public void Add(DiagnosticDescriptor descriptor, Site site, Site? related, params string[] arguments)
    {
        var finding = new Finding(descriptor.Id, site, new EquatableArray<string>(arguments), related);
        _items.Add(finding);
        if (descriptor.DefaultSeverity == DiagnosticSeverity.Error) FirstError ??= finding;
    }
}
